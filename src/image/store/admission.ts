import { BuildError } from '../../base/errors.ts';
import type { ExpectedContent } from '../content-store.ts';
import type { Digest } from '../digest.ts';

/** Holds content that comes in against what was expected of it. */
export class Admission {
  readonly #expected: ExpectedContent;
  #size = 0;

  constructor(expected: ExpectedContent) {
    this.#expected = expected;
  }

  get size(): number {
    return this.#size;
  }

  /** @throws BuildError `SIZE_MISMATCH`, `CONTENT_TOO_LARGE` as soon as there are too many bytes */
  count(length: number): void {
    this.#size += length;
    const { size, limit } = this.#expected;
    if (size !== undefined && this.#size > size) throw this.#sizeMismatch('more');
    if (size === undefined && limit !== undefined && this.#size > limit) {
      throw new BuildError({
        kind: 'remote',
        code: 'CONTENT_TOO_LARGE',
        message: `${this.#what()} is larger than the ${limit} bytes that are accepted`,
      });
    }
  }

  /** @throws BuildError `SIZE_MISMATCH`, `DIGEST_MISMATCH` */
  check(actual: Digest): void {
    const { size, digest } = this.#expected;
    if (size !== undefined && this.#size < size) throw this.#sizeMismatch(`only ${this.#size}`);
    if (digest === undefined || digest === actual) return;
    throw new BuildError({
      kind: 'remote',
      code: 'DIGEST_MISMATCH',
      message: `Content that should be ${digest} is ${actual}`,
      hint: 'It was damaged on its way or replaced.',
    });
  }

  #sizeMismatch(actual: string): BuildError {
    return new BuildError({
      kind: 'remote',
      code: 'SIZE_MISMATCH',
      message: `${this.#what()} should have ${this.#expected.size} bytes but has ${actual}`,
      hint: 'It was cut off on its way or replaced.',
    });
  }

  #what(): string {
    return this.#expected.digest ?? 'Content';
  }
}

export function contentNotFound(digest: Digest): BuildError {
  return new BuildError({
    kind: 'bug',
    code: 'CONTENT_NOT_FOUND',
    message: `The content ${digest} is not in the store`,
  });
}
