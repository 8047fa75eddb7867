import { BuildError } from '../../base/errors.ts';
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

/** Starts the worker that follows one which cannot run steps. @throws BuildError `NO_ISOLATION` when there is none left */
export type Successor = (refused: Worker, why: BuildError) => Promise<Worker>;

/**
 * A worker whose place another one takes when the first step shows that it can run none. No step has run by then, so there is nothing to hand
 * over but what can be made again.
 */
export class RelayWorker implements Worker {
  readonly #successor: Successor;
  #current: Promise<Worker>;

  constructor(first: Worker, successor: Successor) {
    this.#current = Promise.resolve(first);
    this.#successor = successor;
  }

  isolation(): Promise<IsolationReport> {
    return this.#relay((worker) => worker.isolation());
  }

  run(request: RunRequest, options: Parameters<Worker['run']>[1]): Promise<FinishedRun> {
    return this.#relay((worker) => worker.run(request, options));
  }

  async unpack(stack: LayerStack, signal?: AbortSignal): Promise<void> {
    await (await this.#current).unpack(stack, signal);
  }

  async prepare(stack: LayerStack, signal?: AbortSignal): Promise<void> {
    await (await this.#current).prepare(stack, signal);
  }

  async restoreCache(
    cache: CacheMount,
    archive: MountArchive,
    open: () => Promise<AsyncIterable<Uint8Array>>,
    signal?: AbortSignal,
  ): Promise<boolean> {
    return await (await this.#current).restoreCache(cache, archive, open, signal);
  }

  async inspectCache(cache: CacheMount, signal?: AbortSignal): Promise<CacheState | undefined> {
    return await (await this.#current).inspectCache(cache, signal);
  }

  async packCache(
    cache: CacheMount,
    take: (archive: AsyncIterable<Uint8Array>) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<MountArchive> {
    return await (await this.#current).packCache(cache, take, signal);
  }

  async prune(before: Date): Promise<number> {
    return await (await this.#current).prune(before);
  }

  async discard(): Promise<void> {
    await (await this.#current).discard();
  }

  async held(): Promise<readonly HeldFolder[]> {
    return await (await this.#current).held();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const worker = await this.#current.catch(() => undefined);
    await worker?.[Symbol.asyncDispose]();
  }

  async #relay<T>(call: (worker: Worker) => Promise<T>): Promise<T> {
    for (;;) {
      const current = this.#current;
      const worker = await current;
      try {
        return await call(worker);
      } catch (error) {
        // Several steps find out at the same time, and the first one ends the worker.
        if (this.#current !== current) continue;
        if (!(error instanceof BuildError && error.code === 'NO_ISOLATION')) throw error;
        this.#current = this.#successor(worker, error);
        this.#current.catch(() => undefined);
      }
    }
  }
}
