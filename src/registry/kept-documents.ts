import type { ContentStore } from '../image/content-store.ts';
import { oneChunk } from '../image/one-chunk.ts';
import type { Descriptor, RawBlob } from '../image/types.ts';
import { hasDigest } from './digest-check.ts';

/** As large as a manifest or an image config may be. Bytes. */
export const LARGEST_DOCUMENT = 8 * 1024 * 1024;

/** Manifests and configs that were pulled before. Trouble with the store only means that nothing is kept. */
export class KeptDocuments {
  readonly #store: ContentStore | undefined;

  constructor(store: ContentStore | undefined) {
    this.#store = store;
  }

  /** Is there anything at all that was kept? On a fresh machine asking for digests first would only be one more request. */
  async isEmpty(): Promise<boolean> {
    try {
      for await (const _ of this.#store?.list() ?? []) return false;
    } catch {
      // What cannot be listed is asked by digest all the same.
      return false;
    }
    return true;
  }

  async get({ digest }: Pick<Descriptor, 'digest'>): Promise<Uint8Array | undefined> {
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

  async put({ descriptor, bytes }: RawBlob): Promise<void> {
    const { digest } = descriptor;
    try {
      await this.#store?.put(oneChunk(bytes), { digest, size: bytes.length });
    } catch {
      // It is pulled again next time.
    }
  }
}
