import type { Socket } from 'node:net';
import { BuildError } from '../../base/errors.ts';
import type { FromWorker, Method, Methods, ToWorker } from '../protocol.ts';
import { runOnLadder } from '../run/run-on-ladder.ts';
import type { LayerStore } from '../snapshot/layer-store.ts';
import { unpackedStack, withoutRepeats } from '../snapshot/unpacked-stack.ts';
import type { ActiveSnapshot, Difference } from '../snapshotter.ts';
import type { LayerStack } from '../worker.ts';
import type { WorkerHost } from './host.ts';
import { frameHeader } from './output-frames.ts';
import { toWire } from './wire-error.ts';
import { decodeRun } from './wire-run.ts';
import { writeChunk } from './write-chunk.ts';

export interface JobChannel {
  readonly send: (message: FromWorker) => void;
  readonly openStream: (stream: number) => Promise<Socket>;
}

type Call = Extract<ToWorker, { readonly method: Method }>;
type Handlers = {
  readonly [M in Method]: (
    params: Methods[M]['params'],
    signal: AbortSignal,
  ) => Promise<Methods[M]['result']>;
};

interface BegunDifference {
  readonly found: Promise<Difference>;
  readonly abort: AbortController;
}

/** Answers main's calls, many at a time. */
export class Jobs {
  readonly #layers: Promise<LayerStore>;
  readonly #host: Promise<WorkerHost>;
  readonly #channel: JobChannel;
  readonly #running = new Map<number, { readonly abort: AbortController; readonly done: Promise<void> }>();
  readonly #ended = new Map<string, ActiveSnapshot>();
  readonly #streams = new Set<Promise<void>>();
  /** Where changes of runs are being sent. */
  readonly #sinks = new Map<string, Socket>();
  /** Of runs that ended well: main asks for them next. */
  readonly #differences = new Map<string, BegunDifference>();
  /** What ended runs leave is being put in its place. */
  readonly #settling = new Map<string, Promise<void>>();
  readonly #handlers: Handlers;
  #counter = 0;

