import type { Socket } from 'node:net';
import { BuildError } from '../../base/errors.ts';
import type { FromWorker, Method, Methods, ToWorker } from '../protocol.ts';
import type { IsolationReport } from '../worker.ts';
import { readMessages, writeMessage } from './lines.ts';
import type { Listener } from './listener.ts';
import { fromWire } from './wire-error.ts';

type Ready = Extract<FromWorker, { readonly owners: unknown }>;

export interface CallsOptions {
  readonly socket: Socket;
  readonly listener: Listener;
  /** The end of the worker's stderr. */
  readonly lastWords: () => string;
  readonly onIsolation: (report: IsolationReport) => void;
}

/** Main's end of the control connection: what the worker says of itself, calls with their answers, and the ends of streams. */
export class Calls {
  /** Rejects with the worker's own BuildError when it cannot work here, and when it ends before it is that far. */
  readonly ready: Promise<Ready>;
  readonly #ready = Promise.withResolvers<Ready>();
  readonly #onIsolation: (report: IsolationReport) => void;
  readonly #socket: Socket;
  readonly #listener: Listener;
  readonly #lastWords: () => string;
  readonly #pending = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #streamEnds = new Map<number, PromiseWithResolvers<void>>();
  #counter = 0;
  #gone: BuildError | undefined;

  constructor({ socket, listener, lastWords, onIsolation }: CallsOptions) {
    this.#socket = socket;
    this.#listener = listener;
    this.#lastWords = lastWords;
    this.#onIsolation = onIsolation;
    this.ready = this.#ready.promise;
    this.ready.catch(() => undefined);
    this.#listen().catch((error: unknown) => this.#lose(error));
  }

  get isGone(): boolean {
    return this.#gone !== undefined;
  }

  /** @throws BuildError `WORKER_DIED`, and what the worker answers */
  async call<M extends Method>(
    method: M,
    params: Methods[M]['params'],
    signal?: AbortSignal,
  ): Promise<Methods[M]['result']> {
    signal?.throwIfAborted();
    if (this.#gone !== undefined) throw this.#gone;
    const id = ++this.#counter;
    const answer = Promise.withResolvers<unknown>();
    this.#pending.set(id, answer);
    const send = (message: ToWorker): void => writeMessage(this.#socket, message);
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

  /** The name of a connection to come whose end the worker does not tell. */
  newConnection(): number {
    return ++this.#counter;
  }

  newStream(): number {
    const stream = this.newConnection();
    const end = Promise.withResolvers<void>();
    end.promise.catch(() => undefined);
    this.#streamEnds.set(stream, end);
    return stream;
  }

  /** The stream's outcome: a tar that broke off must not pass for a short one. */
  async streamEnd(stream: number): Promise<void> {
    await this.#streamEnds.get(stream)?.promise;
    this.#streamEnds.delete(stream);
  }

  /** No more calls. */
  end(): void {
    this.#socket.end();
  }

  async #listen(): Promise<void> {
    for await (const message of readMessages<FromWorker>(this.#socket)) this.#take(message);
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
    } else if ('isolation' in message) {
      this.#onIsolation(message.isolation);
    } else if ('owners' in message) {
      this.#ready.resolve(message);
    } else {
      this.#ready.reject(fromWire(message.refused));
    }
  }

  #lose(cause: unknown): void {
    const words = this.#lastWords();
    const error = new BuildError({
      kind: 'environment',
      code: 'WORKER_DIED',
      message: `The worker process ended too early${words === '' ? '' : `: ${words}`}`,
      hint: 'When the machine ran out of memory or disk space, give it more; otherwise please report this.',
      cause,
    });
    this.#gone = error;
    this.#listener.fail(error);
    this.#ready.reject(error);
    for (const answer of this.#pending.values()) answer.reject(error);
    for (const end of this.#streamEnds.values()) end.reject(error);
  }
}
