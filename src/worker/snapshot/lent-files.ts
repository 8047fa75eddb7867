import { linkSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import { baseOf, childPath, parentOf } from '../../image/layer/entry-path.ts';
import { foldersAbove } from './changed-folders.ts';
import { keepingTime } from './keeping-time.ts';
import type { BorrowedLink, LayerFacts } from './layer-members.ts';
import type { UnpackedLayer } from './layer-store.ts';
import { rawPath } from './raw-path.ts';
import { statOf } from './real-paths.ts';
import { RootPaths } from './root-paths.ts';
import { tarOf } from './tree-tar.ts';
import { unpackInto } from './unpack.ts';

/**
 * Files that a layer makes other names for although they belong to layers below it. Builders that work on one merged tree write such
 * layers (OCI image-spec 1.1, layer.md "Hardlinks" of a representation of changes).
 */
export class LentFiles implements Disposable {
  readonly #links: readonly BorrowedLink[];
  /** A folder with one name a link. */
  readonly #aside: string;

  private constructor(links: readonly BorrowedLink[], aside: string) {
    this.#links = links;
    this.#aside = aside;
  }

  /**
   * Takes the files of a merged tree on the same file system.
   * @param scratch a folder for more names of them
   * @throws BuildError `UNPACK_FAILED` for a link to nothing
   */
  static of(links: readonly BorrowedLink[], tree: string, scratch: string): LentFiles {
    const aside = mkdtempSync(join(scratch, 'links-'));
    try {
      const paths = new RootPaths(tree);
      for (const [i, link] of links.entries()) {
        linkSync(rawPath(tree, resolved(link, paths)), join(aside, String(i)));
      }
    } catch (error) {
      rmSync(aside, { recursive: true, force: true });
      throw error;
    }
    return new LentFiles(links, aside);
  }

  /** Gives them their new names; the folders are there and keep their times. */
  place(tree: string): void {
    for (const [i, { path }] of this.#links.entries()) {
      const name = rawPath(tree, path);
      keepingTime(rawPath(tree, parentOf(path) ?? ''), () => {
        rmSync(name, { recursive: true, force: true });
        linkSync(join(this.#aside, String(i)), name);
      });
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.#aside, { recursive: true, force: true });
  }
}

/**
 * Copies the files that a layer borrows into an empty folder that can be stacked on it: under the new names, and under the old ones where
 * the layer leaves them as they are.
 * @param below the layers below, merged
 * @throws BuildError `UNPACK_FAILED` for a link to nothing
 */
export async function lendInto(
  folder: string,
  layer: UnpackedLayer,
  below: string,
  signal?: AbortSignal,
): Promise<LayerFacts> {
  const links = layer.facts.borrowed ?? [];
  const paths = new RootPaths(below);
  const targets = links.map((link) => resolved(link, paths));
  const aside = mkdtempSync(join(folder, 'lent-'));
  await unpackInto(aside, tarOf(below, [...new Set(targets)], signal), signal);
  const newNames = new Set(links.map(({ path }) => path));
  const names = new Set<string>();
  for (const [i, target] of targets.entries()) {
    const path = links[i]?.path ?? '';
    for (const name of isTouched(target, layer, newNames) ? [path] : [path, target]) {
      if (names.has(name)) continue;
      names.add(name);
      mkdirSync(rawPath(folder, parentOf(name) ?? ''), { recursive: true });
      linkSync(rawPath(aside, target), rawPath(folder, name));
    }
  }
  rmSync(aside, { recursive: true, force: true });
  return { opaque: [], implied: ['', ...foldersAbove(names)] };
}

/** Of a hard link's target every folder on the way may be a symlink, but not its own name. */
function resolved({ path, target }: BorrowedLink, paths: RootPaths): string {
  const folder = paths.resolve(parentOf(target) ?? '');
  const inside = childPath(folder.inside, baseOf(target));
  const stat = folder.stat?.isDirectory() === true ? paths.look(inside) : undefined;
  if (stat !== undefined && !stat.isDirectory()) return inside;
  throw new BuildError({
    kind: 'user',
    code: 'UNPACK_FAILED',
    message: `A layer has a hard link ${JSON.stringify(path)} to ${JSON.stringify(target)}, which neither it nor a layer below has`,
    hint: 'The image is damaged: pull it again, or build it anew.',
  });
}

/**
 * Whether the layer deletes, replaces or hides this path of the layers below.
 * @param links its hard links, which are not in its folder
 */
function isTouched(path: string, layer: UnpackedLayer, links: ReadonlySet<string>): boolean {
  if (layer.facts.opaque.includes('')) return true;
  const parts = path.split('/');
  for (let i = 1; i <= parts.length; i++) {
    const at = parts.slice(0, i).join('/');
    if (links.has(at)) return true;
    const stat = statOf(layer.path, at);
    if (stat === undefined) return false;
    if (!stat.isDirectory() || layer.facts.opaque.includes(at)) return true;
  }
  return true;
}
