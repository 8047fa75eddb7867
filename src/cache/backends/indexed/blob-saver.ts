import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { type Digest, digestOf } from '../../../image/digest.ts';
import { hasDigest } from '../../../image/digest-check.ts';
import { oneChunk } from '../../../image/one-chunk.ts';
import type { Notices } from '../../notices.ts';
import type { BlobStore, PutOutcome, Upload } from './blob-store.ts';
import type { BlobPlace, IndexedBlob } from './cache-index.ts';
import { layerKey, packKey } from './keys.ts';

export interface SaverLimits {
  /** Blobs up to this go into the index itself. Bytes. */
  readonly inline: number;
  /** All of them together at most. Bytes. */
  readonly inlineTotal: number;
  /** Blobs below this share a pack; the others are entries of their own. Bytes. */
  readonly pack: number;
  /** A pack is uploaded when it has this size. Bytes; what is in it is kept in memory. */
  readonly packFull: number;
  /** Entries that one job may write. */
  readonly uploads: number;
  /** Milliseconds to wait for an index that another job is writing, before it is taken for abandoned. */
  readonly patience: number;
  /** Milliseconds that the end of a build waits for uploads. */
  readonly uploadTime: number;
}

const KIB = 1024;
/** The service takes 200 entries a minute for the whole repository. */
export const DEFAULT_LIMITS: SaverLimits = {
  inline: 32 * KIB,
  inlineTotal: 1024 * KIB,
  pack: 4 * 1024 * KIB,
  packFull: 16 * 1024 * KIB,
  uploads: 20,
  patience: 8000,
  uploadTime: 300_000,
};

/** Kept of the uploads for the index and for packs of small blobs, which hold the results of many steps. */
const RESERVED_UPLOADS = 4;
const AT_ONCE = 3;
/** Longest Retry-After that is waited for, once a job. Seconds. */
const LONGEST_WAIT = 30;
/** Failures after which nothing more is tried. */
const MOST_FAILURES = 3;

export interface BlobSaverOptions {
  readonly store: BlobStore;
  readonly notices: Notices;
  readonly limits: SaverLimits;
  /** Ask before uploading: a scope that this job reads but does not write may hold the blob. */
  readonly lookFirst: boolean;
  readonly signal?: AbortSignal | undefined;
}

interface Waiting {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
  readonly done: (blob: IndexedBlob | undefined) => void;
}

/**
 * Uploads blobs beside the build: big ones as entries, small ones in packs, tiny ones not at all (they go into the index). What it returns a
 * place for is finished and can be read by others.
 */
export class BlobSaver {
  readonly #options: BlobSaverOptions;
  readonly #slots = pLimit(AT_ONCE);
  readonly #underway = new Map<Digest, Promise<IndexedBlob | undefined>>();
  /** Small blobs that are being read. */
  readonly #placing = new Set<Promise<void>>();
  #pack: Waiting[] = [];
  #packSize = 0;
  #inlineSize = 0;
  #uploads = 0;
  #failures = 0;
  #stopped = false;
  #hasWaited = false;
  bytesUploaded = 0;

  constructor(options: BlobSaverOptions) {
    this.#options = options;
  }

  /**
   * Keeps a blob; undefined when that was not possible, which has been told. Small ones wait for flush(). `damaged`: the entry under the
   * usual key holds something else.
   * @throws whatever `open` and its stream throw
   */
  keep(
    digest: Digest,
    size: number,
    open: () => Promise<AsyncIterable<Uint8Array>>,
    damaged = false,
  ): Promise<IndexedBlob | undefined> {
    let kept = this.#underway.get(digest);
    if (kept === undefined) {
      kept = this.#keep(digest, { size, open }, damaged);
      this.#underway.set(digest, kept);
    }
    return kept;
  }

  /** Nothing more is tried: too much has failed. */
  get hasGivenUp(): boolean {
    return this.#failures >= MOST_FAILURES;
  }

  /** Uploads the small blobs that were given so far. */
  async flush(): Promise<void> {
    await Promise.allSettled(this.#placing);
    await this.#flushPack();
  }

  async #flushPack(): Promise<void> {
    const blobs = this.#pack;
    this.#pack = [];
    this.#packSize = 0;
    if (blobs.length === 0) return;
    const bytes = Buffer.concat(blobs.map((blob) => blob.bytes));
    const key = packKey(digestOf(bytes));
    const upload = { size: bytes.length, open: async () => oneChunk(bytes) };
    const saved = await this.#slots(() => this.#put(key, upload, this.#options.limits.uploads - 1));
    let offset = 0;
    for (const { digest, bytes: own, done } of blobs) {
      const place: BlobPlace = { type: 'entry', key, offset };
      done(saved ? { digest, size: own.length, place } : undefined);
      offset += own.length;
    }
  }

