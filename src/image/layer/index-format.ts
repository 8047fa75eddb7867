import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { BuildError } from '../../base/errors.ts';
import { type DiffId, parseDiffId, parseDigest } from '../digest.ts';
import type { Entry, EntryType, IndexedEntry, LayerIndex } from './entry.ts';
import { checkLength, cleanPath } from './entry-path.ts';

const FORMAT = 'layer-index/1';
/** Most bytes of the JSON lines: some 3 million entries. */
const MAX_TEXT = 512 * 1024 * 1024;
/** Most entries, as many as the tar reader takes: lines without content pack well, and there may be no memory for them. */
const MAX_ENTRIES = 4_000_000;
/** Longest line, with room for the attributes that an inode of Linux can have. Bytes. */
const MAX_LINE = 1024 * 1024;
const NEWLINE = 0x0a;
const DIGEST_PREFIX = 'sha256:';
/** Speed counts more here: what is left at a higher level are digests, which do not compress. */
const LEVEL = 1;

const LETTER: Readonly<Record<EntryType, string>> = {
  file: 'f',
  directory: 'd',
  symlink: 's',
  hardlink: 'h',
  character: 'c',
  block: 'b',
  fifo: 'p',
};
const TYPE: ReadonlyMap<unknown, EntryType> = new Map(
  Object.entries(LETTER).map(([type, letter]) => [letter, type as EntryType]),
);

const deflate = promisify<Buffer, { level: number }, Buffer>(gzip);
const inflate = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip);

/**
 * An index as bytes to keep: gzip over JSON, one line for the layer, then one list for each entry. 50,000 entries take some 2.5 MB and half a second each way.
 */
export function serialiseIndexOf(index: LayerIndex): Promise<Buffer> {
  let made = serialised.get(index);
  if (made === undefined) {
    made = serialise(index);
    serialised.set(index, made);
  }
  return made;
}

/** Each cache keeps the index of a layer that was just made, and so does this machine. */
const serialised = new WeakMap<LayerIndex, Promise<Buffer>>();

async function serialise(index: LayerIndex): Promise<Buffer> {
  const head = JSON.stringify([FORMAT, index.diffId, index.size, index.entries.length]);
  const lines = index.entries.map((entry) => JSON.stringify(rowOf(entry)));
  return await deflate(Buffer.from([head, ...lines, ''].join('\n'), 'utf8'), { level: LEVEL });
}

/**
 * @throws BuildError `BAD_LAYER_INDEX` for anything but a whole index of this format, and for that of another layer than `diffId`
 */
export async function parseIndexOf(bytes: Uint8Array, diffId?: DiffId): Promise<LayerIndex> {
  try {
    const text = await inflate(bytes, { maxOutputLength: MAX_TEXT });
    checkLines(text);
    const index = parseLines(text.toString('utf8'));
    if (diffId !== undefined && index.diffId !== diffId) throw bad('it is that of another layer');
    return index;
  } catch (cause) {
    throw cause instanceof BuildError && cause.code === 'BAD_LAYER_INDEX'
      ? cause
      : bad('it is damaged', cause);
  }
}

/** `[type, path, mode, uid, gid, mtime]`, then by type `size, offset, content` or the link's target or the device numbers, then the xattrs. */
function rowOf(entry: IndexedEntry): unknown[] {
  const { path, mode, uid, gid, mtime, xattrs } = entry;
  const row = [LETTER[entry.type], path, mode, uid, gid, mtime, ...ofType(entry)];
  if (xattrs !== undefined && xattrs.size > 0) {
    row.push([...xattrs].map(([name, value]) => [name, Buffer.from(value).toString('base64')]));
  }
  return row;
}

function ofType(entry: IndexedEntry): unknown[] {
  switch (entry.type) {
    case 'file':
      return [entry.size, entry.offset ?? -1, entry.content === undefined ? '' : shortDigest(entry.content)];
    case 'symlink':
    case 'hardlink':
      return [entry.linkName ?? ''];
    case 'character':
    case 'block':
      return [entry.devMajor ?? 0, entry.devMinor ?? 0];
    default:
      return [];
  }
}

function shortDigest(digest: string): string {
  return Buffer.from(digest.slice(DIGEST_PREFIX.length), 'hex').toString('base64');
}

