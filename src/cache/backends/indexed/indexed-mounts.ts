import type { CacheKey } from '../../../image/cache-key.ts';
import type { CachedMount, MountCache } from '../../build-cache.ts';
import type { CacheIndex } from './cache-index.ts';
import type { RecordSaver } from './record-saver.ts';
import type { StoredBlobs } from './stored-blobs.ts';

/** The cache mounts that an index names: their archives are blobs like layers. */
export class IndexedMounts implements MountCache {
  readonly #index: CacheIndex;
  readonly #blobs: StoredBlobs;
  readonly #saver: RecordSaver | undefined;

  constructor(index: CacheIndex, blobs: StoredBlobs, saver: RecordSaver | undefined) {
    this.#index = index;
    this.#blobs = blobs;
    this.#saver = saver;
  }

  async find(key: CacheKey): Promise<CachedMount | undefined> {
    const mount = this.#index.mounts.get(key)?.mount;
    if (mount === undefined) return undefined;
    // A size that was changed would make the reader expect another one.
    if (this.#blobs.get(mount.archive.digest)?.size !== mount.archive.size) return undefined;
    this.#saver?.useMount(key);
    return mount;
  }

  async open({ archive }: CachedMount, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array> | undefined> {
    const blob = this.#blobs.get(archive.digest);
    return blob === undefined ? undefined : this.#blobs.open(blob, signal, 'cache mount');
  }

  async save(mount: CachedMount, open: () => Promise<AsyncIterable<Uint8Array>>): Promise<boolean> {
    return this.#saver === undefined ? false : this.#saver.saveMount(mount, open);
  }
}
