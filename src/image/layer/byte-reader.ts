import { BuildError } from '../../base/errors.ts';

export interface ByteReaderOptions {
  /** Most bytes of the source; more are a BuildError `TAR_TOO_LARGE`. */
  readonly limit?: number | undefined;
  /** The error for a source that ends too early. Default: `TAR_TRUNCATED`. */
  readonly cutOff?: () => BuildError;
}

/** Reads a stream of bytes in pieces of wanted sizes. One reader at a time; buffers may be views of what the source gave. */
export class ByteReader {
  readonly #iterator: AsyncIterator<Uint8Array>;
  readonly #limit: number;
  readonly #cutOff: () => BuildError;
  #chunk: Buffer = Buffer.alloc(0);
  #at = 0;
  #received = 0;

  constructor(source: AsyncIterable<Uint8Array>, options: ByteReaderOptions = {}) {
    this.#iterator = source[Symbol.asyncIterator]();
    this.#limit = options.limit ?? Number.POSITIVE_INFINITY;
    this.#cutOff = options.cutOff ?? truncated;
  }

  /** Bytes handed out so far. */
  get position(): number {
    return this.#received - (this.#chunk.length - this.#at);
  }

  /** The next `length` bytes if they are here already; saves the caller a turn of the event loop for each of many small reads. */
  takeNow(length: number): Buffer | undefined {
    const end = this.#at + length;
    if (end > this.#chunk.length) return undefined;
    const piece = this.#chunk.subarray(this.#at, end);
    this.#at = end;
    return piece;
  }

  /**
   * Exactly `length` bytes, or undefined when the source ended before the first of them.
   * @throws BuildError `TAR_TRUNCATED` when it ends in the middle
   */
  async take(length: number): Promise<Buffer | undefined> {
    const ready = this.takeNow(length);
    if (ready !== undefined) return ready;
    const pieces: Buffer[] = [];
    for (let missing = length; missing > 0; ) {
      const piece = await this.some(missing);
      if (piece === undefined) {
        if (pieces.length === 0) return undefined;
        throw this.#cutOff();
      }
      pieces.push(piece);
      missing -= piece.length;
    }
    return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces, length);
  }

  /** Between 1 and `most` bytes; undefined at the end of the source. */
  async some(most: number): Promise<Buffer | undefined> {
    if (this.#at === this.#chunk.length && !(await this.#fill())) return undefined;
    const end = Math.min(this.#at + most, this.#chunk.length);
    const piece = this.#chunk.subarray(this.#at, end);
    this.#at = end;
    return piece;
  }

  /**
   * Passes over `length` bytes.
   * @throws BuildError `TAR_TRUNCATED`
   */
  async skip(length: number): Promise<void> {
    for (let missing = length; missing > 0; ) {
      const piece = await this.some(missing);
      if (piece === undefined) throw this.#cutOff();
      missing -= piece.length;
    }
  }

  /** Passes over all that is left. */
  async drain(): Promise<void> {
    while ((await this.some(Number.POSITIVE_INFINITY)) !== undefined);
  }

  /** Tells the source that nothing more will be read. */
  async close(): Promise<void> {
    await this.#iterator.return?.();
  }

  async #fill(): Promise<boolean> {
    for (;;) {
      const next = await this.#iterator.next();
      if (next.done === true) return false;
      const bytes = next.value;
      if (bytes.length === 0) continue;
      this.#received += bytes.length;
      if (this.#received > this.#limit) throw tooLarge(this.#limit);
      this.#chunk = Buffer.isBuffer(bytes)
        ? bytes
        : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      this.#at = 0;
      return true;
    }
  }
}

export function truncated(): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'TAR_TRUNCATED',
    message: 'The archive ends in the middle of a member',
    hint: 'It was not copied or downloaded as a whole.',
  });
}

function tooLarge(limit: number): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'TAR_TOO_LARGE',
    message: `The archive holds more than ${limit} bytes`,
  });
}
