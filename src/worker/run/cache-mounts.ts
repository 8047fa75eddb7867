import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, readdir, rename, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { execOk } from '../../base/exec.ts';
import { removeTree, treeSize } from '../snapshot/trees.ts';
import type { Snapshotter } from '../snapshotter.ts';
import type { WorkerMount } from '../worker.ts';
import { type Lock, lockWaiting, tryLock } from './lock.ts';
import { RootPaths } from './root-paths.ts';

export type CacheMount = Extract<WorkerMount, { readonly type: 'cache' }>;

export interface AcquiredCache extends AsyncDisposable {
  readonly path: string;
}

/** Most copies of one private cache. */
const MAX_SLOTS = 256;

/**
 * Folders that outlive builds, by id: `caches/HASH/SLOT/data`. Locks are abstract Unix sockets, which the kernel takes back when their
 * owner dies, so that workers of several builds share the folders safely.
 */
export class CacheMounts {
  readonly #folder: string;
  readonly #scratch: string;
  readonly #snapshotter: Snapshotter;
  #making: Promise<unknown> = Promise.resolve();
  #counter = 0;

  constructor(folder: string, scratch: string, snapshotter: Snapshotter) {
    this.#folder = folder;
    this.#scratch = scratch;
    this.#snapshotter = snapshotter;
  }

  /** Waits for a locked cache; a private one that is in use gets another copy. */
  async acquire(cache: CacheMount, signal?: AbortSignal): Promise<AcquiredCache> {
    const name = this.#nameOf(cache);
    switch (cache.sharing) {
      case 'shared':
        return {
          path: await this.#ready(name, 0, cache, signal),
          [Symbol.asyncDispose]: async () => undefined,
        };
      case 'locked':
        return await this.#held(name, 0, cache, await lockWaiting(lockName(name, 0), signal), signal);
      case 'private':
        return await this.#firstFree(name, cache, signal);
    }
  }

  /** What a cache began with is part of its name, as in BuildKit (solver/llbsolver/mounts, getRefCacheDir). */
  #nameOf({ id, seed, source }: CacheMount): string {
    const layers = seed?.map(({ diffId }) => diffId) ?? [];
    const begun = seed === undefined ? '' : `\0${source}\0${layers.join(' ')}`;
    return createHash('sha256').update(`${this.#folder}\0${id}${begun}`).digest('hex').slice(0, 32);
  }

  async prune(before: Date): Promise<number> {
    let freed = 0;
    for (const name of await readdir(this.#folder)) {
      for (const slot of await readdir(join(this.#folder, name))) {
        freed += await this.#pruneSlot(name, slot, before);
      }
    }
    return freed;
  }

  async #pruneSlot(name: string, slot: string, before: Date): Promise<number> {
    const place = join(this.#folder, name, slot);
    const info = await stat(place).catch(() => undefined);
    if (info === undefined || info.mtime >= before) return 0;
    const lock = await tryLock(lockName(name, Number(slot)));
    if (lock === undefined) return 0;
    try {
      const size = await treeSize(place);
      await removeTree(place);
      return size;
    } finally {
      lock.release();
    }
  }

  async #firstFree(name: string, cache: CacheMount, signal: AbortSignal | undefined): Promise<AcquiredCache> {
    for (let slot = 0; slot < MAX_SLOTS; slot++) {
      const lock = await tryLock(lockName(name, slot));
      if (lock !== undefined) return await this.#held(name, slot, cache, lock, signal);
    }
    return await this.#held(name, 0, cache, await lockWaiting(lockName(name, 0), signal), signal);
  }

  async #held(
    name: string,
    slot: number,
    cache: CacheMount,
    lock: Lock,
    signal: AbortSignal | undefined,
  ): Promise<AcquiredCache> {
    const release = async (): Promise<void> => void lock.release();
    try {
      return { path: await this.#ready(name, slot, cache, signal), [Symbol.asyncDispose]: release };
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** The cache's folder, made when it is new. One at a time, so that two steps of one build do not both make it. */
  async #ready(
    name: string,
    slot: number,
    cache: CacheMount,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const place = join(this.#folder, name, String(slot));
    const made = this.#making.then(async () => {
      const known = await stat(join(place, 'data')).catch(() => undefined);
      if (known === undefined) await this.#make(place, cache, signal);
    });
    this.#making = made.catch(() => undefined);
    await made;
    const now = new Date();
    await utimes(place, now, now);
    return join(place, 'data');
  }

  /** `mode`, `uid` and `gid` shape a new cache only, and only one without a seed (BuildKit, solver/llbsolver/mounts). */
  async #make(place: string, cache: CacheMount, signal: AbortSignal | undefined): Promise<void> {
    const fresh = join(this.#scratch, `cache-${++this.#counter}`);
    await mkdir(fresh);
    if (cache.seed === undefined) await mkdir(join(fresh, 'data'));
    else await this.#seed(join(fresh, 'data'), cache, signal);
    if (cache.seed === undefined || cache.source === '' || cache.source === '/') {
      await chown(join(fresh, 'data'), cache.uid, cache.gid);
      await chmod(join(fresh, 'data'), cache.mode);
    }
    await mkdir(join(place, '..'), { recursive: true });
    // Another worker may have been quicker: then its cache is as good.
    await rename(fresh, place).catch(() => removeTree(fresh));
  }

  async #seed(data: string, cache: CacheMount, signal: AbortSignal | undefined): Promise<void> {
    await using view = await this.#snapshotter.view(cache.seed ?? [], signal);
    const { outside, stat: found } = new RootPaths(view.path).resolve(cache.source);
    if (found?.isDirectory() !== true) await mkdir(data);
    else await execOk(['cp', '-a', '--reflink=auto', '--', outside.toString(), data], { signal });
  }
}

function lockName(name: string, slot: number): string {
  return `cache-${name}-${slot}`;
}
