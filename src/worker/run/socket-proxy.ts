import { once } from 'node:events';
import { chmod, chown } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';

export interface SocketProxy extends AsyncDisposable {
  readonly path: string;
}

/** A socket with an owner and mode of its own that passes everything on to another one: the agent's own socket is not ours to change. */
export async function proxySocket(
  path: string,
  target: string,
  access: { readonly mode: number; readonly uid: number; readonly gid: number },
): Promise<SocketProxy> {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (inner) => {
    const outer = createConnection({ path: target, allowHalfOpen: true });
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      open.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => open.delete(from));
      from.pipe(to);
    }
  });
  server.listen(path);
  await once(server, 'listening');
  await chmod(path, access.mode);
  await chown(path, access.uid, access.gid);
  return {
    path,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
