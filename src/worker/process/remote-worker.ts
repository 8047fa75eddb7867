import type { Socket } from 'node:net';
import { BuildError } from '../../base/errors.ts';
import type { RunningProcess } from '../../base/exec.ts';
import type { EntryWithBody } from '../../image/layer/entry.ts';
import { readTar } from '../../image/layer/tar-read.ts';
import type { MountArchive } from '../../image/mount-archive.ts';
import type { FromWorker, Method, Methods, ToWorker } from '../protocol.ts';
import type {
  CacheMount,
  CacheState,
  FinishedRun,
  HeldFolder,
  IsolationReport,
  LayerStack,
  RunRequest,
  Worker,
} from '../worker.ts';
import { writeMessage } from './lines.ts';
import type { Listener } from './listener.ts';
import { readFrames } from './output-frames.ts';
import { isGone } from './owner.ts';
import { mergeChanges } from './remote-changes.ts';
import { fromWire } from './wire-error.ts';
import { encodeRun } from './wire-run.ts';
import { writeChunk } from './write-chunk.ts';

/** How long a worker may take to put things away before it is killed, in milliseconds. */
const EXIT_PATIENCE = 10_000;

interface Parts {
  readonly child: RunningProcess;
  readonly listener: Listener;
  readonly socket: Socket;
  readonly messages: AsyncGenerator<FromWorker>;
  readonly isolation: IsolationReport;
  readonly owners: readonly string[];
  /** The last words of the worker's stderr. */
  readonly lastWords: () => string;
}

