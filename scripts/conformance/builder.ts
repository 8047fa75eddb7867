import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { parseArguments } from '../../src/app/cli/arguments.ts';
import { BUILD_FLAGS, buildOptions } from '../../src/app/cli/build-flags.ts';
import { compose } from '../../src/app/compose.ts';
import { NO_CACHES } from '../../src/app/options/cache-options.ts';
import { prepare } from '../../src/app/prepare.ts';
import { errorText } from '../../src/app/report/text.ts';
import { type BuildError, toBuildError } from '../../src/base/errors.ts';
import { embeddedEngine } from '../../src/engine/embedded/build.ts';
import type { BuildResult } from '../../src/engine/engine.ts';
import { workerStarter } from '../../src/worker/process/client.ts';
import type { Worker, WorkerStarter } from '../../src/worker/worker.ts';
import type { Settings } from './adapter.ts';

const WORKER_ENTRY = fileURLToPath(new URL('../../src/worker-entry.ts', import.meta.url));
const TIMEOUT = 180_000;

export type BuildOutcome =
  | { readonly result: BuildResult; readonly said: string }
  | { readonly error: BuildError; readonly said: string };

/** The state folder's cache of steps, and those that the flags name. */
export type CacheUse = 'none' | 'local' | 'flags';

/**
 * Builds as the command line does, in this process: its flags, without the linter's gate and, unless asked for, without any cache of steps. All builds share one
 * state folder and one worker, so base images are fetched and unpacked once.
 */
export class Builder implements AsyncDisposable {
  readonly #stateDir: string;
  readonly #isolation: Settings['isolation'];
  readonly #cache: CacheUse;
  #worker: Promise<Worker> | undefined;

  constructor(stateDir: string, options: Settings & { readonly cache?: CacheUse }) {
    this.#stateDir = stateDir;
    this.#isolation = options.isolation;
    this.#cache = options.cache ?? 'none';
  }

  async build(
    flags: readonly string[],
    environment: Readonly<Record<string, string>>,
    extra: { readonly stdin?: string } = {},
  ): Promise<BuildOutcome> {
    const said: string[] = [];
    const sources: Record<string, string> = {};
    try {
      const args = parseArguments(['--no-lint', '--state-dir', this.#stateDir, ...flags], BUILD_FLAGS);
      const asked = buildOptions(args, environment);
      const local = { ...NO_CACHES, enabled: this.#cache === 'local' };
      const options = this.#cache === 'flags' ? asked : { ...asked, cache: local };
      await using request = await prepare(options, {
        environment,
        stdin: () => Readable.from([Buffer.from(extra.stdin ?? '')]),
        commitTime: () => Promise.resolve(undefined),
        now: Math.floor(Date.now() / 1000),
      });
      sources[request.dockerfile.path] = request.dockerfile.text;
      await using composed = await compose(options, {
        environment,
        onNotice: (message) => said.push(`${message}\n`),
        stdout: process.stdout,
      });
      const engine = embeddedEngine({ ...composed.dependencies, startWorker: this.#startWorker });
      const result = await engine.build(request, {
        signal: AbortSignal.timeout(TIMEOUT),
        onEvent: (event) => {
          if (event.type === 'step-output') said.push(event.text);
          else if (event.type === 'notice') said.push(`${event.message}\n`);
        },
      });
      return { result, said: said.join('') };
    } catch (thrown) {
      const error = toBuildError(thrown);
      // The next build starts another one.
      if (error.code === 'WORKER_DIED') this.#worker = undefined;
      return { error, said: `${said.join('')}${errorText(error, sources)}` };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const worker = await this.#worker?.catch(() => undefined);
    // Files that belong to ids of a user namespace can be deleted by nobody else.
    await worker?.prune(new Date());
    await worker?.[Symbol.asyncDispose]();
  }

  /** Each build disposes of its worker; here that must not end it. */
  readonly #startWorker: WorkerStarter = async () => {
    this.#worker ??= workerStarter({
      stateDir: this.#stateDir,
      entry: [process.execPath, WORKER_ENTRY],
      isolation: this.#isolation,
      onNotice: () => undefined,
    })();
    const worker = await this.#worker;
    return {
      isolation: () => worker.isolation(),
      unpack: (stack, signal) => worker.unpack(stack, signal),
      prepare: (stack, signal) => worker.prepare(stack, signal),
      run: (request, options) => worker.run(request, options),
      restoreCache: (cache, archive, open, signal) => worker.restoreCache(cache, archive, open, signal),
      inspectCache: (cache, signal) => worker.inspectCache(cache, signal),
      packCache: (cache, take, signal) => worker.packCache(cache, take, signal),
      prune: (before) => worker.prune(before),
      discard: () => worker.discard(),
      held: () => worker.held(),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  };
}
