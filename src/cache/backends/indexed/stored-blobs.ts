import { reasonOf } from '../../../base/errors.ts';
import type { Digest } from '../../../image/digest.ts';
import { DigestCheck } from '../../../image/digest-check.ts';
import { oneChunk } from '../../../image/one-chunk.ts';
import type { Notices } from '../../notices.ts';
import type { BlobStore, FoundEntry } from './blob-store.ts';
import type { IndexedBlob } from './cache-index.ts';

/** The blobs that indexes name, and what turned out about them while they were used. */
export class StoredBlobs {
  readonly #store: BlobStore;
  readonly #notices: Notices;
  readonly #blobs: Map<Digest, IndexedBlob>;
  readonly #entries = new Map<string, Promise<FoundEntry | undefined>>();
  readonly #gone = new Set<string>();
  readonly #damaged = new Set<string>();
  /** Entries that could not be had this time. */
  readonly #failed = new Set<string>();
  /** Entries of which it could not be learnt whether they are there. */
  readonly #unasked = new Set<string>();
  bytesDownloaded = 0;

  constructor(store: BlobStore, notices: Notices, blobs: ReadonlyMap<Digest, IndexedBlob>) {
    this.#store = store;
    this.#notices = notices;
    this.#blobs = new Map(blobs);
  }

  /** Entries that are gone, or hold something else: no index should name them any longer. */
  get gone(): ReadonlySet<string> {
    return this.#gone;
  }

  /** Where an index said the blob is, be it true or not. */
  named(digest: Digest): IndexedBlob | undefined {
    return this.#blobs.get(digest);
  }

  /** A blob that can be had as far as is known; nobody is asked. */
  get(digest: Digest): IndexedBlob | undefined {
    const blob = this.#blobs.get(digest);
    if (blob?.place.type !== 'entry') return blob;
    const { key } = blob.place;
    return this.#gone.has(key) || this.#failed.has(key) ? undefined : blob;
  }

  /** Is it really there? Asks once per entry, which also tells a service that the entry is in use. */
  async has(digest: Digest): Promise<boolean> {
    const blob = this.get(digest);
    if (blob === undefined) return false;
    return blob.place.type === 'inline' || (await this.#entry(blob.place.key)) !== undefined;
  }

  /** Is it not known whether it is there, since it could not be looked up or downloaded? */
  isUnsure(digest: Digest): boolean {
    const place = this.#blobs.get(digest)?.place;
    return place?.type === 'entry' && (this.#unasked.has(place.key) || this.#failed.has(place.key));
  }

  /** Does the entry of this blob hold something else, so that its key cannot be used again? */
  isDamaged(digest: Digest): boolean {
    const place = this.#blobs.get(digest)?.place;
    return place?.type === 'entry' && this.#damaged.has(place.key);
  }

  /** A blob that this job has saved. */
  add(blob: IndexedBlob): void {
    this.#blobs.set(blob.digest, blob);
    if (blob.place.type !== 'entry') return;
    const { key } = blob.place;
    for (const set of [this.#gone, this.#failed, this.#unasked]) set.delete(key);
    this.#entries.delete(key);
  }

  /** The bytes, not checked for the reader; undefined when they cannot be had. `what`: a word for notices. */
  async open(
    blob: IndexedBlob,
    signal?: AbortSignal,
    what = 'layer',
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    const { size, place } = blob;
    if (place.type === 'inline') return oneChunk(place.bytes);
    const entry = await this.#entry(place.key);
    if (entry === undefined) return undefined;
    const { offset } = place;
    const part = offset === undefined ? { size } : { range: { start: offset, end: offset + size } };
    try {
      return this.#watched(await entry.open({ ...part, signal }), blob, { key: place.key, what, signal });
    } catch (error) {
      signal?.throwIfAborted();
      this.#fail(place.key, what, error);
      return undefined;
    }
  }

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
      const entry = await this.#store.find(key);
      if (entry === undefined) this.#gone.add(key);
      return entry;
    } catch (error) {
      this.#unasked.add(key);
      this.#notices.add(`A layer cannot be looked up in ${this.#notices.place}: ${reasonOf(error)}`);
      return undefined;
    }
  }

  /** The same bytes; an entry that holds something else is never used again. */
  async *#watched(
    source: AsyncIterable<Uint8Array>,
    { digest, size }: IndexedBlob,
    { key, what, signal }: { key: string; what: string; signal: AbortSignal | undefined },
  ): AsyncGenerator<Uint8Array> {
    const check = new DigestCheck(digest);
    let read = 0;
    try {
      for await (const chunk of source) {
        read += chunk.length;
        // Whoever reads it would stop here, and nothing would be known of it.
        if (read > size) break;
        check.update(chunk);
        this.bytesDownloaded += chunk.length;
        yield chunk;
      }
    } catch (error) {
      // Given up by the build, not by the store.
      if (signal?.aborted !== true) this.#fail(key, what, error);
      throw error;
    }
    if (read === size && check.holds()) return;
    this.#gone.add(key);
    this.#damaged.add(key);
    this.#notices.add(`The ${what} ${digest} in ${this.#notices.place} is damaged: it is not used`);
  }

  #fail(key: string, what: string, error: unknown): void {
    this.#failed.add(key);
    this.#notices.add(`A ${what} of ${this.#notices.place} cannot be downloaded: ${reasonOf(error)}`);
  }
}
