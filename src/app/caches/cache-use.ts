import type { Lease } from '../../cache/backends/local/lease.ts';
import type { BuildCache } from '../../cache/build-cache.ts';
import type { Absence, TellNotice } from '../../cache/notices.ts';
import type { ContentStore } from '../../image/content-store.ts';
import type { Registry } from '../../registry/registry.ts';
import type { BuildOptions } from '../build-options.ts';
import type { CacheExport, CacheImport, CacheOptions } from '../options/cache-options.ts';
import { type CachePlace, placeName } from '../options/cache-spec.ts';

/** All that opening caches needs. */
export interface CacheSetting extends Pick<BuildOptions, 'cache' | 'stateDir' | 'platforms'> {
  readonly store: ContentStore;
  readonly registry: Registry;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onNotice: TellNotice;
  /** See openActionsCache. */
  readonly listCacheRefs?: (keyPrefix: string) => Promise<readonly string[]>;
  /** Taken from folders that this build works with; given back when it has ended. */
  readonly leases: Lease[];
}

/** One cache and what it is used for: at least one of the two. */
export interface CacheUse {
  readonly place: CachePlace;
  readonly from?: CacheImport;
  readonly to?: CacheExport;
  /** Its failures are the build's. */
  readonly strict: boolean;
}

/** Mostly one and the same cache. */
export interface OpenedPlace {
  readonly from?: BuildCache;
  readonly to?: BuildCache;
}

/** Each cache once, in the order in which they are asked; those that are only written come last. */
export function cacheUses({ from, to, strict }: CacheOptions): readonly CacheUse[] {
  const imports = new Map(from.map((each) => [placeName(each.place), each]));
  const exports = new Map(to.map((each) => [placeName(each.place), each]));
  return [...new Set([...imports.keys(), ...exports.keys()])].flatMap((name) => {
    const [source, target] = [imports.get(name), exports.get(name)];
    const place = source?.place ?? target?.place;
    if (place === undefined) return [];
    return {
      place,
      ...(source === undefined ? {} : { from: source }),
      ...(target === undefined ? {} : { to: target }),
      strict: target?.ignoreError === undefined ? strict : !target.ignoreError,
    };
  });
}

export function usedAs(cache: BuildCache, { from, to }: CacheUse): OpenedPlace {
  return { ...(from === undefined ? {} : { from: cache }), ...(to === undefined ? {} : { to: cache }) };
}

/** What it means for this use that there is nothing. */
export function absenceFor({ from, to }: CacheUse): Absence | undefined {
  if (from?.named !== true) return undefined;
  return to === undefined ? 'failure' : 'remark';
}
