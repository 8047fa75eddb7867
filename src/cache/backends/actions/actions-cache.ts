import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CacheKey } from '../../../image/cache-key.ts';
import { type DiffId, type Digest, digestOf, encoded } from '../../../image/digest.ts';
import type { LayerIndex } from '../../../image/layer/entry.ts';
import type { Descriptor } from '../../../image/types.ts';
import type { BuildCache, CacheLookup, CacheRecord, CacheReport } from '../../build-cache.ts';
import { decodeLayerIndex, encodeLayerIndex } from '../../layer-index-file.ts';
import { type Notices, reasonOf } from '../../notices.ts';
import { sameResult } from '../../record.ts';
import { BlobSaver, type SaverLimits } from './blob-saver.ts';
import type { BlobStore, FoundEntry } from './blob-store.ts';
import { CacheIndex, dayOf, type IndexedBlob, type IndexedRecord } from './cache-index.ts';
import type { IndexChain, IndexState } from './index-chain.ts';

export interface ActionsCacheParts {
  readonly store: BlobStore;
  readonly notices: Notices;
  readonly limits: SaverLimits;
  /** Indexes that were found, the own scope's first. */
  readonly found: readonly IndexState[];
  readonly writing?: {
    readonly chain: IndexChain;
    /** Of the own scope; undefined when it could not be read. */
    readonly own: IndexState | undefined;
    readonly lookFirst: boolean;
  };
}

/** Milliseconds that the end of a build waits for uploads. */
const MOST_FINISH_TIME = 300_000;

/**
 * Results of steps in the cache service: one index per image, platform and scope names the records and where their blobs are. The indexes are
 * read once, when the cache is opened; after that a lookup asks nobody.
 */
export class ActionsCache implements BuildCache {
  readonly name = 'actions';
  readonly writable: boolean;
  readonly #parts: ActionsCacheParts;
  readonly #saver: BlobSaver | undefined;
  readonly #index: CacheIndex;
  readonly #newest: ReadonlyMap<string, CacheRecord>;
  readonly #entries = new Map<string, Promise<FoundEntry | undefined>>();
  /** Entries that are gone, or hold something else: no index should name them any longer. */
  readonly #gone = new Set<string>();
  /** Those of them that hold something else: their keys are taken. */
  readonly #damaged = new Set<string>();
  /** Entries that could not be had this time. */
  readonly #failed = new Set<string>();
  readonly #used = new Map<CacheKey, IndexedRecord>();
  readonly #fresh: IndexedRecord[] = [];
  readonly #freshBlobs = new Map<Digest, IndexedBlob>();
  readonly #preparing = new Set<Promise<unknown>>();
  readonly #saving = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #bytesDownloaded = 0;
  #recordsSaved = 0;
  #indexBytes = 0;

  constructor(parts: ActionsCacheParts) {
    const { store, notices, limits, found, writing } = parts;
    this.#parts = parts;
    this.writable = writing !== undefined;
    this.#index = found.reduceRight((all, { index }) => all.mergedWith(index), new CacheIndex());
    this.#newest = this.#index.newestBySteps();
    this.#bytesDownloaded = found.reduce((sum, { size }) => sum + size, 0);
    if (writing !== undefined) {
      const { lookFirst } = writing;
      this.#saver = new BlobSaver({ store, notices, limits, lookFirst, signal: this.#stop.signal });
    }
  }

  async lookup(key: CacheKey, step: string): Promise<CacheLookup> {
    const indexed = this.#index.records.get(key);
    if (indexed === undefined) {
      const nearest = this.#newest.get(step);
      return nearest === undefined ? {} : { nearest };
    }
    this.#used.set(key, indexed);
    const { record, layerIndex } = indexed;
    const blob = layerIndex === undefined ? undefined : this.#index.blobs.get(layerIndex);
    if (record.layer === undefined || blob?.place.type !== 'inline') return { record };
    const index = await this.layerIndex(record.layer.diffId);
    return { record: index === undefined ? record : { ...record, index } };
  }

