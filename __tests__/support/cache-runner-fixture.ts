import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ActionsCacheOptions, openActionsCache } from '../../src/cache/backends/actions/open.ts';
import type { SaverLimits } from '../../src/cache/backends/indexed/blob-saver.ts';
import type { BuildCache, CacheReport } from '../../src/cache/build-cache.ts';
import type { SampleLayer } from './cache-records.ts';
import { bytesOf } from './cache-records.ts';
import { CacheService, type Fault, type Scope } from './cache-service.ts';

export const MAIN: readonly Scope[] = [{ Scope: 'refs/heads/main', Permission: 3 }];
export const FORK: readonly Scope[] = [{ Scope: 'refs/heads/main', Permission: 1 }];

export function pullRequest(number: number): readonly Scope[] {
  return [
    { Scope: `refs/pull/${number}/merge`, Permission: 3 },
    { Scope: 'refs/heads/main', Permission: 1 },
  ];
}

export function tag(name: string): readonly Scope[] {
  return [
    { Scope: `refs/tags/${name}`, Permission: 3 },
    { Scope: 'refs/heads/main', Permission: 1 },
  ];
}

export interface JobOptions extends Partial<Omit<ActionsCacheOptions, 'limits'>> {
  readonly scopes?: readonly Scope[];
  readonly limits?: Partial<SaverLimits>;
}

/** A cache service and jobs on it, each with a folder of its own. The clock stands unless it is moved. */
export class CacheFixture implements AsyncDisposable {
  readonly dir: string;
  readonly service: CacheService;
  /** Milliseconds since 1970. */
  clock: number;
  fault: ((operation: string) => Fault) | undefined;
  /** What an operation waits for before it is done. */
  hold: ((operation: string) => Promise<void> | undefined) | undefined;
  #jobs = 0;

  private constructor(dir: string) {
    this.dir = dir;
    this.clock = Date.now();
    this.service = new CacheService({
      dir: join(dir, 'service'),
      now: () => this.clock,
      fault: (operation) => this.fault?.(operation),
      hold: (operation) => this.hold?.(operation),
    });
  }

  static async start(): Promise<CacheFixture> {
    const fixture = new CacheFixture(await mkdtemp(join(tmpdir(), 'actions-cache-test-')));
    await fixture.service.start();
    return fixture;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.service[Symbol.asyncDispose]();
    await rm(this.dir, { recursive: true, force: true });
  }

  async job(options: JobOptions = {}): Promise<BuildCache> {
    const { scopes = MAIN, ...rest } = options;
    const stateDir = join(this.dir, `job-${++this.#jobs}`);
    await mkdir(stateDir);
    const environment = { ...this.service.environment(scopes), ...rest.environment };
    return openActionsCache({
      scope: 'app',
      platform: 'linux/amd64',
      stateDir,
      transport: 'direct',
      ...rest,
      environment,
    });
  }

  /** A whole job that saves these layers. */
  async build(layers: readonly SampleLayer[], options: JobOptions = {}): Promise<CacheReport> {
    const cache = await this.job(options);
    for (const { record, open } of layers) cache.save(record, open);
    return cache.finish();
  }

  /** Which of these layers a new job finds and can read. */
  async found(layers: readonly SampleLayer[], options: JobOptions = {}): Promise<readonly boolean[]> {
    const cache = await this.job(options);
    const hits: boolean[] = [];
    for (const { record, bytes } of layers) {
      const hit = (await cache.lookup(record.key, record.step)).record !== undefined;
      const stream = hit ? await cache.openBlob(record.layer!.descriptor) : undefined;
      hits.push((await bytesOf(stream))?.equals(bytes) ?? false);
    }
    await cache.finish();
    return hits;
  }

  /** How often each operation was called since the last time. */
  takeCalls(): Record<string, number> {
    const { calls } = this.service;
    this.service.calls = {};
    return calls;
  }
}
