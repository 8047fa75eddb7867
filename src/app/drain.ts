import type { Writable } from 'node:stream';

/**
 * What tells whether the reader of a stream is behind: a promise that resolves when it is not any more, or when nobody reads. Node takes what is
 * written to a pipe at once and keeps it in memory.
 */
export function drainOf(stream: Writable): () => Promise<void> | undefined {
  return () => (stream.writableNeedDrain ? drained(stream) : undefined);
}

const ENDS = ['drain', 'close', 'error'] as const;

function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const name of ENDS) stream.off(name, done);
      resolve();
    };
    for (const name of ENDS) stream.on(name, done);
  });
}
