import { formatPlatform, hostPlatform } from '../../image/platform.ts';
import type { CachePlace } from '../options/cache-spec.ts';
import { absenceFor, type CacheSetting, type CacheUse, type OpenedPlace, usedAs } from './cache-use.ts';

/** The Actions cache with one scope. Its client is loaded only when it is used. */
export async function openActions(
  { scope }: Extract<CachePlace, { type: 'gha' }>,
  use: CacheUse,
  { cache, stateDir, environment, listCacheRefs, onNotice }: CacheSetting,
): Promise<OpenedPlace> {
  const { openActionsCache } = await import('../../cache/backends/actions/open.ts');
  const scopes = new Set(
    [...cache.from, ...cache.to].flatMap(({ place }) => (place.type === 'gha' ? place.scope : [])),
  );
  const opened = await openActionsCache({
    environment,
    scope,
    platform: formatPlatform(hostPlatform(process.platform, process.arch)),
    stateDir,
    mode: use.to === undefined ? 'read-only' : 'read-write',
    ...(cache.secret === undefined ? {} : { secret: cache.secret }),
    ...(scopes.size > 1 ? { name: `actions ${scope}` } : {}),
    absence: absenceFor(use),
    ...(listCacheRefs === undefined ? {} : { listRefs: listCacheRefs }),
    onNotice,
  });
  return usedAs(opened, use);
}
