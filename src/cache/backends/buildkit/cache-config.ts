import type { BuildError } from '../../../base/errors.ts';
import { type Digest, parseDigest } from '../../../image/digest.ts';
import type { JsonFields } from '../../../image/json-fields.ts';
import { badData, fieldsOf } from '../../cache-data.ts';

/** Steps that BuildKit keeps and how they hang together (BuildKit: cache/remotecache/v1/spec.go, CacheConfig), read and checked. */
export interface CacheConfig {
  readonly layers: readonly ConfigLayer[];
  readonly records: readonly ConfigRecord[];
}

export interface ConfigLayer {
  readonly blob: Digest;
  /** Index of the layer below; -1 for none. */
  readonly parent: number;
}

/** A step under one of its names. */
export interface ConfigRecord {
  /** Over the digest of its cache map and the index of its output. */
  readonly digest: Digest;
  /** For each input, the records that may be it. */
  readonly inputs: readonly (readonly ConfigLink[])[];
  readonly results: readonly ConfigResult[];
}

export interface ConfigLink {
  /** Empty for none. */
  readonly selector: string;
  /** Index of a record. */
  readonly record: number;
}

export interface ConfigResult {
  /** Indexes of layers, base first. */
  readonly layers: readonly number[];
  /** ISO 8601. */
  readonly createdAt: string;
}

const MOST_LAYERS = 100_000;
const MOST_RECORDS = 200_000;
const MOST_LINKS = 10_000;
/** As many as an image can have by far. */
const DEEPEST = 1_000;
/** Layers of all results together, and links of all inputs together: a few bytes of the config may stand for a thousand layers. */
const MOST_IN_ALL = 1_000_000;

/** @throws BuildError `CACHE_DATA_BAD` */
export function parseCacheConfig(value: unknown): CacheConfig {
  const fields = fieldsOf(value, 'cache config');
  const layers = list(fields, 'layers', MOST_LAYERS).map(layerOf);
  return { layers, records: parseRecords(list(fields, 'records', MOST_RECORDS), layers) };
}

/**
 * The records of an inline cache, whose layers are those of its image, each on the one before.
 * @throws BuildError `CACHE_DATA_BAD`
 */
export function parseInlineConfig(value: unknown, blobs: readonly Digest[]): CacheConfig {
  const fields = fieldsOf({ records: value }, 'inline cache');
  const layers = blobs.map((blob, i) => ({ blob, parent: i - 1 }));
  return { layers, records: parseRecords(list(fields, 'records', MOST_RECORDS), layers) };
}

function parseRecords(values: readonly unknown[], layers: readonly ConfigLayer[]): readonly ConfigRecord[] {
  let count = 0;
  return values.map((value) => {
    const record = recordOf(fieldsOf(value, 'record'), values.length, layers, MOST_IN_ALL - count);
    for (const input of record.inputs) count += input.length;
    for (const result of record.results) count += result.layers.length;
    if (count > MOST_IN_ALL) throw tooMany();
    return record;
  });
}

function layerOf(value: unknown): ConfigLayer {
  const fields = fieldsOf(value, 'layer');
  // Go leaves zeros out: a layer that names no parent lies on the first one.
  return { blob: digestIn(fields, 'blob'), parent: whole(fields, 'parent', -1) };
}

/** @param most layers of its results; what it takes by itself is limited by the config's size */
function recordOf(
  fields: JsonFields,
  records: number,
  layers: readonly ConfigLayer[],
  most: number,
): ConfigRecord {
  let left = most;
  const single = list(fields, 'layers', MOST_LINKS).map((value) => {
    const result = fieldsOf(value, 'result');
    const chain = chainOf(layers, whole(result, 'layer', 0));
    left -= chain.length;
    if (left < 0) throw tooMany();
    return { layers: chain, createdAt: timeOf(result) };
  });
  const chained = list(fields, 'chains', MOST_LINKS).map((value) => {
    const result = fieldsOf(value, 'result');
    return {
      layers: result.list('layers', DEEPEST).map((index) => indexIn(index, layers.length)),
      createdAt: timeOf(result),
    };
  });
  return {
    digest: digestIn(fields, 'digest'),
    inputs: list(fields, 'inputs', MOST_LINKS).map((links) => linksOf(links, records)),
    results: [...single, ...chained],
  };
}

function linksOf(value: unknown, records: number): readonly ConfigLink[] {
  return fieldsOf({ links: value }, 'input')
    .list('links', MOST_LINKS)
    .map((each) => {
      const link = fieldsOf(each, 'link');
      return {
        selector: link.has('selector') ? link.text('selector', 256) : '',
        record: indexIn(whole(link, 'link', 0), records),
      };
    });
}

/** A layer and all below it, base first. */
function chainOf(layers: readonly ConfigLayer[], top: number): readonly number[] {
  const chain: number[] = [];
  for (let at = top; at !== -1; at = layers[at]?.parent ?? -1) {
    if (chain.length === DEEPEST)
      throw badData(`layers lie on each other in a circle, or more than ${DEEPEST} deep`);
    chain.push(indexIn(at, layers.length));
  }
  return chain.reverse();
}

function timeOf(fields: JsonFields): string {
  const time = fields.has('createdAt') ? Date.parse(fields.text('createdAt', 64)) : 0;
  if (Number.isNaN(time)) throw badData('a result has no time');
  return new Date(Math.max(0, time)).toISOString();
}

/** Absent is an empty list, as Go writes it. */
function list(fields: JsonFields, name: string, most: number): readonly unknown[] {
  return fields.has(name) ? fields.list(name, most) : [];
}

/** Absent is 0, as Go writes it. */
function whole(fields: JsonFields, name: string, least: number): number {
  return fields.has(name) ? fields.integer(name, least) : 0;
}

function indexIn(value: unknown, length: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < length) return value;
  throw badData(`${String(value)} is no index below ${length}`);
}

function digestIn(fields: JsonFields, name: string): Digest {
  const text = fields.text(name, 256);
  try {
    return parseDigest(text);
  } catch (cause) {
    throw badData(`"${text}" is no digest`, cause);
  }
}

function tooMany(): BuildError {
  return badData(`its results and inputs name more than ${MOST_IN_ALL} layers and steps`);
}
