import { BuildError } from '../../base/errors.ts';
import { type ByteReader, truncated } from './byte-reader.ts';
import { BLOCK } from './tar-header.ts';

/** The data blocks of the member that a tar reader stands at. Knows how much of them is unread. */
export class MemberData {
  readonly #reader: ByteReader;
  readonly #padding: number;
  #remaining: number;
  #closed = false;

  constructor(reader: ByteReader, size: number) {
    this.#reader = reader;
    this.#remaining = size;
    this.#padding = paddingOf(size);
  }

  get remaining(): number {
    return this.#remaining;
  }

  /**
   * Between 1 and `most` bytes; undefined at the end of the data.
   * @throws BuildError `TAR_TRUNCATED`; `BODY_GONE` when the reader has moved on to another member
   */
  async some(most: number): Promise<Buffer | undefined> {
    if (this.#closed) throw bodyGone();
    if (this.#remaining === 0) return undefined;
    const piece = await this.#reader.some(Math.min(most, this.#remaining));
    if (piece === undefined) throw truncated();
    this.#remaining -= piece.length;
    return piece;
  }

  /** All that is left as it stands in the archive. */
  async *chunks(): AsyncGenerator<Buffer> {
    for (;;) {
      const piece = await this.some(Number.POSITIVE_INFINITY);
      if (piece === undefined) return;
      yield piece;
    }
  }

  /** Goes to the end of the last block. */
  async close(): Promise<void> {
    this.#closed = true;
    const left = this.#remaining + this.#padding;
    this.#remaining = 0;
    if (left > 0 && this.#reader.takeNow(left) === undefined) await this.#reader.skip(left);
  }
}

/** Bytes between the end of `size` bytes of data and the next block. */
export function paddingOf(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

function bodyGone(): BuildError {
  return new BuildError({
    kind: 'bug',
    code: 'BODY_GONE',
    message: 'The content of an archive member was asked for after the next member',
  });
}
