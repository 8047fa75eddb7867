import { type BigIntStats, readlinkSync } from 'node:fs';
import { setImmediate as nextTick } from 'node:timers/promises';
import type { EntryWithBody } from '../../image/layer/entry.ts';
import { readTar } from '../../image/layer/tar-read.ts';
import { sameAttributes, withSameAttributes } from './attributes.ts';
import { rawPath } from './raw-path.ts';
import { statOf } from './real-paths.ts';
import { tarOf } from './tree-tar.ts';

/** Calls of the file system between two looks at other work. */
const BATCH = 200;
const NOTHING = new Uint8Array();

/**
 * Whether two nodes may be equal, as far as a look at them tells. Times count to the nanosecond: a file that was written anew with the same
 * bytes is a change, as BuildKit has it (continuity fs, sameDirent).
 */
export function lookEqual(before: BigIntStats, after: BigIntStats): boolean {
  return (
    before.mode === after.mode &&
    before.uid === after.uid &&
    before.gid === after.gid &&
    before.size === after.size &&
    before.rdev === after.rdev &&
    before.mtimeNs === after.mtimeNs
  );
}

/**
 * Of folders and of nodes that look equal in two trees, those that have the same attributes in both, link to the same and hold the same bytes.
 * Files are read only when there are such with content; then each tree's are streamed by one child process.
 */
export async function withEqualNodes(
  paths: readonly string[],
  before: string,
  after: string,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const files: string[] = [];
  const others: string[] = [];
  let count = 0;
  for (const path of paths) {
    if (++count % BATCH === 0) await nextTick();
    const stat = statOf(after, path);
    if (stat?.isFile() === true && stat.size > 0n) files.push(path);
    else if (stat?.isSymbolicLink() !== true || sameTarget(path, before, after)) others.push(path);
  }
  const [alike, equal] = await Promise.all([
    withSameAttributes(others, before, after, signal),
    withSameContent(files, before, after, signal),
  ]);
  return new Set([...alike, ...equal]);
}

function sameTarget(path: string, before: string, after: string): boolean {
  const [old, now] = [before, after].map((tree) => readlinkSync(rawPath(tree, path), { encoding: 'buffer' }));
  return old !== undefined && now !== undefined && old.equals(now);
}

/** One tar process a tree, read side by side: so attributes come along, which Node cannot read, and nothing is kept. */
async function withSameContent(
  paths: readonly string[],
  before: string,
  after: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  const equal = new Set<string>();
  if (paths.length === 0) return equal;
  const [old, now] = [before, after].map((tree) =>
    readTar(tarOf(tree, paths, signal, ['--hard-dereference'])),
  );
  if (old === undefined || now === undefined) return equal;
  try {
    for (const path of paths) {
      const [a, b] = await Promise.all([old.next(), now.next()]);
      if (a.done === true || b.done === true) break;
      if (a.value.entry.path !== path || b.value.entry.path !== path) break;
      if (await sameMember(a.value, b.value)) equal.add(path);
    }
  } finally {
    await Promise.allSettled([old.return(undefined), now.return(undefined)]);
  }
  return equal;
}

async function sameMember(a: EntryWithBody, b: EntryWithBody): Promise<boolean> {
  if (a.body === undefined || b.body === undefined || a.entry.size !== b.entry.size) return false;
  return sameAttributes(a.entry.xattrs, b.entry.xattrs) && (await sameBytes(a.body, b.body));
}

async function sameBytes(a: AsyncIterable<Uint8Array>, b: AsyncIterable<Uint8Array>): Promise<boolean> {
  const [left, right] = [a[Symbol.asyncIterator](), b[Symbol.asyncIterator]()];
  let [x, y]: [Uint8Array | undefined, Uint8Array | undefined] = [NOTHING, NOTHING];
  for (;;) {
    if (x?.length === 0) x = await nextChunk(left);
    if (y?.length === 0) y = await nextChunk(right);
    if (x === undefined || y === undefined) return x === y;
    const both = Math.min(x.length, y.length);
    if (Buffer.compare(x.subarray(0, both), y.subarray(0, both)) !== 0) return false;
    [x, y] = [x.subarray(both), y.subarray(both)];
  }
}

async function nextChunk(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array | undefined> {
  const { done, value } = await chunks.next();
  return done === true ? undefined : value;
}
