import { type BigIntStats, lstatSync, readdirSync } from 'node:fs';
import { setImmediate as nextTick } from 'node:timers/promises';
import { decodeName } from '../../image/layer/entry-name.ts';
import { childPath, parentOf } from '../../image/layer/entry-path.ts';
import { withSameAttributes } from './attributes.ts';
import { rawPath } from './raw-path.ts';

export interface FolderChanges {
  readonly deleted: readonly string[];
  readonly untouched: readonly string[];
}

/** Calls of the file system between two looks at other work. */
const BATCH = 200;

/**
 * Looks at folders that were written to: what the lower view had in them and the merged one has not is deleted, and a folder whose own
 * mode, owner and attributes are as before counts as untouched, unless something in it or further below was changed. So neither whiteouts
 * nor opaque marks have to be read.
 * @param contents other nodes that were written
 */
export async function compareFolders(
  folders: readonly string[],
  contents: readonly string[],
  lower: string,
  merged: string,
): Promise<FolderChanges> {
  const deleted: string[] = [];
  const same: string[] = [];
  const old = new RealPaths(lower);
  let count = 0;
  for (const folder of folders) {
    if (++count % BATCH === 0) await nextTick();
    const before = old.stat(folder);
    if (before === undefined || !before.isDirectory()) continue;
    const after = statOf(merged, folder);
    if (after !== undefined && sameNode(before, after)) same.push(folder);
    const left = new Set(namesIn(merged, folder));
    for (const name of namesIn(lower, folder)) {
      if (!left.has(name)) deleted.push(childPath(folder, name));
    }
  }
  const emptied = contents.filter((path) => isSameEmptyFile(old, merged, path));
  const kept = await withSameAttributes([...same, ...emptied], lower, merged);
  const changed = [
    ...contents.filter((path) => !kept.has(path)),
    ...deleted,
    ...folders.filter((folder) => !kept.has(folder)),
  ];
  const shown = foldersAbove(changed);
  return { deleted, untouched: [...kept].filter((path) => !shown.has(path)) };
}

/**
 * All folders that lead to these paths. A layer holds them too, whether they were changed themselves or not: so does BuildKit (containerd's
 * archive differ), and runtimes that make missing folders do it with default modes. The time of a folder alone is no change.
 */
export function foldersAbove(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = parentOf(path); at !== undefined && at !== '' && !folders.has(at); at = parentOf(at)) {
      folders.add(at);
    }
  }
  return folders;
}

/** An empty file that was opened for writing and is as it was, such as a lock file. */
function isSameEmptyFile(old: RealPaths, merged: string, path: string): boolean {
  const after = statOf(merged, path);
  if (after?.isFile() !== true || after.size !== 0n || after.nlink !== 1n) return false;
  const before = old.stat(path);
  return (
    before !== undefined &&
    before.size === 0n &&
    before.nlink === 1n &&
    before.mtimeNs === after.mtimeNs &&
    sameNode(before, after)
  );
}

/**
 * Nodes of a tree by paths of another one. What is a folder there may be a file or a link here; behind a link there is nothing of this tree,
 * perhaps something of the machine's.
 */
class RealPaths {
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

function sameNode(a: BigIntStats, b: BigIntStats): boolean {
  return a.mode === b.mode && a.uid === b.uid && a.gid === b.gid;
}

function namesIn(root: string, folder: string): string[] {
  return readdirSync(rawPath(root, folder), { encoding: 'buffer' }).map(decodeName);
}
