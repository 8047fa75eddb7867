import { type BigIntStats, readdirSync } from 'node:fs';
import { setImmediate as nextTick } from 'node:timers/promises';
import { decodeName } from '../../image/layer/entry-name.ts';
import { childPath, parentOf } from '../../image/layer/entry-path.ts';
import { lookEqual, withEqualNodes } from './equal-nodes.ts';
import { rawPath } from './raw-path.ts';
import { RealPaths, statOf } from './real-paths.ts';

export interface FolderChanges {
  readonly deleted: readonly string[];
  readonly untouched: readonly string[];
}

/** Calls of the file system between two looks at other work. */
const BATCH = 200;

/**
 * Looks at folders that were written to: what the lower view had in them and the merged one has not is deleted, and a folder whose own
 * mode, owner and attributes are as before counts as untouched, unless something in it or further below was changed; so does any other node
 * that is what it was, with its time; never the top folder. So neither whiteouts nor opaque marks have to be read.
 * @param contents other nodes that were written
 */
export async function compareFolders(
  folders: readonly string[],
  contents: readonly string[],
  lower: string,
  merged: string,
  signal?: AbortSignal,
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
  const copied = await copiedUp(contents, old, merged);
  const [isSame, isCopied] = [new Set(same), new Set(copied)];
  // What was changed for certain shows the folders above it, whatever they are like themselves.
  const certain = foldersAbove([
    ...contents.filter((path) => !isCopied.has(path)),
    ...deleted,
    ...folders.filter((folder) => !isSame.has(folder)),
  ]);
  const open = same.filter((folder) => folder !== '' && !certain.has(folder));
  const kept = await withEqualNodes([...open, ...copied], lower, merged, signal);
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

/**
 * Files that were opened for writing, or given the mode, owner and time that they had: overlayfs copied them up. A copy loses the other names
 * that the file has below; one with several names was linked anew.
 */
async function copiedUp(
  paths: readonly string[],
  old: RealPaths,
  merged: string,
): Promise<readonly string[]> {
  const found: string[] = [];
  let count = 0;
  for (const path of paths) {
    if (++count % BATCH === 0) await nextTick();
    const after = statOf(merged, path);
    if (after?.nlink !== 1n) continue;
    const before = old.stat(path);
    if (before !== undefined && lookEqual(before, after)) found.push(path);
  }
  return found;
}

function sameNode(a: BigIntStats, b: BigIntStats): boolean {
  return a.mode === b.mode && a.uid === b.uid && a.gid === b.gid;
}

function namesIn(root: string, folder: string): string[] {
  return readdirSync(rawPath(root, folder), { encoding: 'buffer' }).map(decodeName);
}
