import type { CacheKey } from '../../../image/cache-key.ts';
import { type DiffId, type Digest, parseDigest } from '../../../image/digest.ts';
import type { CachedMount, CacheRecord } from '../../build-cache.ts';
import { fieldsOf } from '../../cache-data.ts';
import { decodeMount, encodeMount } from '../../cached-mount.ts';
import { byAge, decodeRecord, encodeRecord, isResult, type StoredRecord } from '../../record.ts';

/** Where the bytes of a blob are. */
export type BlobPlace =
  /** In the index itself. */
  | { readonly type: 'inline'; readonly bytes: Uint8Array }
  /** An entry: the whole of it, or from `offset` on where it is a pack. */
  | { readonly type: 'entry'; readonly key: string; readonly offset?: number };

export interface IndexedBlob {
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
  readonly place: BlobPlace;
}

export interface IndexedRecord {
  readonly record: CacheRecord;
  /** Day of the index's own clock on which a build last made or used it. */
  readonly lastUsed: number;
  /** The blob that holds the encoded LayerIndex of its layer. */
  readonly layerIndex?: Digest;
}

/** A cache mount; its archive is one of the blobs. */
export interface IndexedMount {
  readonly mount: CachedMount;
  /** As a record's. */
  readonly lastUsed: number;
}

/**
 * What an index takes for the time, whatever the clocks of the machines that write it say: it begins with the first one's day, and goes on by one
 * day when a machine tells a later day than all before. So a machine whose clock is wrong by a year makes nothing a year older.
 */
export interface IndexClock {
  readonly day: number;
  /** The latest day that a machine told, in days since 1970. */
  readonly seen: number;
}

const MOST_RECORDS = 5000;
const MOST_MOUNTS = 200;
/** Every build downloads the index. */
const MOST_BYTES = 6 * 1024 * 1024;
/** Days of the index's clock without use after which a record goes. The Actions cache itself deletes entries after 7. */
const MOST_AGE = 30;
/** What the place of a blob takes as JSON, about, and what a mount takes. */
const BLOB_BYTES = 250;
const MOUNT_BYTES = 500;
/** A layer and its index for each record, an archive for each mount. */
const MOST_BLOBS = 2 * MOST_RECORDS + MOST_MOUNTS;
const LONGEST_KEY = 512;
const DAY = 86_400_000;

/** Records, cache mounts and the places of their blobs: what one index entry of the cache service says. Immutable; changes make a new one. */
export class CacheIndex {
  readonly records: ReadonlyMap<CacheKey, IndexedRecord>;
  readonly blobs: ReadonlyMap<Digest, IndexedBlob>;
  readonly mounts: ReadonlyMap<CacheKey, IndexedMount>;
  readonly clock: IndexClock;

  /** @param clock default: the day of the last use in it */
  constructor(
    records: Iterable<IndexedRecord> = [],
    blobs: Iterable<IndexedBlob> = [],
    mounts: Iterable<IndexedMount> = [],
    clock?: IndexClock,
  ) {
    this.records = new Map([...records].map((indexed) => [indexed.record.key, indexed]));
    this.blobs = new Map([...blobs].map((blob) => [blob.digest, blob]));
    this.mounts = new Map([...mounts].map((indexed) => [indexed.mount.key, indexed]));
    this.clock = clock ?? clockOf([...this.records.values(), ...this.mounts.values()]);
  }

  get isEmpty(): boolean {
    return this.records.size === 0 && this.mounts.size === 0;
  }

  /** Records but those that only hold documents of images. */
  get resultCount(): number {
    return [...this.records.values()].filter(({ record }) => isResult(record)).length;
  }