/** Before a string and a list are made of it. */
function checkLines(text: Buffer): void {
  let start = 0;
  for (let lines = 0; start < text.length; lines += 1) {
    if (lines > MAX_ENTRIES) throw bad(`it has more than ${MAX_ENTRIES} entries`);
    const end = text.indexOf(NEWLINE, start);
    if ((end < 0 ? text.length : end) - start > MAX_LINE) throw bad('it has an entry that is too long');
    start = end < 0 ? text.length : end + 1;
  }
}

function parseLines(text: string): LayerIndex {
  const [head = '', ...lines] = text.split('\n');
  const [format, diffId, size, count] = listIn(head);
  if (format !== FORMAT) throw bad('it has another format');
  if (lines.pop() !== '' || lines.length !== count) throw bad('it is cut off');
  return {
    diffId: parseDiffId(textIn(diffId)),
    size: wholeIn(size),
    entries: lines.map((line) => entryOf(listIn(line))),
  };
}

function entryOf(row: readonly unknown[]): IndexedEntry {
  const [letter, path, mode, uid, gid, mtime, ...rest] = row;
  const type = TYPE.get(letter);
  if (type === undefined || typeof mtime !== 'number') throw bad('it has an entry of no known kind');
  const common = {
    path: pathIn(path),
    type,
    mode: wholeIn(mode),
    uid: wholeIn(uid),
    gid: wholeIn(gid),
    size: 0,
    mtime,
  };
  const { entry, used } = withType(common, rest);
  if (rest.length === used) return entry;
  if (rest.length > used + 1) throw bad('it has an entry with too many fields');
  return { ...entry, xattrs: xattrsIn(rest[used]) };
}

function withType(
  common: Entry,
  rest: readonly unknown[],
): { readonly entry: IndexedEntry; readonly used: number } {
  switch (common.type) {
    case 'file':
      return { entry: fileOf(common, rest), used: 3 };
    case 'symlink':
      return { entry: { ...common, linkName: targetIn(rest[0]) }, used: 1 };
    case 'hardlink':
      return { entry: { ...common, linkName: pathIn(rest[0]) }, used: 1 };
    case 'character':
    case 'block':
      return { entry: { ...common, devMajor: wholeIn(rest[0]), devMinor: wholeIn(rest[1]) }, used: 2 };
    default:
      return { entry: common, used: 0 };
  }
}

function fileOf(common: Entry, [size, offset, content]: readonly unknown[]): IndexedEntry {
  const digest = textIn(content);
  return {
    ...common,
    size: wholeIn(size),
    ...(offset === -1 ? {} : { offset: wholeIn(offset) }),
    ...(digest === ''
      ? {}
      : { content: parseDigest(DIGEST_PREFIX + Buffer.from(digest, 'base64').toString('hex')) }),
  };
}

function xattrsIn(value: unknown): ReadonlyMap<string, Uint8Array> {
  if (!Array.isArray(value)) throw bad('it has an entry with too many fields');
  return new Map(
    value.map((pair: unknown): [string, Buffer] => {
      if (!Array.isArray(pair) || pair.length !== 2) throw bad('it has an xattr that is no pair');
      return [textIn(pair[0]), Buffer.from(textIn(pair[1]), 'base64')];
    }),
  );
}

function listIn(line: string): readonly unknown[] {
  const value: unknown = JSON.parse(line);
  if (!Array.isArray(value)) throw bad('it has a line that is no list');
  return value;
}

function textIn(value: unknown): string {
  if (typeof value !== 'string') throw bad('it has something else where a text should be');
  return value;
}

/** As the tar reader makes them: an index may come from elsewhere, and its paths lead to files of archives and folders. */
function pathIn(value: unknown): string {
  const path = textIn(value);
  if (cleanPath(path) !== path) throw bad('it has a path that is none');
  return path;
}

function targetIn(value: unknown): string {
  const target = textIn(value);
  checkLength(target, target);
  return target;
}

function wholeIn(value: unknown): number {
  if (!Number.isSafeInteger(value) || Number(value) < 0)
    throw bad('it has something else where a number should be');
  return value as number;
}

function bad(why: string, cause?: unknown): BuildError {
  return new BuildError({
    kind: 'environment',
    code: 'BAD_LAYER_INDEX',
    message: `The index of a layer cannot be read: ${why}`,
    cause,
  });
}
