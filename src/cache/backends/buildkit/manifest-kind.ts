import { type ImageIndex, type ImageManifest, parseManifest } from '../../../image/parse-manifest.ts';
import type { Descriptor, RawBlob } from '../../../image/types.ts';

/** BuildKit: cache/remotecache/v1/spec.go. */
export const CONFIG_TYPE = 'application/vnd.buildkit.cacheconfig.v0';

/** undefined for what is neither an image nor an index. */
export function parsedManifest({ bytes, descriptor }: RawBlob): ImageManifest | ImageIndex | undefined {
  try {
    return parseManifest(bytes, descriptor.mediaType);
  } catch {
    return undefined;
  }
}

/** The config of a cache that BuildKit wrote: one of the manifests of an index, or the config of an image manifest. */
export function cacheConfigOf(manifest: ImageManifest | ImageIndex): Descriptor | undefined {
  if (manifest.kind === 'index') return manifest.manifests.find(({ mediaType }) => mediaType === CONFIG_TYPE);
  return manifest.config.mediaType === CONFIG_TYPE ? manifest.config : undefined;
}

/** Is it a cache that BuildKit wrote, and nothing else? */
export function isBuildkitCache(manifest: RawBlob): boolean {
  const parsed = parsedManifest(manifest);
  return parsed !== undefined && cacheConfigOf(parsed) !== undefined;
}
