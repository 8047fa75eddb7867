import type { Repository } from '../../image/types.ts';
import type { Registry } from '../../registry/registry.ts';
import type { BuildCache } from '../build-cache.ts';
import { Notices, reasonOf } from '../notices.ts';
import { DEFAULT_LIMITS } from './indexed/blob-saver.ts';
import type { IndexState } from './indexed/index-keeper.ts';
import { IndexedCache } from './indexed/indexed-cache.ts';
import { isRefusal, RegistryIndex } from './registry/registry-index.ts';
import { RegistryStore } from './registry/registry-store.ts';

export interface RegistryCacheOptions {
  readonly registry: Registry;
  readonly repository: Repository;
  /** Holds the cache; written over with each build that has something new. */
  readonly tag: string;
  readonly mode?: 'read-write' | 'read-only';
  /** Signs the index; one that is not signed with it is not read. */
  readonly secret?: string;
  readonly onNotice?: (message: string) => void;
}

/** Opens a tag of a repository as a cache and reads its index. Never fails: what cannot be read is an empty cache with a notice. */
export async function openRegistryCache(options: RegistryCacheOptions): Promise<BuildCache> {
  const { registry, repository, tag, secret, mode } = options;
  const name = `${repository.host}/${repository.path}:${tag}`;
  const notices = new Notices(`the cache ${name}`, options.onNotice);
  // Whoever can write the tag can write all of its records: there is nothing else to tell images apart by.
  const identity = { scope: 'registry', platform: 'any', secret };
  const keeper = new RegistryIndex({ registry, repository, tag, identity, notices });
  const own = await load(keeper, notices);
  return new IndexedCache({
    name: `registry ${name}`,
    store: new RegistryStore(registry, repository),
    notices,
    // Registries name blobs by their own digests, so nothing can be packed, and they do not count uploads.
    limits: {
      ...DEFAULT_LIMITS,
      pack: DEFAULT_LIMITS.inline + 1,
      uploads: Number.POSITIVE_INFINITY,
      inlineTotal: Number.POSITIVE_INFINITY,
    },
    found: own === undefined ? [] : [own],
    ...(mode === 'read-only' ? {} : { writing: { keeper, own, lookFirst: false } }),
  });
}

async function load(keeper: RegistryIndex, notices: Notices): Promise<IndexState | undefined> {
  try {
    return await keeper.load();
  } catch (error) {
    // Many registries do not tell a repository that is not there yet from one that may not be read.
    notices.add(
      isRefusal(error)
        ? `There is nothing in ${notices.place}, or it may not be read: ${reasonOf(error)}`
        : `Nothing could be read from ${notices.place}: ${reasonOf(error)}`,
    );
    return undefined;
  }
}
