import type { EntryWithBody } from '../../src/image/layer/entry.ts';
import type { FinishedRun, RunRequest, Worker, WorkerStarter } from '../../src/worker/worker.ts';

export interface ScriptedStep {
  readonly exitCode?: number;
  readonly output?: string;
  /** Files that the step leaves, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A worker that runs nothing: it answers each RUN as it was told, and remembers what it was asked. */
export class ScriptedWorker {
  readonly requests: RunRequest[] = [];
  started = 0;
  disposed = 0;
  readonly #script: (request: RunRequest) => ScriptedStep | Promise<ScriptedStep>;

  constructor(script: (request: RunRequest) => ScriptedStep | Promise<ScriptedStep>) {
    this.#script = script;
  }

  readonly start: WorkerStarter = () => {
    this.started++;
    const worker: Worker = {
      isolation: { rung: 'unshare', snapshotter: 'copy', privilege: 'scripted', reasons: [], limits: [] },
      prepare: () => Promise.resolve(),
      prune: () => Promise.resolve(0),
      run: async (request, { onOutput, signal }) => {
        this.requests.push(request);
        const step = await this.#script(request);
        signal?.throwIfAborted();
        if (step.output !== undefined) onOutput(Buffer.from(step.output), 'stdout');
        return finished(step);
      },
      [Symbol.asyncDispose]: () => {
        this.disposed++;
        return Promise.resolve();
      },
    };
    return Promise.resolve(worker);
  };
}

function finished(step: ScriptedStep): FinishedRun {
  return {
    exitCode: step.exitCode ?? 0,
    async *changes(): AsyncGenerator<EntryWithBody> {
      for (const [path, text] of Object.entries(step.files ?? {})) {
        const bytes = Buffer.from(text);
        const entry = {
          path,
          type: 'file',
          mode: 0o644,
          uid: 0,
          gid: 0,
          size: bytes.length,
          mtime: Date.now() / 1000,
        } as const;
        yield { entry, body: one(bytes) };
      }
    },
    commit: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
