import { reasonOf } from '../../../base/errors.ts';
import type { CacheKey } from '../../../image/cache-key.ts';
import type { DiffId, Digest } from '../../../image/digest.ts';
import { hasDigest } from '../../../image/digest-check.ts';
import type { LayerIndex } from '../../../image/layer/entry.ts';
import { parseIndexOf } from '../../../image/layer/index-format.ts';
import type { Descriptor, Repository } from '../../../image/types.ts';
import type { BuildCache, CacheLookup, CacheRecord, CacheReport, MountCache } from '../../build-cache.ts';
import type { Notices } from '../../notices.ts';
import type { SaverLimits } from './blob-saver.ts';
import type { BlobStore } from './blob-store.ts';
import { CacheIndex, type IndexedRecord } from './cache-index.ts';
import type { IndexKeeper, IndexState } from './index-keeper.ts';
import { IndexedMounts } from './indexed-mounts.ts';
import { RecordSaver, type SaverReport } from './record-saver.ts';
import { StoredBlobs } from './stored-blobs.ts';

/** What a layer holds is read whole. Bytes as stored. */
const LONGEST_LAYER_INDEX = 256 * 1024 * 1024;

export interface IndexedCacheParts {
  readonly name: string;
  readonly store: BlobStore;
  readonly notices: Notices;
  readonly limits: SaverLimits;
  /** Indexes that were found, the own scope's first. */
  readonly found: readonly IndexState[];
  /** There may be more indexes, which could not be read; that has been told. */
  readonly isUnread?: boolean;
  /** A repository whose blobs the entries are: where it can be reached, they need not be moved through here. */
  readonly repository?: Repository;
  /** See BuildCache. */
  readonly unreadable?: () => Promise<readonly string[]>;
  /** Absent: nothing is saved. */
  readonly writing?: {
    readonly keeper: IndexKeeper;
    /** Of the own scope; undefined when it could not be read. */
    readonly own: IndexState | undefined;
    /** Ask before uploading: a scope that this job reads but does not write may hold the blob. */
    readonly lookFirst: boolean;
  };
}

/**
 * Results of steps in a place of blobs: an index names the records and where their blobs are. It is read once, when the cache is opened; after
 * that a lookup asks nobody.
 */
export class IndexedCache implements BuildCache {
  readonly name: string;
  readonly writable: boolean;
  readonly mounts: MountCache;
  readonly #store: BlobStore;
  readonly #notices: Notices;
  readonly #index: CacheIndex;
  readonly #newest: ReadonlyMap<string, CacheRecord>;
  readonly #byContent: ReadonlyMap<CacheKey, IndexedRecord>;
  readonly #blobs: StoredBlobs;
  readonly #repository: Repository | undefined;
  readonly #isUnread: boolean;
  readonly #askUnreadable: IndexedCacheParts['unreadable'];
  #unreadable: Promise<readonly string[]> | undefined;
  readonly #saver: RecordSaver | undefined;

