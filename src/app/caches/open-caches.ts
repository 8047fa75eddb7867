import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import { takeLease } from '../../cache/backends/local/lease.ts';
import { openLocalCache } from '../../cache/backends/local.ts';
import type { BuildCache } from '../../cache/build-cache.ts';
import type { Caches } from '../../engine/embedded/dependencies.ts';
import { ociLayoutStore } from '../../image/store/oci-layout.ts';
import { placeName } from '../options/cache-spec.ts';
import {
  absenceFor,
  type CacheSetting,
  type CacheUse,
  cacheUses,
  type OpenedPlace,
  usedAs,
} from './cache-use.ts';
import { openActions } from './open-actions.ts';
import { openRegistry } from './open-registry.ts';

/**
 * All caches of a build. The state folder's own is asked first, since it costs nothing, then the others in the order of the options. A cache
 * that is read and written is opened once.
 * @throws BuildError `CACHE_UNAVAILABLE` when one that has to be there cannot be used
 */
export async function openCaches(setting: CacheSetting): Promise<Caches> {
  const { cache, stateDir, store, onNotice } = setting;
  for (const notice of cache.notices) onNotice(notice, false);
  if (!cache.enabled) return { from: [], to: [] };
  // The worker's own folder has the cache mounts of this machine, the store its documents of images.
  const own = await openLocalCache({
    folder: join(stateDir, 'cache'),
    content: store,
    mounts: false,
    documents: false,
    onNotice,
  });
  const uses = cacheUses(cache);
  const failures: string[] = [];
  const opened = new Map(
    await Promise.all(
      uses.map(async (use): Promise<[CacheUse, OpenedPlace]> => {
        const tell = (message: string, isFailure: boolean): void => {
          onNotice(message, isFailure);
          if (isFailure && use.strict) failures.push(message);
        };
        return [use, await openPlace(use, { ...setting, onNotice: tell })];
      }),
    ),
  );
  const from = uses.flatMap((use) => opened.get(use)?.from ?? []);
  const to = uses.flatMap((use) => {
    const target = opened.get(use)?.to;
    return target?.writable === true && use.to !== undefined ? [{ target, mode: use.to.mode }] : [];
  });
  const caches: Caches = {
    from: [own, ...from],
    to: [own, ...to.flatMap(({ target, mode }) => (mode === 'max' ? [target] : []))].filter(
      ({ writable }) => writable,
    ),
    toFinal: to.flatMap(({ target, mode }) => (mode === 'min' ? [target] : [])),
    strict: new Set(
      [...opened].flatMap(([use, { from, to }]) => (use.strict ? [from, to] : [])).filter(isCache),
    ),
  };
  if (failures.length > 0) {
    await Promise.all([...new Set([...caches.from, ...caches.to])].map((each) => each.finish()));
    throw unavailable(failures);
  }
  return caches;
}

function openPlace(use: CacheUse, setting: CacheSetting): Promise<OpenedPlace> {
  switch (use.place.type) {
    case 'local':
      return openFolder(use.place.folder, use, setting);
    case 'registry':
      return openRegistry(use.place, use, setting);
    case 'gha':
      return openActions(use.place, use, setting);
  }
}

async function openFolder(
  folder: string,
  use: CacheUse,
  { onNotice, leases }: CacheSetting,
): Promise<OpenedPlace> {
  // A folder that is only read need not be there, and is not made for this.
  if (use.to !== undefined || existsSync(folder)) leases.push(await takeLease(folder));
  const cache = await openLocalCache({
    folder: join(folder, 'records'),
    content: ociLayoutStore(join(folder, 'content')),
    name: placeName(use.place),
    mode: use.to === undefined ? 'read-only' : 'read-write',
    absence: absenceFor(use),
    onNotice,
  });
  return usedAs(cache, use);
}

function isCache(cache: BuildCache | undefined): cache is BuildCache {
  return cache !== undefined;
}

function unavailable(failures: readonly string[]): BuildError {
  return new BuildError({
    kind: 'remote',
    code: 'CACHE_UNAVAILABLE',
    message: failures.join('\n'),
    hint: 'With cache-strict a cache has to be there and to work. Mend it or take it out of cache-from and cache-to; without cache-strict the build goes on without it.',
  });
}
