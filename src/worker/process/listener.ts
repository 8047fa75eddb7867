import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Introduction } from '../protocol.ts';
import { protocolError, readFirstLine } from './lines.ts';
import { socketFolder } from './socket-folder.ts';

/** Main's end: a Unix socket in a folder that only this user may enter. */
export interface Listener extends AsyncDisposable {
  readonly path: string;
  /** The worker's control connection. */
  readonly control: Promise<Socket>;
  /** The connection of a stream, whether it came already or is still to come. */
  stream(id: number): Promise<Socket>;
  /** No connection will come any more. */
  fail(reason: Error): void;
}

export async function listen(folder: string, token: string): Promise<Listener> {
  const home = await socketFolder(folder);
  const control = Promise.withResolvers<Socket>();
  const streams = new Map<number, PromiseWithResolvers<Socket>>();
  const expected = (id: number): PromiseWithResolvers<Socket> => {
    let entry = streams.get(id);
    if (entry === undefined) {
      entry = Promise.withResolvers<Socket>();
      entry.promise.catch(() => undefined);
      streams.set(id, entry);
    }
    return entry;
  };
  control.promise.catch(() => undefined);

  const admit = async (socket: Socket): Promise<void> => {
    const introduction = JSON.parse(await readFirstLine(socket)) as Introduction;
    if (!sameToken(introduction.token, token)) throw protocolError('a stranger knocked');
    if (introduction.role === 'control') control.resolve(socket);
    else expected(introduction.stream).resolve(socket);
  };
  const open = new Set<Socket>();
  const server = createServer({ pauseOnConnect: false }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    admit(socket).catch(() => socket.destroy());
  });
  const path = join(home.path, 's');
  server.listen(path);
  await once(server, 'listening');

  return {
    path,
    control: control.promise,
    async stream(id) {
      const socket = await expected(id).promise;
      streams.delete(id);
      return socket;
    },
    fail(reason) {
      control.reject(reason);
      for (const entry of streams.values()) entry.reject(reason);
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await closed(server);
      await home[Symbol.asyncDispose]();
    },
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function sameToken(given: unknown, token: string): boolean {
  if (typeof given !== 'string' || given.length !== token.length) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(token));
}
