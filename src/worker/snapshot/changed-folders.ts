import { type BigIntStats, lstatSync, readdirSync } from 'node:fs';
import { setImmediate as nextTick } from 'node:timers/promises';
import { decodeName } from '../../image/layer/entry-name.ts';
import { childPath } from '../../image/layer/entry-path.ts';
import { rawPath } from './raw-path.ts';

export interface FolderChanges {
  readonly deleted: readonly string[];
  readonly untouched: readonly string[];
}

/** Calls of the file system between two looks at other work. */
const BATCH = 200;
/** Nanoseconds. */
const TIME_PRECISION = 1000n;

/**
 * Looks at folders that were written to: what the lower view had in them and the merged one has not is deleted, and a folder whose own
 * mode, owner and time are as before counts as untouched. So neither whiteouts nor opaque marks have to be read.
 */
export async function compareFolders(
  folders: readonly string[],
  lower: string,
  merged: string,
): Promise<FolderChanges> {
  const deleted: string[] = [];
  const untouched: string[] = [];
  let count = 0;
  for (const folder of folders) {
    if (++count % BATCH === 0) await nextTick();
    const before = statOf(lower, folder);
    if (before === undefined || !before.isDirectory()) continue;
    const after = statOf(merged, folder);
    if (after !== undefined && sameNode(before, after)) untouched.push(folder);
    const left = new Set(namesIn(merged, folder));
    for (const name of namesIn(lower, folder)) {
      if (!left.has(name)) deleted.push(childPath(folder, name));
    }
  }
  return { deleted, untouched };
}

export function statOf(root: string, path: string): BigIntStats | undefined {
  return lstatSync(rawPath(root, path), { bigint: true, throwIfNoEntry: false });
}

/** Times that we gave back are exact to a quarter of a microsecond only. */
function isSameTime(a: bigint, b: bigint): boolean {
  return a - b < TIME_PRECISION && b - a < TIME_PRECISION;
}

function sameNode(a: BigIntStats, b: BigIntStats): boolean {
  return a.mode === b.mode && a.uid === b.uid && a.gid === b.gid && isSameTime(a.mtimeNs, b.mtimeNs);
}

function namesIn(root: string, folder: string): string[] {
  return readdirSync(rawPath(root, folder), { encoding: 'buffer' }).map(decodeName);
}