  constructor(parts: IndexedCacheParts) {
    const { name, store, notices, limits, found, repository, unreadable, writing } = parts;
    this.name = name;
    this.#askUnreadable = unreadable;
    this.#repository = repository;
    this.#isUnread = parts.isUnread === true;
    this.#store = store;
    this.#notices = notices;
    this.writable = writing !== undefined;
    this.#index = found.reduceRight((all, { index }) => all.mergedWith(index), new CacheIndex());
    this.#newest = this.#index.newestBySteps();
    this.#byContent = this.#index.byContent();
    this.#blobs = new StoredBlobs(store, notices, this.#index.blobs);
    this.#blobs.bytesDownloaded = found.reduce((sum, { size }) => sum + size, 0);
    if (writing !== undefined) {
      const { keeper, own, lookFirst } = writing;
      const common = { store, notices, limits, index: this.#index, blobs: this.#blobs };
      this.#saver = new RecordSaver({ ...common, keeper, own, lookFirst, repository });
    }
    this.mounts = new IndexedMounts(this.#index, this.#blobs, this.#saver);
  }

  async lookup(key: CacheKey, step: string): Promise<CacheLookup> {
    const indexed = this.#index.records.get(key) ?? this.#byContent.get(key);
    if (indexed === undefined) {
      const nearest = this.#newest.get(step);
      if (nearest !== undefined) return { nearest };
      return this.#isUnread ? { reason: `not all of ${this.name} could be read (see the notice)` } : {};
    }
    this.#saver?.use(indexed);
    const { layerIndex } = indexed;
    const record = this.#withSource(indexed.record);
    const blob = layerIndex === undefined ? undefined : this.#blobs.named(layerIndex);
    if (record.layer === undefined || blob?.place.type !== 'inline') return { record };
    const index = await this.layerIndex(record.layer.diffId);
    return { record: index === undefined ? record : { ...record, index } };
  }

  unreadable(): Promise<readonly string[]> {
    this.#unreadable ??= this.#askUnreadable?.() ?? Promise.resolve([]);
    return this.#unreadable;
  }

  #withSource(record: CacheRecord): CacheRecord {
    const { layer } = record;
    if (this.#repository === undefined || layer === undefined) return record;
    if (this.#blobs.get(layer.descriptor.digest)?.place.type !== 'entry') return record;
    return { ...record, layer: { ...layer, sources: [...layer.sources, this.#repository] } };
  }

  hasBlob(digest: Digest): Promise<boolean> {
    return this.#blobs.has(digest);
  }

  isUnsure(digest: Digest): boolean {
    return this.#blobs.isUnsure(digest);
  }

  async openBlob(
    descriptor: Descriptor,
    signal?: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    const blob = this.#blobs.get(descriptor.digest);
    // A size that was changed would make the caller read more than it expects.
    return blob === undefined || blob.size !== descriptor.size ? undefined : this.#blobs.open(blob, signal);
  }

  async layerIndex(diffId: DiffId, signal?: AbortSignal): Promise<LayerIndex | undefined> {
    const indexed = this.#index.withLayerIndex(diffId);
    const blob = indexed?.layerIndex === undefined ? undefined : this.#blobs.get(indexed.layerIndex);
    if (blob === undefined || blob.size > LONGEST_LAYER_INDEX) return undefined;
    try {
      const stream = await this.#blobs.open(blob, signal);
      if (stream === undefined) return undefined;
      const chunks: Uint8Array[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      if (indexed === undefined || !hasDigest(bytes, blob.digest)) return undefined;
      this.#saver?.use(indexed);
      return await parseIndexOf(bytes, diffId);
    } catch (error) {
      signal?.throwIfAborted();
      this.#notices.add(`What a cached layer holds could not be read: ${reasonOf(error)}`);
      return undefined;
    }
  }

  save(record: CacheRecord, open?: () => Promise<AsyncIterable<Uint8Array>>): void {
    if (this.#saver === undefined) return;
    if (open !== undefined && !this.#index.records.has(record.key)) this.#store.expectWriting?.();
    this.#saver.save(record, open);
  }

  async flush(): Promise<void> {
    await this.#saver?.flush();
  }

  async finish(signal?: AbortSignal): Promise<CacheReport> {
    let saved: SaverReport = { recordsSaved: 0, bytesUploaded: 0 };
    try {
      if (this.#saver !== undefined) saved = await this.#saver.finish(signal);
    } catch (error) {
      this.#notices.add(`Not all was saved in ${this.#notices.place}: ${reasonOf(error)}`);
    }
    await dispose(this.#store);
    const { bytesDownloaded } = this.#blobs;
    const { lines, failures } = this.#notices;
    const { written, ...counts } = saved;
    const all = written === undefined ? this.#index : this.#index.mergedWith(written);
    const held = { records: all.resultCount, bytes: all.size };
    return { name: this.name, held, ...counts, bytesDownloaded, notices: lines, failures };
  }
}

/** What is left behind in a temporary folder must not spoil the end of a build. */
async function dispose(store: BlobStore): Promise<void> {
  try {
    await store[Symbol.asyncDispose]();
  } catch {
    // The runner empties the folder after the job.
  }
}