  async hasBlob(digest: Digest): Promise<boolean> {
    const blob = this.#blob(digest);
    if (blob === undefined) return false;
    return blob.place.type === 'inline' || (await this.#entry(blob.place.key)) !== undefined;
  }

  async openBlob(
    descriptor: Descriptor,
    signal?: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    const blob = this.#blob(descriptor.digest);
    // A size that was changed would make the caller read more than it expects.
    return blob === undefined || blob.size !== descriptor.size ? undefined : this.#open(blob, signal);
  }

  async layerIndex(diffId: DiffId, signal?: AbortSignal): Promise<LayerIndex | undefined> {
    const indexed = [...this.#index.records.values()].find(({ record }) => record.layer?.diffId === diffId);
    const blob = indexed?.layerIndex === undefined ? undefined : this.#blob(indexed.layerIndex);
    if (blob === undefined) return undefined;
    try {
      const stream = await this.#open(blob, signal);
      if (stream === undefined) return undefined;
      const chunks: Uint8Array[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      return digestOf(bytes) === blob.digest ? await decodeLayerIndex(bytes, diffId) : undefined;
    } catch (error) {
      signal?.throwIfAborted();
      this.#parts.notices.add(`What a cached layer holds could not be read: ${reasonOf(error)}`);
      return undefined;
    }
  }

  save(record: CacheRecord, open?: () => Promise<AsyncIterable<Uint8Array>>): void {
    const saver = this.#saver;
    if (saver === undefined) return;
    const known = this.#index.records.get(record.key);
    if (known !== undefined && sameResult(known.record, record) && this.#isWhole(known)) {
      this.#used.set(record.key, known);
      return;
    }
    const save = this.#save(saver, record, open)
      .catch((error) =>
        this.#parts.notices.add(`A result could not be saved in the Actions cache: ${reasonOf(error)}`),
      )
      .finally(() => this.#saving.delete(save));
    this.#saving.add(save);
  }

  async finish(signal?: AbortSignal): Promise<CacheReport> {
    const { store, notices, writing } = this.#parts;
    try {
      if (writing !== undefined) await this.#write(writing, signal);
    } catch (error) {
      notices.add(`The Actions cache was not saved completely: ${reasonOf(error)}`);
    }
    this.#stop.abort();
    await dispose(store);
    return {
      name: this.name,
      recordsSaved: this.#recordsSaved,
      bytesUploaded: (this.#saver?.bytesUploaded ?? 0) + this.#indexBytes,
      bytesDownloaded: this.#bytesDownloaded,
      notices: notices.lines,
    };
  }

  async #save(
    saver: BlobSaver,
    record: CacheRecord,
    open?: () => Promise<AsyncIterable<Uint8Array>>,
  ): Promise<void> {
    const encoding = record.index === undefined ? undefined : encodeLayerIndex(record.index);
    // The layer's upload begins at once, and both are known to the saver before it is asked to flush.
    const layer = this.#keepLayer(saver, record, open);
    layer.catch(() => undefined);
    const index = encoding === undefined ? undefined : await this.#prepared(encoding);
    const keptIndex =
      index === undefined ? undefined : this.#keep(saver, digestOf(index), index.length, () => once(index));
    const [layerBlob, indexBlob] = await Promise.all([layer, keptIndex]);
    if (layerBlob === 'lost') return;
    for (const blob of [layerBlob, indexBlob])
      if (blob !== undefined) this.#freshBlobs.set(blob.digest, blob);
    const layerIndex = indexBlob === undefined ? {} : { layerIndex: indexBlob.digest };
    this.#fresh.push({ record, lastUsed: dayOf(new Date()), ...layerIndex });
  }

  /** undefined when there is nothing to keep, `lost` when it could not be kept: then the record is worth nothing. */
  async #keepLayer(
    saver: BlobSaver,
    { layer }: CacheRecord,
    open: (() => Promise<AsyncIterable<Uint8Array>>) | undefined,
  ): Promise<IndexedBlob | 'lost' | undefined> {
    if (layer === undefined || open === undefined) return undefined;
    const { digest, size } = layer.descriptor;
    return (await this.#keep(saver, digest, size, open)) ?? 'lost';
  }

  async #keep(
    saver: BlobSaver,
    digest: Digest,
    size: number,
    open: () => Promise<AsyncIterable<Uint8Array>>,
  ): Promise<IndexedBlob | undefined> {
    const known = this.#index.blobs.get(digest);
    if (known === undefined) return saver.keep(digest, size, open);
    if (await this.hasBlob(digest)) return known;
    const key = known.place.type === 'entry' ? known.place.key : '';
    const kept = await saver.keep(digest, size, open, this.#damaged.has(key));
    if (kept?.place.type === 'entry') this.#gone.delete(kept.place.key);
    return kept;
  }

  async #prepared<T>(work: Promise<T>): Promise<T> {
    this.#preparing.add(work);
    try {
      return await work;
    } finally {
      this.#preparing.delete(work);
    }
  }

  async #write(
    writing: NonNullable<ActionsCacheParts['writing']>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const stop = (): void => this.#stop.abort();
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted === true) stop();
    const deadline = sleep(MOST_FINISH_TIME, 'late' as const, { ref: false, signal: this.#stop.signal });
    deadline.catch(() => undefined);
    if ((await Promise.race([this.#uploadAll(), deadline])) === 'late') {
      this.#parts.notices.add('Some layers are not saved in the Actions cache: their upload took too long');
    }
    const change = this.#change();
    if (change === undefined) return;
    const bytes = await writing.chain.save(writing.own, change, this.#stop.signal);
    if (bytes === undefined) return;
    this.#indexBytes += bytes;
    this.#recordsSaved = this.#fresh.length;
  }

  async #uploadAll(): Promise<void> {
    await Promise.allSettled(this.#preparing);
    await this.#saver?.flush();
    await Promise.allSettled(this.#saving);
  }

  /** What this build has to say; undefined when the index need not change for it. */
  #change(): ((newest: CacheIndex) => CacheIndex) | undefined {
    const own = this.#parts.writing?.own?.index ?? new CacheIndex();
    const today = dayOf(new Date());
    const used = [...this.#used.values()].filter(
      ({ lastUsed, record }) => lastUsed < today && own.records.has(record.key),
    );
    const lost = [...own.blobs.values()].some(
      ({ place }) => place.type === 'entry' && this.#gone.has(place.key),
    );
    if (this.#fresh.length === 0 && used.length === 0 && !lost) return undefined;
    const fresh = new CacheIndex(this.#fresh, this.#freshBlobs.values());
    return (newest) => {
      const touched = used.flatMap(({ record }) => newest.records.get(record.key) ?? []);
      const today = touched.map((indexed) => ({ ...indexed, lastUsed: dayOf(new Date()) }));
      return newest.mergedWith(new CacheIndex(today)).mergedWith(fresh).without(this.#gone);
    };
  }

  #isWhole({ record }: IndexedRecord): boolean {
    const { layer } = record;
    if (layer === undefined) return true;
    const place = this.#index.blobs.get(layer.descriptor.digest)?.place;
    return place === undefined
      ? layer.sources.length > 0
      : place.type === 'inline' || !this.#isOut(place.key);
  }

  /** Of a blob that can be had as far as is known. */
  #blob(digest: Digest): IndexedBlob | undefined {
    const fresh = this.#freshBlobs.get(digest);
    if (fresh !== undefined) return fresh;
    const blob = this.#index.blobs.get(digest);
    return blob?.place.type === 'entry' && this.#isOut(blob.place.key) ? undefined : blob;
  }

  #isOut(key: string): boolean {
    return this.#gone.has(key) || this.#failed.has(key);
  }

  /** Asks once per entry; which also tells the service that it is in use. */
  #entry(key: string): Promise<FoundEntry | undefined> {
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = this.#find(key);
      this.#entries.set(key, entry);
    }
    return entry;
  }

  async #find(key: string): Promise<FoundEntry | undefined> {
    try {
      const entry = await this.#parts.store.find(key);
      if (entry === undefined) this.#gone.add(key);
      return entry;
    } catch (error) {
      this.#parts.notices.add(`The Actions cache cannot be asked for a layer: ${reasonOf(error)}`);
      return undefined;
    }
  }

  async #open(
    { digest, size, place }: IndexedBlob,
    signal: AbortSignal | undefined,
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    if (place.type === 'inline') return once(place.bytes);
    const entry = await this.#entry(place.key);
    if (entry === undefined) return undefined;
    const { offset } = place;
    const part = offset === undefined ? { size } : { range: { start: offset, end: offset + size } };
    try {
      return this.#watched(await entry.open({ ...part, signal }), digest, size, place.key);
    } catch (error) {
      signal?.throwIfAborted();
      this.#failed.add(place.key);
      this.#parts.notices.add(`A layer of the Actions cache cannot be downloaded: ${reasonOf(error)}`);
      return undefined;
    }
  }

  /** The same bytes; an entry that holds something else is never used again and taken out of the index. */
  async *#watched(
    source: AsyncIterable<Uint8Array>,
    digest: Digest,
    size: number,
    key: string,
  ): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256');
    let read = 0;
    try {
      for await (const chunk of source) {
        read += chunk.length;
        hash.update(chunk);
        this.#bytesDownloaded += chunk.length;
        yield chunk;
      }
    } catch (error) {
      this.#failed.add(key);
      this.#parts.notices.add(`A layer of the Actions cache cannot be downloaded: ${reasonOf(error)}`);
      throw error;
    }
    if (read === size && (!digest.startsWith('sha256:') || hash.digest('hex') === encoded(digest))) return;
    this.#gone.add(key);
    this.#damaged.add(key);
    this.#parts.notices.add(`The layer ${digest} in the Actions cache is damaged: it is not used`);
  }
}

async function once(bytes: Uint8Array): Promise<AsyncIterable<Uint8Array>> {
  return (async function* () {
    yield bytes;
  })();
}

/** What is left behind in a temporary folder must not spoil the end of a build. */
async function dispose(store: BlobStore): Promise<void> {
  try {
    await store[Symbol.asyncDispose]();
  } catch {
    // The runner empties the folder after the job.
  }
}
