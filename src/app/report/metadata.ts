import type { BuildResult } from '../../engine/engine.ts';

/** The JSON object that build-push-action calls `metadata`, with the same keys; what we do not have is left out. */
export function metadataOf(result: BuildResult): Readonly<Record<string, unknown>> {
  return {
    'containerimage.config.digest': result.imageId,
    'containerimage.descriptor': result.descriptor,
    'containerimage.digest': result.digest,
    ...(result.references.length === 0 ? {} : { 'image.name': result.references.join(',') }),
  };
}

/** Digest of each platform's manifest, by platform (`linux/amd64`). */
export function digestsOf(result: BuildResult): Readonly<Record<string, string>> {
  return Object.fromEntries(
    result.images.map(({ image, descriptor }): [string, string] => {
      const { os, architecture, variant } = image.platform;
      return [[os, architecture, ...(variant === undefined ? [] : [variant])].join('/'), descriptor.digest];
    }),
  );
}

/** Bytes of all layers as stored, of the first platform. */
export function sizeOf(result: BuildResult): number {
  return (result.images[0]?.image.layers ?? []).reduce((sum, { descriptor }) => sum + descriptor.size, 0);
}
