import { type BigIntStats, lstatSync } from 'node:fs';
import { parentOf } from '../../image/layer/entry-path.ts';
import { rawPath } from './raw-path.ts';

/**
 * Nodes of a tree by paths of another one. What is a folder there may be a file or a link here; behind a link there is nothing of this tree,
 * perhaps something of the machine's.
 */
export class RealPaths {
  readonly #root: string;
  readonly #folders = new Map<string, boolean>();

  constructor(root: string) {
    this.#root = root;
  }

  stat(path: string): BigIntStats | undefined {
    const parent = parentOf(path);
    return parent === undefined || this.#isFolder(parent) ? statOf(this.#root, path) : undefined;
  }

  #isFolder(path: string): boolean {
    if (path === '') return true;
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const is = this.stat(path)?.isDirectory() === true;
    this.#folders.set(path, is);
    return is;
  }
}

/** The node at a path that leads through folders alone. */
export function statOf(root: string, path: string): BigIntStats | undefined {
  return lstatSync(rawPath(root, path), { bigint: true, throwIfNoEntry: false });
}
