import { availableParallelism } from 'node:os';

/** The same bytes in blocks of exactly `size` bytes, the last one shorter. None for no bytes. Every block is a buffer of its own. */
export async function* inBlocks(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let block = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; ) {
      const piece = chunk.subarray(at, at + size - filled);
      block.set(piece, filled);
      filled += piece.length;
      at += piece.length;
      if (filled < size) continue;
      yield block;
      block = Buffer.allocUnsafe(size);
      filled = 0;
    }
  }
  if (filled > 0) yield block.subarray(0, filled);
}

/**
 * Results of `work` in the order of the source, with up to `most` of them under way: later items are worked on while the consumer is busy with
 * earlier ones.
 */
export async function* inOrder<T, R>(
  source: AsyncIterable<T>,
  most: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  try {
    for await (const item of source) {
      const result = work(item);
      // Looked at below, perhaps late: until then a failure is not unhandled.
      result.catch(() => undefined);
      running.push(result);
      const first = running.length >= most ? running.shift() : undefined;
      if (first !== undefined) yield await first;
    }
    for (let next = running.shift(); next !== undefined; next = running.shift()) yield await next;
  } finally {
    await Promise.allSettled(running);
  }
}

/** So many more than there are processors, of which none then waits for this thread. The thread pool has room for them (base/thread-pool). */
export function blocksUnderWay(more: number): number {
  return Math.min(availableParallelism(), 8) + more;
}
