import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { reasonOf } from '../../base/errors.ts';
import { type RunningProcess, start } from '../../base/exec.ts';
import { makeStateFolder } from '../../base/make-folder.ts';
import { type Hello, PROTOCOL_VERSION } from '../protocol.ts';
import type { IsolationReport, Rung, Worker, WorkerEvents, WorkerStarter } from '../worker.ts';
import { Calls } from './calls.ts';
import { idMap } from './id-map.ts';
import { type Launch, launches } from './launch.ts';
import { protocolError } from './lines.ts';
import { type Listener, listen } from './listener.ts';
import { noIsolation } from './no-isolation.ts';
import { ownerName } from './owner.ts';
import { RelayWorker } from './relay-worker.ts';
import { RemoteWorker } from './remote-worker.ts';

export interface WorkerStarterOptions {
  /** Main's folder for things that outlive a build; made when it is missing. */
  readonly stateDir: string;
  /** The command line that runs the worker: a Node binary and the worker's entry file, absolute. */
  readonly entry: readonly string[];
  readonly isolation: 'auto' | Rung;
  /** One line of reason for each way that did not work. */
  readonly onNotice: (message: string) => void;
}

const LAST_WORDS = 4096;
/** Milliseconds. */
const WATCH_INTERVAL = 50;

/** Each call of the starter starts a worker of its own, in the best way that this machine allows. */
export function workerStarter(options: WorkerStarterOptions): WorkerStarter {
  return async (signal, events = {}) => {
    const uid = process.getuid?.() ?? -1;
    const { isolation } = options;
    const left = launches({ uid, ids: idMap(), isolation }, options.entry).values();
    const refusals: string[] = [];
    const refuse = (why: string): void => {
      refusals.push(why);
      options.onNotice(why);
    };
    const started = new Map<Worker, Launch>();
    const next = async (): Promise<Worker> => {
      for (const launch of left) {
        signal?.throwIfAborted();
        const outcome = await attempt(launch, options, refusals, signal, events);
        if (typeof outcome !== 'string') {
          started.set(outcome, launch);
          return outcome;
        }
        refuse(outcome);
      }
      throw await noIsolation({ uid, isolation, refusals });
    };
    return new RelayWorker(await next(), async (refused, why) => {
      const launch = started.get(refused);
      if (launch !== undefined) refuse(launchReason(launch, why, ''));
      await refused[Symbol.asyncDispose]();
      return await next();
    });
  };
}

/** A worker, or the reason why there is none. */
async function attempt(
  launch: Launch,
  options: WorkerStarterOptions,
  refusals: readonly string[],
  signal: AbortSignal | undefined,
  events: WorkerEvents,
): Promise<Worker | string> {
  const base = join(options.stateDir, 'worker');
  makeStateFolder(base);
  const token = randomBytes(32).toString('hex');
  const listener = await listen(base, token);
  const child = start(launch.argv, { env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' } });
  const lastWords = keepTail(child.stderr);
  child.stdout.resume();
  const hello: Hello = {
    version: PROTOCOL_VERSION,
    socket: listener.path,
    token,
    owner: ownerName(),
    folder: join(base, folderName(launch)),
    privilege: launch.privilege,
    contained: launch.contained,
    isolation: options.isolation,
  };
  child.stdin.write(`${JSON.stringify(hello)}\n`);
  try {
    const socket = await connected(child, listener, signal);
    const isolation = Promise.withResolvers<IsolationReport>();
    const onIsolation = (found: IsolationReport): void => {
      const report = { ...found, reasons: [...refusals, ...found.reasons] };
      isolation.resolve(report);
      events.onIsolation?.(report);
    };
    const calls = new Calls({ socket, listener, lastWords, onIsolation });
    events.onPreparer?.({
      unpack: async (stack, stop) => void (await calls.call('unpack', { stack }, stop)),
      prepare: async (stack, stop) => void (await calls.call('prepare', { stack }, stop)),
    });
    const { owners } = await calls.ready;
    return new RemoteWorker({ child, listener, calls, isolation: isolation.promise, owners });
  } catch (error) {
    child.kill();
    child.stdin.end();
    await listener[Symbol.asyncDispose]();
    signal?.throwIfAborted();
    return launchReason(launch, error, lastWords());
  }
}

/** The control connection, or an error when the child ends before it made one. */
async function connected(
  child: RunningProcess,
  listener: Listener,
  signal: AbortSignal | undefined,
): Promise<Socket> {
  const aborted = Promise.withResolvers<never>();
  aborted.promise.catch(() => undefined);
  const onAbort = (): void => aborted.reject(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const gone = Promise.withResolvers<never>();
  gone.promise.catch(() => undefined);
  // unshare --map-auto leaves a helper behind when the kernel refuses it, which keeps the pipes open: `done` would never come.
  const watch = setInterval(() => {
    if (!existsSync(`/proc/${child.pid}`)) gone.reject(protocolError('it ended before it connected'));
  }, WATCH_INTERVAL);
  try {
    const ended = child.done.then(({ exitCode }) => {
      throw protocolError(`it ended with exit code ${exitCode} before it connected`);
    });
    return await Promise.race([listener.control, ended, gone.promise, aborted.promise]);
  } finally {
    clearInterval(watch);
    signal?.removeEventListener('abort', onAbort);
  }
}

function launchReason(launch: Launch, error: unknown, words: string): string {
  // Of a crash of Node.js itself the version comes last, and the places before it.
  const said =
    words.split('\n').findLast((line) => /\S/.test(line) && !/^(Node\.js v|\s+at |\s*[\^}])/.test(line)) ??
    '';
  const what = said !== '' ? said : reasonOf(error);
  return `Cannot use ${launch.offers}: ${what.trim()}`;
}

/** Files of root and files of a user namespace have owners that the other cannot handle. */
function folderName(launch: Launch): string {
  const uid = process.getuid?.() ?? 0;
  if (launch.privilege === 'userns' || launch.privilege === 'userns-single')
    return `${launch.privilege}-${uid}`;
  return 'root';
}

function keepTail(stream: Readable): () => string {
  let tail: Buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk]).subarray(-LAST_WORDS);
  });
  once(stream, 'end').catch(() => undefined);
  return () => tail.toString('utf8').trim();
}
