import { buildkitCacheReader, buildkitInlineReader } from '../../cache/backends/buildkit.ts';
import { imageReader } from '../../cache/backends/image.ts';
import { isCacheManifest } from '../../cache/backends/registry/registry-index.ts';
import {
  askForManifest,
  type ForeignReader,
  openRegistryCache,
  openRegistryImport,
} from '../../cache/backends/registry.ts';
import { hostPlatform } from '../../image/platform.ts';
import { repositoryOf } from '../../image/reference.ts';
import type { CachePlace } from '../options/cache-spec.ts';
import { absenceFor, type CacheSetting, type CacheUse, type OpenedPlace, usedAs } from './cache-use.ts';

/** A cache in a registry: one of ours, one that BuildKit wrote, or an image that tells what its layers are. */
export async function openRegistry(
  { reference }: Extract<CachePlace, { type: 'registry' }>,
  use: CacheUse,
  { cache, platforms, registry, onNotice }: CacheSetting,
): Promise<OpenedPlace> {
  const options = {
    registry,
    repository: repositoryOf(reference),
    tag: reference.digest ?? reference.tag ?? 'latest',
    ...(cache.secret === undefined ? {} : { secret: cache.secret }),
    absence: absenceFor(use),
    checkWriting: use.strict && use.to !== undefined,
    onNotice,
  };
  const wanted = platforms.length === 0 ? [hostPlatform('linux', process.arch)] : platforms;
  const readers: readonly ForeignReader[] = [buildkitCacheReader, imageReader(wanted), buildkitInlineReader];
  if (use.to === undefined) return { from: await openRegistryImport({ ...options, readers }) };
  const manifest = askForManifest(options);
  const to = await openRegistryCache({ ...options, manifest });
  const found = await manifest.catch(() => undefined);
  if (use.from === undefined || found === undefined || isCacheManifest(found)) return usedAs(to, use);
  return { from: await openRegistryImport({ ...options, manifest, readers }), to };
}
