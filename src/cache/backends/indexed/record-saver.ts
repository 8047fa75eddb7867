import { setTimeout as sleep } from 'node:timers/promises';
import type { CacheKey } from '../../../image/cache-key.ts';
import { type Digest, digestOf } from '../../../image/digest.ts';
import { serialiseIndexOf } from '../../../image/layer/index-format.ts';
import type { CacheRecord } from '../../build-cache.ts';
import { type Notices, reasonOf } from '../../notices.ts';
import { sameResult } from '../../record.ts';
import { BlobSaver, type SaverLimits } from './blob-saver.ts';
import type { BlobStore } from './blob-store.ts';
import { CacheIndex, dayOf, type IndexedBlob, type IndexedRecord } from './cache-index.ts';
import type { IndexKeeper, IndexState } from './index-keeper.ts';
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
}

export interface SaverReport {
  readonly recordsSaved: number;
  readonly bytesUploaded: number;
}

type Open = () => Promise<AsyncIterable<Uint8Array>>;

/** A blob that the uploader knows of. */
interface Upload {
  readonly done: Promise<IndexedBlob | undefined>;
}

interface Uploads {
  readonly layer: Upload | undefined;
  readonly index: Upload | undefined;
}

/** Milliseconds that the end of a build waits for uploads. */
const MOST_FINISH_TIME = 300_000;

/** The writing half of a cache with an index: takes records beside the build, and writes the index at its end. */
export class RecordSaver {
  readonly #options: RecordSaverOptions;
  readonly #uploader: BlobSaver;
  readonly #stop = new AbortController();
  readonly #handing = new Set<Promise<unknown>>();
  readonly #saving = new Set<Promise<void>>();
  readonly #used = new Map<CacheKey, IndexedRecord>();
  readonly #fresh: IndexedRecord[] = [];
  readonly #freshBlobs: IndexedBlob[] = [];

  constructor(options: RecordSaverOptions) {
    const { store, notices, limits, lookFirst } = options;
    this.#options = options;
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

  /**
   * Waits for the uploads and writes the index if it has changed.
   * @throws whatever is unexpected
   */
  async finish(signal?: AbortSignal): Promise<SaverReport> {
    const stop = (): void => this.#stop.abort();
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted === true) stop();
    const deadline = sleep(MOST_FINISH_TIME, 'late' as const, { ref: false, signal: this.#stop.signal });
    deadline.catch(() => undefined);
    try {
      if ((await Promise.race([this.#uploadAll(), deadline])) === 'late') {
        const { notices } = this.#options;
        notices.add(`Some layers are not saved in ${notices.place}: their upload took too long`);
      }
      return await this.#writeIndex();
    } finally {
      stop();
    }
  }

  async #save(record: CacheRecord, open: Open | undefined): Promise<void> {
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
    this.#fresh.push({
      record,
      lastUsed: dayOf(new Date()),
      ...(layerIndex === undefined ? {} : { layerIndex }),
    });
  }

  /** Of a layer that another record brought here before. */
  #knownIndexOf({ layer }: CacheRecord): Digest | undefined {
    return layer === undefined ? undefined : this.#options.index.layerIndexOf(layer.diffId);
  }

  /** Everything up to the point where the uploader knows of the blobs; undefined when there is nothing to save. */
  async #handOver(record: CacheRecord, open: Open | undefined): Promise<Uploads | undefined> {
    if (await this.#isKept(record)) return undefined;
    const { layer, index } = record;
    const stored = layer === undefined || open === undefined ? undefined : layer.descriptor;
    // The layer first: its upload goes on while the index is encoded.
    const layerUpload =
      stored === undefined || open === undefined
        ? undefined
        : await this.#upload(stored.digest, stored.size, open);
    if (index === undefined) return { layer: layerUpload, index: undefined };
    const bytes = await serialiseIndexOf(index);
    return {
      layer: layerUpload,
      index: await this.#upload(digestOf(bytes), bytes.length, async () => once(bytes)),
    };
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

  async #uploadAll(): Promise<void> {
    await Promise.allSettled(this.#handing);
    await this.#uploader.flush();
    await Promise.allSettled(this.#saving);
  }

  async #writeIndex(): Promise<SaverReport> {
    const { keeper, own } = this.#options;
    const change = this.#change(own?.index ?? new CacheIndex());
    const bytes = change === undefined ? undefined : await keeper.save(own, change, this.#stop.signal);
    return {
      recordsSaved: bytes === undefined ? 0 : this.#fresh.length,
      bytesUploaded: this.#uploader.bytesUploaded + (bytes ?? 0),
    };
  }

  /** What this build has to say; undefined when the index need not change for it. */
  #change(own: CacheIndex): ((newest: CacheIndex) => CacheIndex) | undefined {
    const { gone } = this.#options.blobs;
    const today = dayOf(new Date());
    const used = [...this.#used.keys()].filter((key) => (own.records.get(key)?.lastUsed ?? today) < today);
    const lost = [...own.blobs.values()].some(({ place }) => place.type === 'entry' && gone.has(place.key));
    if (this.#fresh.length === 0 && used.length === 0 && !lost) return undefined;
    const fresh = new CacheIndex(this.#fresh, this.#freshBlobs);
    return (newest) => {
      const touched = used.flatMap((key) => newest.records.get(key) ?? []);
      const marked = new CacheIndex(touched.map((indexed) => ({ ...indexed, lastUsed: today })));
      return newest.mergedWith(marked).mergedWith(fresh).without(gone);
    };
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
