import { createHash, type Hash } from 'node:crypto';
import { algorithmOf, type Digest, encoded } from './digest.ts';

/** Whether bytes have the digest, by its own algorithm. */
export function hasDigest(bytes: Uint8Array, digest: Digest): boolean {
  return new DigestCheck(digest).update(bytes).holds();
}

/** Compares bytes with a digest, by its own algorithm, while they pass. */
export class DigestCheck {
  readonly #expected: string;
  readonly #hash: Hash;

  constructor(digest: Digest) {
    this.#expected = encoded(digest);
    this.#hash = createHash(algorithmOf(digest));
  }

  update(bytes: Uint8Array): this {
    this.#hash.update(bytes);
    return this;
  }

  /** Once, after the last byte. */
  holds(): boolean {
    return this.#hash.digest('hex') === this.#expected;
  }
}