  async #keep(digest: Digest, upload: Upload, damaged: boolean): Promise<IndexedBlob | undefined> {
    const { limits } = this.#options;
    const { size } = upload;
    if (size < limits.pack) return this.#keepSmall(digest, upload);
    const key = layerKey(digest, damaged ? randomBytes(4).toString('hex') : '');
    const saved = await this.#slots(() => this.#put(key, upload, limits.uploads - RESERVED_UPLOADS));
    return saved ? { digest, size, place: { type: 'entry', key } } : undefined;
  }

  /** Small blobs are read at once: what waits for the end of the build must not need its source any more. */
  #keepSmall(digest: Digest, upload: Upload): Promise<IndexedBlob | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<IndexedBlob | undefined>();
    const placing = this.#place(digest, upload, resolve)
      .catch(reject)
      .finally(() => this.#placing.delete(placing));
    this.#placing.add(placing);
    return promise;
  }

  async #place(digest: Digest, upload: Upload, done: Waiting['done']): Promise<void> {
    const { limits, notices } = this.#options;
    const bytes = await collect(await upload.open());
    if (bytes.length !== upload.size || !hasDigest(bytes, digest)) {
      notices.add(`A layer of ${upload.size} bytes changed while it was saved`);
      done(undefined);
    } else if (bytes.length <= limits.inline && this.#inlineSize + bytes.length <= limits.inlineTotal) {
      this.#inlineSize += bytes.length;
      done({ digest, size: bytes.length, place: { type: 'inline', bytes } });
    } else {
      this.#pack.push({ digest, bytes, done });
      this.#packSize += bytes.length;
      if (this.#packSize >= limits.packFull) await this.#flushPack();
    }
  }

  /** Is it there for others to read? */
  async #put(key: string, upload: Upload, most: number): Promise<boolean> {
    const { store, notices, lookFirst, signal } = this.#options;
    if (this.#stopped) return false;
    if (lookFirst && (await this.#isThere(key))) return true;
    if (this.#uploads >= most) {
      notices.remark(
        `Some layers are not saved in ${notices.place}: a job saves at most ${this.#options.limits.uploads} entries`,
      );
      return false;
    }
    this.#uploads += 1;
    let outcome = await store.put(key, upload, signal);
    if (outcome.type === 'limited' && (await this.#mayWait(outcome.retryAfter))) {
      outcome = await store.put(key, upload, signal);
    }
    return this.#judge(key, upload.size, outcome);
  }

  async #judge(key: string, size: number, outcome: PutOutcome): Promise<boolean> {
    const { notices } = this.#options;
    switch (outcome.type) {
      case 'saved':
        this.bytesUploaded += size;
        return true;
      case 'exists': {
        const there = await this.#isThere(key);
        if (!there)
          notices.remark(
            `A layer is not saved in ${notices.place}: another job has begun to save it and not finished`,
          );
        return there;
      }
      case 'denied':
        this.#stop(`Nothing is saved in ${notices.place}: ${outcome.reason}`);
        return false;
      case 'limited':
        this.#stop(`Nothing more is saved in ${notices.place}: ${outcome.reason}`);
        return false;
      case 'failed':
        this.#failures += 1;
        notices.add(`A layer could not be saved in ${notices.place}: ${outcome.reason}`);
        if (this.#failures >= MOST_FAILURES)
          this.#stop(`Nothing more is saved in ${notices.place} after several failures`);
        return false;
      default:
        return outcome satisfies never;
    }
  }

  async #isThere(key: string): Promise<boolean> {
    const { store, signal } = this.#options;
    // When the service cannot tell, the upload will show.
    return (await store.find(key, signal).catch(() => undefined)) !== undefined;
  }

  async #mayWait(retryAfter: number): Promise<boolean> {
    if (this.#hasWaited || retryAfter > LONGEST_WAIT) return false;
    this.#hasWaited = true;
    const { signal } = this.#options;
    await sleep(retryAfter * 1000, undefined, { signal }).catch(() => undefined);
    return signal?.aborted !== true;
  }

  #stop(notice: string): void {
    // Uploads that were under way fail for the same reason, with other words.
    if (this.#stopped) return;
    this.#stopped = true;
    this.#options.notices.add(notice);
  }
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(Uint8Array.from(chunk));
  return Buffer.concat(chunks);
}
