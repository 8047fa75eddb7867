import { once } from 'node:events';
import type { Socket } from 'node:net';
import { BuildError } from '../../base/errors.ts';

/**
 * Waits while the reader is behind.
 * @throws BuildError `READER_LEFT`
 */
export async function writeChunk(socket: Socket, chunk: Uint8Array): Promise<void> {
  if (socket.destroyed) {
    throw new BuildError({
      kind: 'environment',
      code: 'READER_LEFT',
      message: 'Nobody reads this stream any more',
    });
  }
  if (socket.write(chunk)) return;
  await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
}
