import type { ContentStore } from '../image/content-store.ts';
import { hasDigest } from '../image/digest-check.ts';
import { oneChunk } from '../image/one-chunk.ts';
import type { Descriptor, RawBlob } from '../image/types.ts';

/** As large as a manifest or an image config may be. Bytes. */
export const LARGEST_DOCUMENT = 8 * 1024 * 1024;

/** Asks once, when it is called first, for documents that somebody else kept of one image. */
export type Elsewhere = () => Promise<readonly Uint8Array[]>;

/** Manifests and configs that were pulled before. Trouble with the store only means that nothing is kept. */
export class KeptDocuments {
  readonly #store: ContentStore | undefined;
  readonly #elsewhere: Elsewhere | undefined;
  readonly #used: Uint8Array[] = [];
  #found: Promise<readonly Uint8Array[]> | undefined;

  /** @param elsewhere is asked for what the store has not; of what it has, only what has the digest counts */
  constructor(store: ContentStore | undefined, elsewhere?: Elsewhere) {
    this.#store = store;
    this.#elsewhere = elsewhere;
  }

  /** All that was got or put, in this order. */
  get used(): readonly Uint8Array[] {
    return this.#used;
  }

  async get({ digest }: Pick<Descriptor, 'digest'>): Promise<Uint8Array | undefined> {
    const stored = await this.#stored(digest);
    if (stored !== undefined) {
      this.#used.push(stored);
      return stored;
    }
    this.#found ??= this.#elsewhere?.();
    const bytes = (await this.#found)?.find((each) => hasDigest(each, digest));
    if (bytes !== undefined) await this.put({ descriptor: { digest }, bytes });
    return bytes;
  }

  async put({
    descriptor,
    bytes,
  }: Pick<RawBlob, 'bytes'> & { descriptor: Pick<Descriptor, 'digest'> }): Promise<void> {
    this.#used.push(bytes);
    try {
      await this.#store?.put(oneChunk(bytes), { digest: descriptor.digest, size: bytes.length });
    } catch {
      // It is pulled again next time.
    }
  }

  async #stored(digest: Descriptor['digest']): Promise<Uint8Array | undefined> {
    try {
      const size = await this.#store?.stat(digest);
      if (this.#store === undefined || size === undefined || size > LARGEST_DOCUMENT) return undefined;
      const chunks: Uint8Array[] = [];
      for await (const chunk of await this.#store.open(digest)) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      return hasDigest(bytes, digest) ? bytes : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Was nothing at all kept? */
export async function isEmptyStore(store: ContentStore | undefined): Promise<boolean> {
  try {
    for await (const _ of store?.list() ?? []) return false;
  } catch {
    // What cannot be listed is asked by digest all the same.
    return false;
  }
  return true;
}
