import { createHash, type Hash } from 'node:crypto';
import { algorithmOf, type DiffId, type Digest } from '../digest.ts';

/** Counts and hashes bytes that pass through. */
export class WatchedBytes {
  readonly #algorithm: string;
  readonly #hash: Hash;
  #size = 0;

  /** @param expected decides the hash function. Default: SHA-256 */
  constructor(expected?: Digest | DiffId) {
    this.#algorithm = algorithmOf(expected);
    this.#hash = createHash(this.#algorithm);
  }

  /** Bytes so far. */
  get size(): number {
    return this.#size;
  }

  /** `ALGORITHM:HEX` of all that came through; once, when the stream has ended. */
  digest(): string {
    return `${this.#algorithm}:${this.#hash.digest('hex')}`;
  }

  async *watch<T extends Uint8Array>(source: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const chunk of source) {
      this.#hash.update(chunk);
      this.#size += chunk.length;
      yield chunk;
    }
  }
}
