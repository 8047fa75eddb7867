/** The same bytes in pieces of exactly `size` bytes, the last one of what is left. Holds one piece in memory. */
export async function* chunksOf(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array, void> {
  let parts: Uint8Array[] = [];
  let held = 0;
  for await (const chunk of source) {
    let rest = chunk;
    while (held + rest.length >= size) {
      const needed = size - held;
      yield Buffer.concat([...parts, rest.subarray(0, needed)]);
      rest = rest.subarray(needed);
      parts = [];
      held = 0;
    }
    if (rest.length > 0) parts.push(rest);
    held += rest.length;
  }
  if (held > 0) yield Buffer.concat(parts);
}
