import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CacheService } from '../../__tests__/support/cache-service.ts';

/** Where a build keeps its cache, as both builders can be told. */
export type CachePlace =
  | { readonly type: 'registry'; readonly reference: string }
  /** `environment`: what the runner gives a job, with the service's address and a token. */
  | {
      readonly type: 'gha';
      readonly scope: string;
      readonly environment: Readonly<Record<string, string>>;
    };

/** Makes the places of one kind. */
export interface CachePlaces extends AsyncDisposable {
  /** In words. */
  readonly about: string;
  /** A place that nothing is in. `name`: a repository. */
  fresh(name: string): CachePlace;
}

/** More than any of the workloads asks for: what is timed is the builders, not the service's limits. */
const NO_LIMIT = 1_000_000;

/** @throws TypeError for another kind */
export async function cachePlaces(kind: string): Promise<CachePlaces> {
  if (kind === 'registry') {
    return {
      about: 'a registry (type=registry)',
      fresh: (name) => ({ type: 'registry', reference: `${name}-cache:cache` }),
      [Symbol.asyncDispose]: async () => undefined,
    };
  }
  if (kind !== 'gha') throw new TypeError(`--cache is registry or gha, not ${kind}`);
  const dir = await mkdtemp(join(tmpdir(), 'bench-cache-'));
  const service = await new CacheService({ dir, uploadsPerMinute: NO_LIMIT }).start();
  const environment = service.environment([{ Scope: 'refs/heads/main', Permission: 3 }]);
  return {
    about: 'an emulated Actions cache on the loopback (type=gha)',
    fresh: (name) => ({ type: 'gha', scope: name.replaceAll(/[^\w.-]/g, '-'), environment }),
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  };
}
