import { BuildError } from '../../src/base/errors.ts';
import { type Digest, digestOf } from '../../src/image/digest.ts';
import type { EntryWithBody } from '../../src/image/layer/entry.ts';
import type {
  CacheMount,
  FinishedRun,
  IsolationReport,
  LayerStack,
  RunRequest,
  Worker,
  WorkerStarter,
} from '../../src/worker/worker.ts';
import { bytesOf } from './cache-records.ts';

export interface ScriptedStep {
  readonly exitCode?: number;
  readonly output?: string;
  /** Most bytes of it that are handed over at once. */
  readonly chunk?: number;
  /** Files that the step leaves, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

const ISOLATION: IsolationReport = {
  rung: 'unshare',
  snapshotter: 'copy',
  privilege: 'scripted',
  reasons: [],
  limits: [],
};

/** A worker that runs nothing: it answers each RUN as it was told, and remembers what it was asked. */
export class ScriptedWorker {
  readonly requests: RunRequest[] = [];
  readonly unpacked: LayerStack[] = [];
  readonly prepared: LayerStack[] = [];
  /** Text of each cache mount by `id platform`; steps may change it. */
  readonly caches = new Map<string, string>();
  /** How often a cache mount was packed. */
  packed = 0;
  readonly #marks = new Map<string, { readonly archive: Digest; readonly text: string }>();
  /** Called when layers are to be unpacked. */
  onPrepare: () => void = () => undefined;
  started = 0;
  disposed = 0;
  readonly #script: (request: RunRequest) => ScriptedStep | Promise<ScriptedStep>;

  constructor(script: (request: RunRequest) => ScriptedStep | Promise<ScriptedStep>) {
    this.#script = script;
  }

  readonly start: WorkerStarter = (_signal, events) => {
    this.started++;
    events?.onIsolation?.(ISOLATION);
    const worker: Worker = {
      isolation: () => Promise.resolve(ISOLATION),
      unpack: (stack) => {
        this.unpacked.push(stack);
        return Promise.resolve();
      },
      prepare: (stack) => {
        this.prepared.push(stack);
        this.onPrepare();
        return Promise.resolve();
      },
      prune: () => Promise.resolve(0),
      discard: () => Promise.resolve(),
      held: () => Promise.resolve([]),
      restoreCache: async (cache, archive, open) => {
        if (this.caches.has(nameOf(cache))) return false;
        const bytes = (await bytesOf(await open())) ?? Buffer.alloc(0);
        if (digestOf(bytes) !== archive.digest) {
          throw new BuildError({
            kind: 'remote',
            code: 'CACHE_MOUNT_BAD',
            message: 'its archive is damaged',
          });
        }
        this.#mark(cache, archive.digest, bytes.toString());
        return true;
      },
      inspectCache: async (cache) => {
        const text = this.caches.get(nameOf(cache));
        const mark = this.#marks.get(nameOf(cache));
        if (text === undefined) return undefined;
        const members = text === '' ? 0 : 1;
        return { size: text.length, members, ...(mark?.text === text ? { archive: mark.archive } : {}) };
      },
      packCache: async (cache, take) => {
        this.packed++;
        const bytes = Buffer.from(this.caches.get(nameOf(cache)) ?? '');
        await take(one(bytes));
        const digest = digestOf(bytes);
        this.#mark(cache, digest, bytes.toString());
        return { digest, size: bytes.length, unpacked: bytes.length, members: 1 };
      },
      run: async (request, { onOutput, signal }) => {
        this.requests.push(request);
        const step = await this.#script(request);
        signal?.throwIfAborted();
        const output = Buffer.from(step.output ?? '');
        const size = step.chunk ?? output.length;
        for (let at = 0; at < output.length; at += size) onOutput(output.subarray(at, at + size), 'stdout');
        return finished(step);
      },
      [Symbol.asyncDispose]: () => {
        this.disposed++;
        return Promise.resolve();
      },
    };
    return Promise.resolve(worker);
  };

  #mark(cache: CacheMount, archive: Digest, text: string): void {
    this.caches.set(nameOf(cache), text);
    this.#marks.set(nameOf(cache), { archive, text });
  }
}

function nameOf({ id, platform }: CacheMount): string {
  return `${id} ${platform}`;
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
