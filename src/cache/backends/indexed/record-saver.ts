import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf, reasonWithHint } from '../../../base/errors.ts';
import type { CacheKey } from '../../../image/cache-key.ts';
import { type Digest, digestOf } from '../../../image/digest.ts';
import { serialiseIndexOf } from '../../../image/layer/index-format.ts';
import { oneChunk } from '../../../image/one-chunk.ts';
import type { Repository } from '../../../image/types.ts';
import type { CachedLayer, CachedMount, CacheRecord } from '../../build-cache.ts';
import { decodeMount, encodeMount } from '../../cached-mount.ts';
import type { Notices } from '../../notices.ts';
import { checkRecord, isResult, sameResult } from '../../record.ts';
import { BlobSaver, type SaverLimits } from './blob-saver.ts';
import type { BlobStore } from './blob-store.ts';
import { CacheIndex, dayOf, type IndexedBlob, type IndexedMount, type IndexedRecord } from './cache-index.ts';
import type { IndexKeeper, IndexState } from './index-keeper.ts';
import { layerKey } from './keys.ts';
import type { StoredBlobs } from './stored-blobs.ts';

export interface RecordSaverOptions {
  readonly store: BlobStore;
  readonly notices: Notices;
  readonly limits: SaverLimits;
  readonly keeper: IndexKeeper;
  /** The index of the own scope, which will be extended; undefined when it could not be read. */
  readonly own: IndexState | undefined;
  /** All that was read. */
  readonly index: CacheIndex;
  readonly blobs: StoredBlobs;
  readonly lookFirst: boolean;
  /** A repository whose blobs the entries are. */
  readonly repository: Repository | undefined;
}

export interface SaverReport {
  readonly recordsSaved: number;
  readonly bytesUploaded: number;
  /** The index that was saved. */
  readonly written?: CacheIndex;
}

type Open = () => Promise<AsyncIterable<Uint8Array>>;

/** It is given its day when the index is written. */
type FreshRecord = Omit<IndexedRecord, 'lastUsed'>;

interface FreshMount extends Omit<IndexedMount, 'lastUsed'> {
  readonly answer: (isSaved: boolean) => void;
}

/** A blob that the uploader knows of. */
interface Upload {
  readonly done: Promise<IndexedBlob | undefined>;
}

interface Uploads {
  readonly layer: Upload | undefined;
  readonly index: Upload | undefined;
}

/** Milliseconds for an index where all else has failed. */
const MOST_FAILING_TIME = 30_000;

/** The writing half of a cache with an index: takes records beside the build, and writes the index at its end. */
export class RecordSaver {
  readonly #options: RecordSaverOptions;
  readonly #uploader: BlobSaver;
  readonly #stop = new AbortController();
  readonly #handing = new Set<Promise<unknown>>();
  readonly #saving = new Set<Promise<unknown>>();
  readonly #used = new Map<CacheKey, IndexedRecord>();
  readonly #usedMounts = new Set<CacheKey>();
  #fresh: FreshRecord[] = [];
  #freshBlobs: IndexedBlob[] = [];
  #freshMounts: FreshMount[] = [];
  #own: IndexState | undefined;
  #flushing: Promise<void> = Promise.resolve();
  /** Why the index could not be saved beside the export. */
  #failure: unknown;
  /** Of the index that was written last. */
  #limit: AbortSignal | undefined;
  #isLate = false;
  #hasEnded = false;
  #recordsSaved = 0;
  #indexBytes = 0;
  #written: CacheIndex | undefined;

  constructor(options: RecordSaverOptions) {
    const { store, notices, limits, lookFirst } = options;
    this.#options = options;
    this.#own = options.own;
    this.#uploader = new BlobSaver({ store, notices, limits, lookFirst, signal: this.#stop.signal });
  }

  /** A record that was found: it is worth keeping. */
  use(indexed: IndexedRecord): void {
    this.#used.set(indexed.record.key, indexed);
  }

  save(record: CacheRecord, open?: Open): void {
    const save = this.#save(record, open)
      .catch((error) =>
        this.#options.notices.add(
          `A result could not be saved in ${this.#options.notices.place}: ${reasonOf(error)}`,
        ),
      )
      .finally(() => this.#saving.delete(save));
    this.#saving.add(save);
  }

  /** A cache mount that was found: it is worth keeping. */
  useMount(key: CacheKey): void {
    this.#usedMounts.add(key);
  }

  /** False when it could not be saved, which has been told. Answers with the index that names it, at the latest with the end of finish(). */
  saveMount(mount: CachedMount, open: Open): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const save = this.#saveMount(mount, open, resolve)
      .catch((error) => {
        const { notices } = this.#options;
        notices.add(`The cache mount ${mount.id} could not be saved in ${notices.place}: ${reasonOf(error)}`);
        resolve(false);
      })
      .finally(() => this.#saving.delete(save));
    this.#saving.add(save);
    return promise;
  }

