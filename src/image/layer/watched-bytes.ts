import { createHash } from 'node:crypto';

/** Counts and hashes bytes that pass through. */
export class WatchedBytes {
  readonly #hash = createHash('sha256');
  #size = 0;

  /** Bytes so far. */
  get size(): number {
    return this.#size;
  }

  /** `sha256:…` of all that came through; once, when the stream has ended. */
  digest(): string {
    return `sha256:${this.#hash.digest('hex')}`;
  }

  async *watch<T extends Uint8Array>(source: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const chunk of source) {
      this.#hash.update(chunk);
      this.#size += chunk.length;
      yield chunk;
    }
  }
}
