import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';

export interface Lock {
  release(): void;
}

/** In the abstract namespace of unix(7): no file, and gone with its owner. */
const PREFIX = '\0ts-image-build-';

/**
 * Holding a lock is listening on it: nobody else can, and whoever connects learns by the end of the connection that it is free.
 * @throws the system's error where no socket can be had
 */
export async function tryLock(name: string): Promise<Lock | undefined> {
  const waiting = new Set<Socket>();
  const server = createServer((socket) => {
    waiting.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => waiting.delete(socket));
  });
  try {
    server.listen(PREFIX + name);
    await once(server, 'listening');
  } catch (error) {
    // Anything else would be waited for without end.
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return undefined;
  }
  return {
    release() {
      server.close();
      for (const socket of waiting) socket.destroy();
    },
  };
}

export async function lockWaiting(name: string, signal?: AbortSignal): Promise<Lock> {
  for (;;) {
    signal?.throwIfAborted();
    const lock = await tryLock(name);
    if (lock !== undefined) return lock;
    const turn = createConnection(PREFIX + name);
    turn.resume();
    await once(turn, 'close', signal === undefined ? {} : { signal }).catch(() => undefined);
    turn.destroy();
  }
}