  /** Uploads what there is by now, and writes the index. What goes wrong is tried again by finish(). */
  flush(): Promise<void> {
    this.#flushing = this.#flushing
      .then(() => this.#uploadInTime())
      .then(() => this.#writeIndex())
      .catch((error: unknown) => {
        this.#failure = error;
      });
    return this.#flushing;
  }

  /**
   * Waits for the uploads and writes the index if it has changed.
   * @throws whatever is unexpected
   */
  async finish(signal?: AbortSignal): Promise<SaverReport> {
    const stop = (): void => this.#stop.abort();
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted === true) stop();
    try {
      await this.#flushing;
      await this.#uploadInTime();
      await this.#writeLastIndex();
      const bytesUploaded = this.#uploader.bytesUploaded + this.#indexBytes;
      const written = this.#written === undefined ? {} : { written: this.#written };
      return { recordsSaved: this.#recordsSaved, bytesUploaded, ...written };
    } finally {
      stop();
      this.#hasEnded = true;
      for (const { answer } of this.#freshMounts) answer(false);
    }
  }

  async #save(record: CacheRecord, open: Open | undefined): Promise<void> {
    checkRecord(record);
    const handing = this.#handOver(record, open);
    this.#handing.add(handing);
    const uploads = await handing.finally(() => this.#handing.delete(handing));
    if (uploads === undefined) return;
    const [layer, index] = await Promise.all([uploads.layer?.done, uploads.index?.done]);
    // Without its layer a record is worth nothing; without the layer's index it is.
    if (uploads.layer !== undefined && layer === undefined) return;
    for (const blob of [layer, index]) {
      if (blob === undefined) continue;
      this.#options.blobs.add(blob);
      this.#freshBlobs.push(blob);
    }
    const layerIndex = index?.digest ?? this.#knownIndexOf(record);
    this.#fresh.push({ record, ...(layerIndex === undefined ? {} : { layerIndex }) });
  }

  async #saveMount(mount: CachedMount, open: Open, answer: (isSaved: boolean) => void): Promise<void> {
    decodeMount(encodeMount(mount));
    const { digest, size } = mount.archive;
    const handing = this.#upload(digest, size, open);
    this.#handing.add(handing);
    const { done } = await handing.finally(() => this.#handing.delete(handing));
    const blob = await done;
    if (blob === undefined || this.#hasEnded) return answer(false);
    this.#options.blobs.add(blob);
    this.#freshBlobs.push(blob);
    this.#freshMounts.push({ mount, answer });
  }

  /** Of a layer that another record brought here before. */
  #knownIndexOf({ layer }: CacheRecord): Digest | undefined {
    return layer === undefined ? undefined : this.#options.index.withLayerIndex(layer.diffId)?.layerIndex;
  }

  /** Everything up to the point where the uploader knows of the blobs; undefined when there is nothing to save. */
  async #handOver(record: CacheRecord, open: Open | undefined): Promise<Uploads | undefined> {
    if (await this.#isKept(record)) return undefined;
    const { layer, index } = record;
    // The layer first: its upload goes on while the index is encoded.
    const layerUpload =
      layer === undefined
        ? undefined
        : open === undefined
          ? await this.#present(layer)
          : await this.#upload(layer.descriptor.digest, layer.descriptor.size, open);
    if (index === undefined) return { layer: layerUpload, index: undefined };
    const bytes = await serialiseIndexOf(index);
    return {
      layer: layerUpload,
      index: await this.#upload(digestOf(bytes), bytes.length, async () => oneChunk(bytes)),
    };
  }

  /** A layer that lies in the repository already, put there by somebody else: the index names it, so that it stays. */
  async #present({ descriptor, sources }: CachedLayer): Promise<Upload | undefined> {
    const { store, repository } = this.#options;
    const here = sources.some(({ host, path }) => host === repository?.host && path === repository.path);
    const key = layerKey(descriptor.digest);
    if (!here || (await store.find(key)) === undefined) return undefined;
    const { digest, size } = descriptor;
    return { done: Promise.resolve({ digest, size, place: { type: 'entry', key } }) };
  }

  /** In an object, so that waiting for the hand-over is not waiting for the upload. */
  async #upload(digest: Digest, size: number, open: Open): Promise<Upload> {
    const { blobs } = this.#options;
    const known = blobs.named(digest);
    if (known !== undefined && (await blobs.has(digest))) return { done: Promise.resolve(known) };
    const done = this.#uploader.keep(digest, size, open, blobs.isDamaged(digest));
    // Somebody waits for it later.
    done.catch(() => undefined);
    return { done };
  }

  /** Is the same result there already, with its layer? */
  async #isKept(record: CacheRecord): Promise<boolean> {
    const { index, blobs } = this.#options;
    const known = index.records.get(record.key);
    if (known === undefined || !sameResult(known.record, record)) return false;
    const digest = known.record.layer?.descriptor.digest;
    if (digest !== undefined && blobs.named(digest) !== undefined && !(await blobs.has(digest))) return false;
    this.use(known);
    return true;
  }

