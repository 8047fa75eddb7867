import type { Socket } from 'node:net';
import type { RunningProcess } from '../../base/exec.ts';
import type { EntryWithBody } from '../../image/layer/entry.ts';
import { readTar } from '../../image/layer/tar-read.ts';
import type { MountArchive } from '../../image/mount-archive.ts';
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
import type { Calls } from './calls.ts';
import type { Listener } from './listener.ts';
import { readFrames } from './output-frames.ts';
import { isGone } from './owner.ts';
import { mergeChanges } from './remote-changes.ts';
import { encodeRun } from './wire-run.ts';
import { writeChunk } from './write-chunk.ts';

/** How long a worker may take to put things away before it is killed, in milliseconds. */
const EXIT_PATIENCE = 10_000;

interface Parts {
  readonly child: RunningProcess;
  readonly listener: Listener;
  readonly calls: Calls;
  /** Comes when it is known. */
  readonly isolation: Promise<IsolationReport>;
  /** Whose folders it found. */
  readonly owners: readonly string[];
}

/** The worker as main sees it. */
export class RemoteWorker implements Worker {
  readonly #parts: Parts;
  readonly #calls: Calls;
  #isIsolated = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#calls = parts.calls;
    parts.isolation.then(
      () => {
        this.#isIsolated = true;
      },
      () => undefined,
    );
    const gone = parts.owners.filter(isGone);
    if (gone.length > 0) this.#calls.call('sweep', { owners: gone }).catch(() => undefined);
  }

  async isolation(): Promise<IsolationReport> {
    // Its answer comes unasked too, and main adds to that.
    if (!this.#isIsolated) await this.#calls.call('isolation', null);
    return await this.#parts.isolation;
  }

  async unpack(stack: LayerStack, signal?: AbortSignal): Promise<void> {
    await this.#calls.call('unpack', { stack }, signal);
  }

  async prepare(stack: LayerStack, signal?: AbortSignal): Promise<void> {
    await this.#calls.call('prepare', { stack }, signal);
  }

  async run(request: RunRequest, options: Parameters<Worker['run']>[1]): Promise<FinishedRun> {
    const stream = this.#calls.newStream();
    const output = this.#parts.listener.stream(stream).then(async (socket) => {
      // The worker tells it first, on another connection.
      await this.#parts.isolation;
      await readFrames(socket, options.onOutput, untilAborted(options));
    });
    output.catch(() => undefined);
    const { exitCode } = await this.#calls.call(
      'run',
      { request: encodeRun(request), stream },
      options.signal,
    );
    await output;
    await this.#calls.streamEnd(stream);
    return {
      exitCode,
      changes: () => this.#changes(request.id),
      commit: async (diffId, times) => {
        await this.#calls.call('commit', {
          run: request.id,
          diffId,
          ...(times === undefined ? {} : { times }),
        });
      },
      [Symbol.asyncDispose]: async () => {
        if (!this.#calls.isGone) await this.#calls.call('release', { run: request.id });
      },
    };
  }

  async restoreCache(
    cache: CacheMount,
    archive: MountArchive,
    open: () => Promise<AsyncIterable<Uint8Array>>,
    signal?: AbortSignal,
  ): Promise<boolean> {
    const stream = this.#calls.newConnection();
    let sending: Promise<void> | undefined;
    this.#parts.listener.stream(stream).then(
      (socket) => {
        sending = send(open, socket, signal);
        sending.catch(() => undefined);
      },
      () => undefined,
    );
    try {
      return (await this.#calls.call('restoreCache', { cache, archive, stream }, signal)).restored;
    } catch (error) {
      signal?.throwIfAborted();
      // To the worker, bytes that did not come are the end of an archive: whoever fetched them knows better why.
      await sending;
      throw error;
    }
  }

  async inspectCache(cache: CacheMount, signal?: AbortSignal): Promise<CacheState | undefined> {
    return (await this.#calls.call('inspectCache', { cache }, signal)) ?? undefined;
  }

  async packCache(
    cache: CacheMount,
    take: (archive: AsyncIterable<Uint8Array>) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<MountArchive> {
    const stream = this.#calls.newConnection();
    const packed = this.#calls.call('packCache', { cache, stream }, signal);
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
    const { folders } = await this.#calls.call('held', null);
    return folders.map((folder) => ({ ...folder, lastUsed: new Date(folder.lastUsed) }));
  }

  async discard(): Promise<void> {
    await this.#calls.call('discard', {});
  }

  async prune(before: Date): Promise<number> {
    return (await this.#calls.call('prune', { before: before.getTime() })).freed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { child, listener, calls } = this.#parts;
    calls.end();
    child.stdin.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), EXIT_PATIENCE);
    await child.done.catch(() => undefined);
    clearTimeout(timer);
    await listener[Symbol.asyncDispose]();
  }

  async *#changes(run: string): AsyncGenerator<EntryWithBody> {
    const stream = this.#calls.newStream();
    const plan = await this.#calls.call('changes', { run, stream });
    const socket = await this.#parts.listener.stream(stream);
    try {
      yield* mergeChanges(plan, readTar(socket));
      await this.#calls.streamEnd(stream);
    } catch (error) {
      // A stream that broke off looks like a damaged archive: the worker knows better why.
      await this.#calls.streamEnd(stream);
      throw error;
    } finally {
      socket.destroy();
    }
  }
}

/** A step that is cancelled has to be read to its end, whoever is behind: it could not stop printing. */
function untilAborted({ drained, signal }: Parameters<Worker['run']>[1]): typeof drained {
  if (drained === undefined || signal === undefined) return drained;
  const aborted = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => aborted.resolve(), { once: true });
  return () => {
    const wait = signal.aborted ? undefined : drained();
    return wait && Promise.race([wait, aborted.promise]);
  };
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