  /** What is not there yet is waited for. */
  constructor(layers: Promise<LayerStore>, host: Promise<WorkerHost>, channel: JobChannel) {
    this.#layers = layers;
    this.#host = host;
    this.#channel = channel;
    this.#handlers = {
      unpack: async ({ stack }, signal) => {
        await this.#unpack(stack, signal);
        return null;
      },
      prepare: async ({ stack }, signal) => {
        await this.#unpack(stack, signal);
        await (await host).snapshotter.prepare(stack, signal);
        return null;
      },
      isolation: async () => {
        const { sandboxes, report } = await host;
        await sandboxes.next(true);
        return await report;
      },
      run: (params, signal) => this.#run(params, signal),
      changes: (params, signal) => this.#changes(params, signal),
      commit: async ({ run, diffId, times }) => {
        const snapshot = this.#snapshot(run);
        const begun = this.#differences.get(run);
        if (begun !== undefined) this.#settle(run, () => begun.found.then(() => undefined));
        this.#settle(run, () => snapshot.commit(diffId, times));
        return null;
      },
      release: async ({ run }) => {
        this.#release(run);
        return null;
      },
      restoreCache: (params, signal) => this.#restoreCache(params, signal),
      inspectCache: async ({ cache }, signal) => (await (await host).caches.inspect(cache, signal)) ?? null,
      packCache: (params, signal) => this.#packCache(params, signal),
      discard: async () => {
        (await host).discard();
        return null;
      },
      prune: async ({ before }) => ({ freed: await (await host).prune(new Date(before)) }),
      held: async () => ({
        folders: (await (await host).held()).map((folder) => ({
          ...folder,
          lastUsed: folder.lastUsed.getTime(),
        })),
      }),
      sweep: async ({ owners }) => {
        await (await host).sweep(owners);
        return null;
      },
    };
  }

  start(call: Call): void {
    const abort = new AbortController();
    const done = this.#answer(call, abort.signal).finally(() => this.#running.delete(call.id));
    this.#running.set(call.id, { abort, done });
  }

  cancel(id: number): void {
    this.#running.get(id)?.abort.abort();
  }

  /** Ends everything and puts it away. */
  async stop(): Promise<void> {
    const all = [...this.#running.values()];
    for (const { abort } of all) abort.abort();
    for (const sink of this.#sinks.values()) sink.destroy();
    await Promise.allSettled([...all.map(({ done }) => done), ...this.#streams]);
    for (const run of this.#ended.keys()) this.#release(run);
    await Promise.all(this.#settling.values());
  }

  async #answer(call: Call, signal: AbortSignal): Promise<void> {
    try {
      const handler = this.#handlers[call.method] as (
        params: unknown,
        signal: AbortSignal,
      ) => Promise<Methods[Method]['result']>;
      this.#channel.send({ id: call.id, result: await handler(call.params, signal) });
    } catch (error) {
      this.#channel.send({ id: call.id, error: toWire(error) });
    }
  }

  async #run(
    { request, stream }: Methods['run']['params'],
    signal: AbortSignal,
  ): Promise<{ exitCode: number }> {
    const output = await this.#channel.openStream(stream);
    try {
      const name = `run-${++this.#counter}`;
      const host = await this.#host;
      await this.#settled();
      const { exitCode, snapshot } = await runOnLadder(decodeRun(request), name, host, {
        signal,
        onOutput: async (chunk, kind) => {
          await writeChunk(output, Buffer.concat([frameHeader(kind, chunk.length), chunk]));
        },
      });
      this.#ended.set(request.id, snapshot);
      if (exitCode === 0) this.#differences.set(request.id, beginDifference(snapshot));
      return { exitCode };
    } finally {
      output.end();
      this.#channel.send({ streamEnd: stream });
    }
  }

  async #changes(
    { run, stream }: Methods['changes']['params'],
    signal: AbortSignal,
  ): Promise<Methods['changes']['result']> {
    const begun = this.#differences.get(run);
    this.#differences.delete(run);
    signal.addEventListener('abort', () => begun?.abort.abort(), { once: true });
    const { tar, deleted } = await (begun?.found ?? this.#snapshot(run).difference(signal));
    const sent: Promise<void> = this.#sendTar(run, tar, stream).then(() => {
      this.#streams.delete(sent);
    });
    this.#streams.add(sent);
    return { deleted };
  }

  /** Never rejects: its failure is told to main. */
  async #sendTar(run: string, tar: AsyncIterable<Uint8Array>, stream: number): Promise<void> {
    try {
      const socket = await this.#channel.openStream(stream);
      this.#sinks.set(run, socket);
      try {
        for await (const chunk of tar) await writeChunk(socket, chunk);
        this.#channel.send({ streamEnd: stream });
      } finally {
        this.#sinks.delete(run);
        socket.end();
      }
    } catch (error) {
      this.#channel.send({ streamEnd: stream, error: toWire(error) });
    }
  }

  async #restoreCache(
    { cache, archive, stream }: Methods['restoreCache']['params'],
    signal: AbortSignal,
  ): Promise<Methods['restoreCache']['result']> {
    let socket: Socket | undefined;
    const open = async (): Promise<Socket> => {
      socket = await this.#channel.openStream(stream);
      return socket;
    };
    try {
      const { caches } = await this.#host;
      return { restored: await caches.restore(cache, archive, open, signal) };
    } finally {
      socket?.destroy();
    }
  }

  async #packCache(
    { cache, stream }: Methods['packCache']['params'],
    signal: AbortSignal,
  ): Promise<Methods['packCache']['result']> {
    const socket = await this.#channel.openStream(stream);
    try {
      const { caches } = await this.#host;
      return await caches.pack(cache, (chunk) => writeChunk(socket, chunk), signal);
    } finally {
      socket.end();
    }
  }

  async #unpack(stack: LayerStack, signal: AbortSignal): Promise<void> {
    await this.#settled();
    await unpackedStack(withoutRepeats(stack), await this.#layers, signal);
  }

  #release(run: string): void {
    const snapshot = this.#ended.get(run);
    this.#ended.delete(run);
    // Somebody who reads no further would hold the run up for ever.
    this.#sinks.get(run)?.destroy();
    const begun = this.#differences.get(run);
    this.#differences.delete(run);
    begun?.abort.abort();
    if (begun !== undefined) this.#settle(run, () => begun.found.then(() => undefined));
    if (snapshot !== undefined) this.#settle(run, () => snapshot[Symbol.asyncDispose]());
  }

  /**
   * Main does not wait for it, whoever builds on the result does. What fails is no loss: a layer that is not kept is unpacked, and what is left
   * lying goes with the worker.
   */
  #settle(run: string, work: () => PromiseLike<void>): void {
    const done: Promise<void> = (this.#settling.get(run) ?? Promise.resolve())
      .then(work)
      .catch(() => undefined)
      .finally(() => {
        if (this.#settling.get(run) === done) this.#settling.delete(run);
      });
    this.#settling.set(run, done);
  }

  async #settled(): Promise<void> {
    await Promise.all(this.#settling.values());
  }

  #snapshot(run: string): ActiveSnapshot {
    const snapshot = this.#ended.get(run);
    if (snapshot !== undefined) return snapshot;
    throw new BuildError({ kind: 'bug', code: 'NO_SUCH_RUN', message: `The worker holds no run ${run}` });
  }
}

function beginDifference(snapshot: ActiveSnapshot): BegunDifference {
  const abort = new AbortController();
  const found = snapshot.difference(abort.signal);
  // Whoever asks for it is told.
  found.catch(() => undefined);
  return { found, abort };
}
