import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { basename, dirname } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import {
  type FromWorker,
  type Hello,
  type Introduction,
  PROTOCOL_VERSION,
  type ToWorker,
} from '../protocol.ts';
import type { LayerStore } from '../snapshot/layer-store.ts';
import { openHost, type WorkerHost } from './host.ts';
import { closeInherited } from './inherited-files.ts';
import { type JobChannel, Jobs } from './jobs.ts';
import { readFirstLine, readMessages, writeMessage } from './lines.ts';
import { SOCKET_FOLDER } from './socket-folder.ts';
import { toWire } from './wire-error.ts';

/** Files for a step must be readable in it, whatever the umask of whoever started us. */
const UMASK = 0o022;

/** The worker's whole life: from the first line of stdin until main goes away. */
export async function serveWorker(): Promise<void> {
  closeInherited();
  process.umask(UMASK);
  const hello = JSON.parse(await readFirstLine(process.stdin)) as Hello;
  const socket = await connect(hello, { token: hello.token, role: 'control' });
  const send = (message: FromWorker): void => writeMessage(socket, message);
  const channel: JobChannel = {
    send,
    openStream: (stream) => connect(hello, { token: hello.token, role: 'stream', stream }),
  };
  const layers = Promise.withResolvers<LayerStore>();
  const opened = Promise.withResolvers<WorkerHost>();
  for (const { promise } of [layers, opened]) promise.catch(() => undefined);
  const jobs = new Jobs(layers.promise, opened.promise, channel);
  let ended: Promise<void> | undefined;
  let host: WorkerHost;
  try {
    checkVersion(hello);
    ended = Promise.race([ownerGone(), talk(socket, jobs)]).catch(() => undefined);
    host = await openHost(hello, layers.resolve);
  } catch (error) {
    layers.reject(error);
    opened.reject(error);
    await jobs.stop();
    send({ refused: toWire(error) });
    socket.end();
    await once(socket, 'close').catch(() => undefined);
    process.exit(1);
  }
  opened.resolve(host);
  send({ owners: host.owners });
  host.report.then((isolation) => send({ isolation })).catch(() => undefined);
  await ended;
  await jobs.stop();
  await host.close();
  await removeSocketFolder(hello.socket);
  process.exit(0);
}

async function talk(socket: Socket, jobs: Jobs): Promise<void> {
  for await (const message of readMessages<ToWorker>(socket)) {
    if ('cancel' in message) jobs.cancel(message.cancel);
    else jobs.start(message);
  }
}

/** Main ended or wants us to. */
async function ownerGone(): Promise<void> {
  process.stdin.resume();
  process.stdin.on('error', () => undefined);
  const signals = (['SIGTERM', 'SIGINT', 'SIGHUP'] as const).map((signal) => once(process, signal));
  await Promise.race([once(process.stdin, 'close'), once(process.stdin, 'end'), ...signals]);
}

/** Main removes it itself unless it was killed. */
async function removeSocketFolder(socket: string): Promise<void> {
  const folder = dirname(socket);
  if (!SOCKET_FOLDER.test(basename(folder))) return;
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
}

async function connect(hello: Hello, introduction: Introduction): Promise<Socket> {
  const socket = createConnection(hello.socket);
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  writeMessage(socket, introduction);
  return socket;
}

function checkVersion(hello: Hello): void {
  if (hello.version === PROTOCOL_VERSION) return;
  throw new BuildError({
    kind: 'bug',
    code: 'WORKER_PROTOCOL',
    message: `The worker speaks version ${PROTOCOL_VERSION} of the protocol, main version ${hello.version}`,
  });
}