  /** Bytes of all blobs. */
  get size(): number {
    return [...this.blobs.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** The same as a build finds it that uses it on this day of its machine's clock, in days since 1970. */
  onDay(told: number): CacheIndex {
    const { day, seen } = this.clock;
    if (this.isEmpty) return new CacheIndex([], this.blobs.values(), [], { day: told, seen: told });
    if (told <= seen) return this;
    return new CacheIndex(this.records.values(), this.blobs.values(), this.mounts.values(), {
      day: day + 1,
      seen: told,
    });
  }

  /**
   * All of both; where both know a record, a mount or a blob, `newer` is right, but the last use is the later one of the two. Each keeps the age that
   * it has by the clock of its index.
   */
  mergedWith(newer: CacheIndex): CacheIndex {
    const [one, other] = [this.clock, newer.clock];
    const clock = { day: Math.max(one.day, other.day), seen: Math.max(one.seen, other.seen) };
    const late = [clock.day - one.day, clock.day - other.day] as const;
    return new CacheIndex(
      merged(this.records, newer.records, late),
      new Map([...this.blobs, ...newer.blobs]).values(),
      merged(this.mounts, newer.mounts, late),
      clock,
    );
  }

  /** Without entries that are gone from the service, the records and mounts that need them, and blobs that nothing needs. */
  without(goneEntries: ReadonlySet<string>): CacheIndex {
    const blobs = new Map(
      [...this.blobs].filter(([, { place }]) => place.type === 'inline' || !goneEntries.has(place.key)),
    );
    const records = [...this.records.values()].filter((indexed) => isWhole(indexed, this.blobs, blobs));
    const mounts = [...this.mounts.values()].filter(({ mount }) => blobs.has(mount.archive.digest));
    const needed = [...neededBy(records, blobs), ...archivesOf(mounts, blobs)];
    return new CacheIndex(records, needed, mounts, this.clock);
  }

  /** The most recently used records and mounts, as many as an index may have. `most` bytes of JSON, roughly. */
  trimmed(most = MOST_BYTES): CacheIndex {
    const oldest = this.clock.day - MOST_AGE;
    const kept: IndexedRecord[] = [];
    const mounts = [...this.mounts.values()]
      .filter(({ lastUsed }) => lastUsed >= oldest)
      .sort((a, b) => b.lastUsed - a.lastUsed)
      .slice(0, MOST_MOUNTS);
    const archives = [...archivesOf(mounts, this.blobs)];
    const counted = new Set<Digest>(archives.map(({ digest }) => digest));
    let bytes = archives.reduce((sum, { place }) => sum + MOUNT_BYTES + sizeOf(place), 0);
    const newestFirst = [...this.records.values()].sort(
      (a, b) => b.lastUsed - a.lastUsed || byAge(a.record, b.record),
    );
    for (const indexed of newestFirst) {
      bytes += Buffer.byteLength(JSON.stringify(encodeIndexedRecord(indexed)));
      for (const { digest, place } of neededBy([indexed], this.blobs)) {
        if (!counted.has(digest)) bytes += sizeOf(place);
        counted.add(digest);
      }
      if (bytes > most || kept.length >= MOST_RECORDS || indexed.lastUsed < oldest) break;
      kept.push(indexed);
    }
    if (kept.length === this.records.size && mounts.length === this.mounts.size) return this;
    return new CacheIndex(kept, [...neededBy(kept, this.blobs), ...archives], mounts, this.clock);
  }

  /** Newest record of each step. */
  newestBySteps(): ReadonlyMap<string, CacheRecord> {
    const newest = new Map<string, CacheRecord>();
    for (const { record } of this.records.values()) {
      const other = newest.get(record.step);
      if (other === undefined || byAge(record, other) < 0) newest.set(record.step, record);
    }
    return newest;
  }

  /** Newest record of each content key. */
  byContent(): ReadonlyMap<CacheKey, IndexedRecord> {
    const newest = new Map<CacheKey, IndexedRecord>();
    for (const indexed of this.records.values()) {
      const { contentKey } = indexed.record;
      if (contentKey === undefined) continue;
      const other = newest.get(contentKey);
      if (other === undefined || byAge(indexed.record, other.record) < 0) newest.set(contentKey, indexed);
    }
    return newest;
  }

  /** A record that tells what this layer holds. */
  withLayerIndex(diffId: DiffId): IndexedRecord | undefined {
    for (const indexed of this.records.values()) {
      if (indexed.layerIndex !== undefined && indexed.record.layer?.diffId === diffId) return indexed;
    }
    return undefined;
  }

  toJson(): StoredRecord {
    const { day, seen } = this.clock;
    return {
      clock: { day, seen },
      records: [...this.records.values()].map(encodeIndexedRecord),
      ...(this.mounts.size === 0 ? {} : { mounts: [...this.mounts.values()].map(encodeIndexedMount) }),
      blobs: [...this.blobs.values()].map(({ digest, size, place }) => ({
        digest,
        size,
        ...(place.type === 'inline'
          ? { inline: Buffer.from(place.bytes).toString('base64') }
          : { entry: place.key, ...(place.offset === undefined ? {} : { offset: place.offset }) }),
      })),
    };
  }

  /** @throws BuildError `CACHE_DATA_BAD`, and those of the parsers of keys and digests */
  static fromJson(value: unknown): CacheIndex {
    const fields = fieldsOf(value, 'index');
    const clock = fields.has('clock') ? fields.object('clock') : undefined;
    return new CacheIndex(
      fields.list('records', 2 * MOST_RECORDS).map(decodeIndexedRecord),
      fields.list('blobs', MOST_BLOBS).map(decodeBlob),
      // Older programs know of no mounts.
      fields.has('mounts') ? fields.list('mounts', 2 * MOST_MOUNTS).map(decodeIndexedMount) : [],
      clock === undefined ? undefined : { day: clock.count('day'), seen: clock.count('seen') },
    );
  }
}

/** Days since 1970, the grain of the clock: an index need not be saved more than once a day for it. */
export function dayOf(time: Date): number {
  return Math.max(0, Math.floor(time.getTime() / DAY));
}

export function layerBlob(record: CacheRecord): Digest | undefined {
  return record.layer?.descriptor.digest;
}

function clockOf(used: readonly { readonly lastUsed: number }[]): IndexClock {
  const day = used.reduce((latest, { lastUsed }) => Math.max(latest, lastUsed), 0);
  return { day, seen: day };
}

/** @param late days by which the clock of each is behind the common one */
function merged<K, V extends { readonly lastUsed: number }>(
  older: ReadonlyMap<K, V>,
  newer: ReadonlyMap<K, V>,
  [olderLate, newerLate]: readonly [number, number],
): Iterable<V> {
  const all = new Map<K, V>();
  for (const [key, value] of older) all.set(key, { ...value, lastUsed: value.lastUsed + olderLate });
  for (const [key, value] of newer) {
    const lastUsed = Math.max(value.lastUsed + newerLate, all.get(key)?.lastUsed ?? 0);
    all.set(key, { ...value, lastUsed });
  }
  return all.values();
}

/** Bytes that a blob adds to the index, about. */
function sizeOf(place: BlobPlace): number {
  return BLOB_BYTES + (place.type === 'inline' ? 1.34 * place.bytes.length : 0);
}

function isWhole(
  { record }: IndexedRecord,
  before: ReadonlyMap<Digest, IndexedBlob>,
  after: ReadonlyMap<Digest, IndexedBlob>,
): boolean {
  const blob = layerBlob(record);
  // A layer that was never here has its sources elsewhere.
  return blob === undefined || !before.has(blob) || after.has(blob);
}

function* neededBy(
  records: readonly IndexedRecord[],
  blobs: ReadonlyMap<Digest, IndexedBlob>,
): Generator<IndexedBlob> {
  for (const { record, layerIndex } of records) {
    for (const digest of [layerBlob(record), layerIndex]) {
      const blob = digest === undefined ? undefined : blobs.get(digest);
      if (blob !== undefined) yield blob;
    }
  }
}

function* archivesOf(
  mounts: readonly IndexedMount[],
  blobs: ReadonlyMap<Digest, IndexedBlob>,
): Generator<IndexedBlob> {
  for (const { mount } of mounts) {
    const blob = blobs.get(mount.archive.digest);
    if (blob !== undefined) yield blob;
  }
}

function encodeIndexedMount({ mount, lastUsed }: IndexedMount): StoredRecord {
  return { ...encodeMount(mount), lastUsed };
}

function decodeIndexedMount(value: unknown): IndexedMount {
  return { mount: decodeMount(value), lastUsed: fieldsOf(value, 'mount').count('lastUsed') };
}

function encodeIndexedRecord({ record, lastUsed, layerIndex }: IndexedRecord): StoredRecord {
  return { ...encodeRecord(record), lastUsed, ...(layerIndex === undefined ? {} : { layerIndex }) };
}

function decodeIndexedRecord(value: unknown): IndexedRecord {
  const fields = fieldsOf(value, 'record');
  return {
    record: decodeRecord(value),
    lastUsed: fields.count('lastUsed'),
    ...(fields.has('layerIndex') ? { layerIndex: parseDigest(fields.text('layerIndex', 256)) } : {}),
  };
}

function decodeBlob(value: unknown): IndexedBlob {
  const fields = fieldsOf(value, 'blob');
  const blob = { digest: parseDigest(fields.text('digest', 256)), size: fields.count('size') };
  if (fields.has('inline')) {
    return {
      ...blob,
      place: { type: 'inline', bytes: Buffer.from(fields.text('inline', 1 << 24), 'base64') },
    };
  }
  const key = fields.text('entry', LONGEST_KEY);
  const offset = fields.has('offset') ? { offset: fields.count('offset') } : {};
  return { ...blob, place: { type: 'entry', key, ...offset } };
}
