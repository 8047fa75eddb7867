import { BuildError } from '../base/errors.ts';
import { type KeyPart, parseCacheKey } from '../image/cache-key.ts';
import { parseDiffId, parseDigest } from '../image/digest.ts';
import type { JsonFields } from '../image/json-fields.ts';
import type { Descriptor } from '../image/types.ts';
import { type CachedLayer, type CacheRecord, DOCUMENTS_LIMIT } from './build-cache.ts';
import { badData, fieldsOf } from './cache-data.ts';

/** Raised whenever a stored record can no longer be read by the code before it; part of every key and file name that holds records. */
export const RECORD_FORMAT = 1;

/** What a layer holds goes with its record up to this; when it is bigger it is kept apart and read when it is needed. Bytes as serialised. */
export const INLINE_INDEX_LIMIT = 64 * 1024;

const MOST_PARTS = 20_000;
const LONGEST_STEP = 64 * 1024;
const MOST_SOURCES = 64;
const MOST_ANNOTATIONS = 64;
/** Parts only explain a miss; a record whose parts are longer than this in all is kept without them. Characters. */
const LONGEST_PARTS = 256 * 1024;

/** A record as JSON, without the index of its layer, which every store keeps in its own way. */
export type StoredRecord = Readonly<Record<string, unknown>>;

export function encodeRecord(record: CacheRecord): StoredRecord {
  return {
    key: record.key,
    ...(record.contentKey === undefined ? {} : { contentKey: record.contentKey }),
    step: record.step.slice(0, LONGEST_STEP),
    parts: encodeParts(record.parts),
    createdAt: record.createdAt,
    ...(record.parent === undefined ? {} : { parent: record.parent }),
    ...(record.layer === undefined ? {} : { layer: encodeLayer(record.layer) }),
    // Programs that know of no documents leave them out, and are read all the same.
    ...(record.documents === undefined ? {} : { documents: record.documents }),
  };
}

/**
 * Reads what encodeRecord made. Nothing in it is trusted: types, sizes and digests' forms are checked.
 * @throws BuildError `CACHE_DATA_BAD`
 */
export function decodeRecord(value: unknown): CacheRecord {
  const fields = fieldsOf(value, 'record');
  return checked('record', () => ({
    key: parseCacheKey(fields.text('key', 64)),
    ...(fields.has('contentKey') ? { contentKey: parseCacheKey(fields.text('contentKey', 64)) } : {}),
    step: fields.text('step', LONGEST_STEP),
    parts: fields.list('parts', MOST_PARTS).map(decodePart),
    createdAt: decodeDate(fields.text('createdAt', 40)),
    ...(fields.has('parent') ? { parent: decodeParent(fields.text('parent', 256)) } : {}),
    ...(fields.has('layer') ? { layer: decodeLayer(fields.object('layer')) } : {}),
    ...(fields.has('documents') ? { documents: decodeDocuments(fields) } : {}),
  }));
}

/**
 * A record that cannot be read back is of no use to who keeps it, and spoils an index that it is in.
 * @throws BuildError `CACHE_DATA_BAD`
 */
export function checkRecord(record: CacheRecord): void {
  decodeRecord(encodeRecord(record));
}

/** Newest first. */
export function byAge(a: CacheRecord, b: CacheRecord): number {
  return a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0;
}

/** Would the two lead to the same image, and be found in the same ways? Times and what only explains do not count. */
export function sameResult(a: CacheRecord, b: CacheRecord): boolean {
  return (
    a.parent === b.parent &&
    a.contentKey === b.contentKey &&
    a.layer?.descriptor.digest === b.layer?.descriptor.digest &&
    a.documents?.join('\n') === b.documents?.join('\n')
  );
}

/** Does it count as a result, in reports? */
export function isResult({ documents }: CacheRecord): boolean {
  return documents === undefined;
}

function encodeParts(parts: readonly KeyPart[]): readonly (readonly [string, string])[] {
  const length = parts.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
  if (length > LONGEST_PARTS || parts.length > MOST_PARTS) return [];
  return parts.map((part) => [part.name, part.value]);
}

function decodePart(value: unknown): KeyPart {
  if (!Array.isArray(value) || value.length !== 2) throw badData('a part is no pair');
  const fields = fieldsOf({ name: value[0], value: value[1] }, 'part');
  return { name: fields.text('name', LONGEST_PARTS), value: fields.text('value', LONGEST_PARTS) };
}

function encodeLayer(layer: CachedLayer): StoredRecord {
  const { mediaType, digest, size, annotations } = layer.descriptor;
  return {
    mediaType,
    digest,
    size,
    ...(annotations === undefined ? {} : { annotations }),
    diffId: layer.diffId,
    sources: layer.sources.slice(0, MOST_SOURCES).map(({ host, path }) => ({ host, path })),
  };
}

function decodeLayer(fields: JsonFields): CachedLayer {
  const descriptor: Descriptor = {
    mediaType: fields.text('mediaType', 255),
    digest: parseDigest(fields.text('digest', 256)),
    size: fields.count('size'),
    ...(fields.has('annotations')
      ? { annotations: fields.object('annotations').texts(MOST_ANNOTATIONS, 4096) }
      : {}),
  };
  const sources = fields.list('sources', MOST_SOURCES).map((value) => {
    const source = fieldsOf(value, 'source');
    return { host: source.text('host', 255), path: source.text('path', 255) };
  });
  return { descriptor, diffId: parseDiffId(fields.text('diffId', 256)), sources };
}

function decodeDocuments(fields: JsonFields): readonly string[] {
  const { count, size } = DOCUMENTS_LIMIT;
  let rest: number = size;
  return fields.list('documents', count).map((document) => {
    const text = fieldsOf({ document }, 'record').text('document', rest);
    rest -= text.length;
    return text;
  });
}

function decodeParent(text: string): string {
  return text === '' ? text : parseDigest(text);
}

function decodeDate(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw badData(`"${text}" is no time`);
  return new Date(time).toISOString();
}

/** Parsers of other rooms throw errors of their own, which would blame the wrong one. */
function checked<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof BuildError && cause.code === 'CACHE_DATA_BAD') throw cause;
    throw badData(`a ${what} of the cache cannot be read`, cause);
  }
}
