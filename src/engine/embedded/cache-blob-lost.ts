import { BuildError } from '../../base/errors.ts';
import type { CacheKey } from '../../image/cache-key.ts';
import type { Layer } from '../../image/types.ts';

/** A cached layer whose bytes turned out to be gone or damaged. Never reaches the user: the build starts again without that record. */
export class CacheBlobLost extends BuildError {
  readonly key: CacheKey;

  constructor(key: CacheKey, layer: Layer, cause: unknown) {
    super({
      kind: 'remote',
      code: 'CACHE_BLOB_LOST',
      message: `The cached layer ${layer.descriptor.digest} can no longer be had`,
      cause,
    });
    this.key = key;
  }
}
