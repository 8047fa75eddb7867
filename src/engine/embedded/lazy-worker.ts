import type { IsolationReport, LayerPreparer, Worker, WorkerStarter } from '../../worker/worker.ts';
import type { Steps } from './steps.ts';

/** The worker of one attempt: started by the first step that needs it, stopped with the attempt. */
export class LazyWorker implements AsyncDisposable {
  readonly #start: WorkerStarter;
  readonly #steps: Steps;
  readonly #signal: AbortSignal;
  readonly #preparer = Promise.withResolvers<LayerPreparer>();
  #worker: Promise<Worker> | undefined;

  constructor(start: WorkerStarter, steps: Steps, signal: AbortSignal) {
    this.#start = start;
    this.#steps = steps;
    this.#signal = signal;
    this.#preparer.promise.catch(() => undefined);
  }

  readonly get = (): Promise<Worker> => {
    this.#worker ??= this.#started();
    return this.#worker;
  };

  /** As soon as layers can be unpacked, which is before steps can be run. */
  readonly preparer = async (): Promise<LayerPreparer> => {
    this.get().catch((error: unknown) => this.#preparer.reject(error));
    return this.#preparer.promise;
  };

  async [Symbol.asyncDispose](): Promise<void> {
    const started = this.#worker;
    this.#worker = undefined;
    const worker = await started?.catch(() => undefined);
    await worker?.[Symbol.asyncDispose]();
  }

  async #started(): Promise<Worker> {
    const worker = await this.#start(this.#signal, {
      onPreparer: this.#preparer.resolve,
      onIsolation: (report) => this.#tell(report),
    });
    this.#preparer.resolve(worker);
    return worker;
  }

  #tell({ rung, snapshotter, privilege, limits }: IsolationReport): void {
    this.#steps.notice(`isolation: ${rung}, ${snapshotter} (${privilege})`);
    for (const limit of limits) this.#steps.notice(`isolation ${rung}: ${limit}`);
  }
}