/** The worker as main sees it. */
export class RemoteWorker implements Worker {
  readonly isolation: IsolationReport;
  readonly #parts: Parts;
  readonly #pending = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #streamEnds = new Map<number, PromiseWithResolvers<void>>();
  #counter = 0;
  #gone: BuildError | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.isolation = parts.isolation;
    this.#listen().catch((error: unknown) => this.#lose(error));
    const gone = parts.owners.filter(isGone);
    if (gone.length > 0) this.#call('sweep', { owners: gone }).catch(() => undefined);
  }

  async prepare(stack: LayerStack, signal?: AbortSignal): Promise<void> {
    await this.#call('prepare', { stack }, signal);
  }

  async run(request: RunRequest, options: Parameters<Worker['run']>[1]): Promise<FinishedRun> {
    const stream = this.#newStream();
    const output = this.#parts.listener.stream(stream).then((socket) => readFrames(socket, options.onOutput));
    output.catch(() => undefined);
    const { exitCode } = await this.#call('run', { request: encodeRun(request), stream }, options.signal);
    await output;
    await this.#streamEnd(stream);
    return {
      exitCode,
      changes: () => this.#changes(request.id),
      commit: async (diffId, times) => {
        await this.#call('commit', { run: request.id, diffId, ...(times === undefined ? {} : { times }) });
      },
      [Symbol.asyncDispose]: async () => {
        if (this.#gone === undefined) await this.#call('release', { run: request.id });
      },
    };
  }

  async restoreCache(
    cache: CacheMount,
    archive: MountArchive,
    open: () => Promise<AsyncIterable<Uint8Array>>,
    signal?: AbortSignal,
  ): Promise<boolean> {
    const stream = ++this.#counter;
    let sending: Promise<void> | undefined;
    this.#parts.listener.stream(stream).then(
      (socket) => {
        sending = send(open, socket, signal);
        sending.catch(() => undefined);
      },
      () => undefined,
    );
    try {
      return (await this.#call('restoreCache', { cache, archive, stream }, signal)).restored;
    } catch (error) {
      signal?.throwIfAborted();
      // To the worker, bytes that did not come are the end of an archive: whoever fetched them knows better why.
      await sending;
      throw error;
    }
  }

  async inspectCache(cache: CacheMount, signal?: AbortSignal): Promise<CacheState | undefined> {
    return (await this.#call('inspectCache', { cache }, signal)) ?? undefined;
  }

  async packCache(
    cache: CacheMount,
    take: (archive: AsyncIterable<Uint8Array>) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<MountArchive> {
    const stream = ++this.#counter;
    const packed = this.#call('packCache', { cache, stream }, signal);
    const taken = this.#parts.listener.stream(stream).then((socket) => take(whole(socket, packed)));
    try {
      const [archive] = await Promise.all([packed, taken]);
      return archive;
    } catch (error) {
      // A reader that gave up: the worker lets go of the cache a little later.
      await packed.catch(() => undefined);
      throw error;
    }
  }

  async held(): Promise<readonly HeldFolder[]> {
    const { folders } = await this.#call('held', null);
    return folders.map((folder) => ({ ...folder, lastUsed: new Date(folder.lastUsed) }));
  }

  async discard(): Promise<void> {
    await this.#call('discard', {});
  }

  async prune(before: Date): Promise<number> {
    return (await this.#call('prune', { before: before.getTime() })).freed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { child, listener, socket } = this.#parts;
    socket.end();
    child.stdin.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), EXIT_PATIENCE);
    await child.done.catch(() => undefined);
    clearTimeout(timer);
    await listener[Symbol.asyncDispose]();
  }

  async *#changes(run: string): AsyncGenerator<EntryWithBody> {
    const stream = this.#newStream();
    const plan = await this.#call('changes', { run, stream });
    const socket = await this.#parts.listener.stream(stream);
    try {
      yield* mergeChanges(plan, readTar(socket));
      await this.#streamEnd(stream);
    } catch (error) {
      // A stream that broke off looks like a damaged archive: the worker knows better why.
      await this.#streamEnd(stream);
      throw error;
    } finally {
      socket.destroy();
    }
  }

  #newStream(): number {
    const stream = ++this.#counter;
    const end = Promise.withResolvers<void>();
    end.promise.catch(() => undefined);
    this.#streamEnds.set(stream, end);
    return stream;
  }

  /** The stream's outcome: a tar that broke off must not pass for a short one. */
  async #streamEnd(stream: number): Promise<void> {
    await this.#streamEnds.get(stream)?.promise;
    this.#streamEnds.delete(stream);
  }

  async #call<M extends Method>(
    method: M,
    params: Methods[M]['params'],
    signal?: AbortSignal,
  ): Promise<Methods[M]['result']> {
    signal?.throwIfAborted();
    if (this.#gone !== undefined) throw this.#gone;
    const id = ++this.#counter;
    const answer = Promise.withResolvers<unknown>();
    this.#pending.set(id, answer);
    const send = (message: ToWorker): void => writeMessage(this.#parts.socket, message);
    const onAbort = (): void => send({ cancel: id });
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      send({ id, method, params } as ToWorker);
      return (await answer.promise) as Methods[M]['result'];
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.#pending.delete(id);
    }
  }

  async #listen(): Promise<void> {
    for await (const message of this.#parts.messages) this.#take(message);
    this.#lose(undefined);
  }

  #take(message: FromWorker): void {
    if ('streamEnd' in message) {
      const end = this.#streamEnds.get(message.streamEnd);
      if (message.error === undefined) end?.resolve();
      else end?.reject(fromWire(message.error));
    } else if ('result' in message) {
      this.#pending.get(message.id)?.resolve(message.result);
    } else if ('error' in message) {
      this.#pending.get(message.id)?.reject(fromWire(message.error));
    }
  }

  #lose(cause: unknown): void {
    const words = this.#parts.lastWords();
    const error = new BuildError({
      kind: 'environment',
      code: 'WORKER_DIED',
      message: `The worker process ended too early${words === '' ? '' : `: ${words}`}`,
      hint: 'When the machine ran out of memory or disk space, give it more; otherwise please report this.',
      cause,
    });
    this.#gone = error;
    this.#parts.listener.fail(error);
    for (const answer of this.#pending.values()) answer.reject(error);
    for (const end of this.#streamEnds.values()) end.reject(error);
  }
}

/** A worker that stops reading tells why in its answer; the source is read to its end all the same, so that it can see whether it is damaged. */
async function send(
  open: () => Promise<AsyncIterable<Uint8Array>>,
  socket: Socket,
  signal: AbortSignal | undefined,
): Promise<void> {
  // The worker must not wait for a source that is slow to see that nobody wants it any more.
  const onAbort = (): void => void socket.destroy();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    for await (const chunk of await open()) if (!socket.destroyed) await writeChunk(socket, chunk);
    socket.end();
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

/** A stream that broke off looks like one that ended: its reader must not get to the end before the worker has said that it is whole. */
async function* whole(socket: Socket, answer: Promise<unknown>): AsyncGenerator<Uint8Array> {
  try {
    yield* socket as AsyncIterable<Uint8Array>;
    await answer;
  } finally {
    socket.destroy();
  }
}
