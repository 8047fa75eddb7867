/** The first bytes of a stream, and the whole stream. */
export interface StreamHead {
  /** As many bytes as were asked for, fewer only if there are no more. */
  readonly head: Uint8Array;
  /** Can be read once. */
  readonly all: AsyncIterable<Uint8Array>;
}

export async function streamHead(bytes: AsyncIterable<Uint8Array>, length: number): Promise<StreamHead> {
  const rest = bytes[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < length) {
    const next = await rest.next();
    if (next.done === true) break;
    chunks.push(next.value);
    size += next.value.length;
  }
  return { head: Buffer.concat(chunks).subarray(0, length), all: joined(chunks, rest) };
}

async function* joined(
  chunks: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let done = false;
  try {
    yield* chunks;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
    done = true;
  } finally {
    if (!done) await rest.return?.();
  }
}