  /** Uploads that take too long are told; those that were waited for before are not waited for again. */
  async #uploadInTime(): Promise<void> {
    const { notices, limits } = this.#options;
    const { signal } = this.#stop;
    const time = this.#isLate ? 0 : limits.uploadTime;
    const deadline = sleep(time, 'late' as const, { ref: false, signal });
    const uploads = this.#uploadAll();
    for (const each of [deadline, uploads]) each.catch(() => undefined);
    if ((await Promise.race([uploads, deadline])) !== 'late') return;
    this.#isLate = true;
    notices.add(`Some layers are not saved in ${notices.place}: their upload took too long`);
  }

  async #uploadAll(): Promise<void> {
    await Promise.allSettled(this.#handing);
    await this.#uploader.flush();
    await Promise.allSettled(this.#saving);
  }

  /** What cannot be saved now is told. */
  async #writeLastIndex(): Promise<void> {
    const before = this.#written;
    try {
      await this.#writeIndex();
      if (before !== undefined && this.#written === before) await this.#confirm();
    } catch (error) {
      const { notices } = this.#options;
      const { aborted, reason: late } = this.#limit ?? {};
      const reason = reasonWithHint(aborted === true ? (this.#failure ?? late) : error);
      notices.add(
        `The index could not be saved in ${notices.place}, the next build will not find these results: ${reason}`,
      );
    }
  }

  /** It was written beside the export, and other builds may have written since. */
  async #confirm(): Promise<void> {
    const { keeper } = this.#options;
    const own = this.#own;
    if (own === undefined || keeper.confirm === undefined) return;
    try {
      this.#own = await keeper.confirm(own, this.#stop.signal);
    } catch {
      // It was there when it was written, as far as anybody knows.
      return;
    }
    if (this.#own === own) return;
    this.#written = this.#own.index;
    this.#indexBytes += this.#own.size;
  }

  /** @throws BuildError when it could not be saved; then all of it is still to be written */
  async #writeIndex(): Promise<void> {
    const own = this.#own;
    const change = this.#change(own?.index ?? new CacheIndex());
    if (change === undefined) return;
    // A service that did not answer before is not waited for as long again.
    const hasFailed = this.#failure !== undefined || this.#uploader.hasGivenUp;
    this.#limit = hasFailed ? AbortSignal.timeout(MOST_FAILING_TIME) : undefined;
    const { signal: stop } = this.#stop;
    const signal = this.#limit === undefined ? stop : AbortSignal.any([stop, this.#limit]);
    const [fresh, blobs, mounts] = [this.#fresh, this.#freshBlobs, this.#freshMounts];
    [this.#fresh, this.#freshBlobs, this.#freshMounts] = [[], [], []];
    try {
      this.#own = await this.#options.keeper.save(own, change, signal);
    } catch (error) {
      // For the next try, beside what came meanwhile.
      this.#fresh.unshift(...fresh);
      this.#freshBlobs.unshift(...blobs);
      this.#freshMounts.unshift(...mounts);
      throw error;
    }
    const { records, mounts: kept } = this.#own.index;
    for (const { mount, answer } of mounts) answer(kept.has(mount.key));
    this.#written = this.#own.index;
    // An index has room for so many.
    this.#recordsSaved += fresh.filter(({ record }) => isResult(record) && records.has(record.key)).length;
    this.#indexBytes += this.#own.size;
  }

  /** What this build has to say; undefined when the index need not change for it. */
  #change(own: CacheIndex): ((newest: CacheIndex) => CacheIndex) | undefined {
    const { gone } = this.#options.blobs;
    const told = dayOf(new Date());
    const { day: today } = own.onDay(told).clock;
    const used = [...this.#used.keys()].filter((key) => (own.records.get(key)?.lastUsed ?? today) < today);
    const lost = [...own.blobs.values()].some(({ place }) => place.type === 'entry' && gone.has(place.key));
    const mounts = [...this.#usedMounts].filter((key) => (own.mounts.get(key)?.lastUsed ?? today) < today);
    const nothingUsed = used.length === 0 && mounts.length === 0;
    const [fresh, freshBlobs, freshMounts] = [this.#fresh, this.#freshBlobs, this.#freshMounts];
    if (fresh.length === 0 && freshMounts.length === 0 && nothingUsed && !lost) return undefined;
    return (found) => {
      const newest = found.onDay(told);
      const { clock } = newest;
      const onThisDay = <T extends object>(each: T): T & { readonly lastUsed: number } => ({
        ...each,
        lastUsed: clock.day,
      });
      const marked = new CacheIndex(
        used.flatMap((key) => newest.records.get(key) ?? []).map(onThisDay),
        [],
        mounts.flatMap((key) => newest.mounts.get(key) ?? []).map(onThisDay),
        clock,
      );
      const made = new CacheIndex(
        fresh.map(onThisDay),
        freshBlobs,
        freshMounts.map(({ mount }) => onThisDay({ mount })),
        clock,
      );
      return newest.mergedWith(marked).mergedWith(made).without(gone);
    };
  }
}
