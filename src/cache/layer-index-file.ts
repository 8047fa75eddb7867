import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { BuildError } from '../base/errors.ts';
import { type DiffId, parseDiffId, parseDigest } from '../image/digest.ts';
import type { EntryType, IndexedEntry, LayerIndex } from '../image/layer/entry.ts';
import { Fields, parseJson } from './fields.ts';

/** Encoded indexes up to this go with the record; bigger ones are kept apart and fetched when they are needed. Bytes. */
export const INLINE_INDEX_LIMIT = 64 * 1024;

const LONGEST_JSON = 1024 * 1024 * 1024;
const MOST_ENTRIES = 10_000_000;
const TYPES: readonly EntryType[] = [
  'file',
  'directory',
  'symlink',
  'hardlink',
  'character',
  'block',
  'fifo',
];

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** What a layer holds, as a cache keeps it: JSON, compressed with zstd. */
export async function encodeLayerIndex(index: LayerIndex): Promise<Uint8Array> {
  return compress(Buffer.from(JSON.stringify({ ...index, entries: index.entries.map(encodeEntry) })));
}

/** @throws BuildError `CACHE_DATA_BAD` for anything that is not the index of this layer */
export async function decodeLayerIndex(bytes: Uint8Array, diffId: DiffId): Promise<LayerIndex> {
  try {
    const json = await decompress(bytes, { maxOutputLength: LONGEST_JSON });
    const fields = new Fields(parseJson(json.toString('utf8'), 'a layer index'), 'layer index');
    const entries = fields.list('entries', MOST_ENTRIES).map(decodeEntry);
    const found = { diffId: parseDiffId(fields.text('diffId', 256)), size: fields.count('size'), entries };
    if (found.diffId === diffId) return found;
  } catch (cause) {
    throw bad(cause);
  }
  throw bad(undefined);
}

function encodeEntry(entry: IndexedEntry): unknown {
  const { xattrs, ...rest } = entry;
  if (xattrs === undefined) return rest;
  return {
    ...rest,
    xattrs: [...xattrs].map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
  };
}

function decodeEntry(value: unknown): IndexedEntry {
  const fields = new Fields(value, 'entry');
  const type = TYPES.find((known) => known === fields.text('type', 20));
  if (type === undefined) throw bad(undefined);
  const number = (name: 'devMajor' | 'devMinor' | 'offset'): object =>
    fields.has(name) ? { [name]: fields.count(name) } : {};
  return {
    path: fields.text('path', 65_536),
    type,
    mode: fields.count('mode', 0o7777),
    uid: fields.count('uid'),
    gid: fields.count('gid'),
    size: fields.count('size'),
    mtime: fields.number('mtime'),
    ...(fields.has('linkName') ? { linkName: fields.text('linkName', 65_536) } : {}),
    ...number('devMajor'),
    ...number('devMinor'),
    ...number('offset'),
    ...(fields.has('content') ? { content: parseDigest(fields.text('content', 256)) } : {}),
    ...(fields.has('xattrs') ? { xattrs: new Map(fields.list('xattrs', 4096).map(decodeXattr)) } : {}),
  };
}

function decodeXattr(value: unknown): readonly [string, Uint8Array] {
  if (!Array.isArray(value)) throw bad(undefined);
  const fields = new Fields({ name: value[0], value: value[1] }, 'xattr');
  return [fields.text('name', 256), Buffer.from(fields.text('value', 131_072), 'base64')];
}

function bad(cause: unknown): BuildError {
  return new BuildError({
    kind: 'remote',
    code: 'CACHE_DATA_BAD',
    message: 'a layer index of the cache cannot be read',
    cause,
  });
}
