import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import { execOk } from '../../base/exec.ts';
import type { MountArchive } from '../../image/mount-archive.ts';
import { cacheShape } from '../cache-shape.ts';
import type { UnpackRules } from '../snapshot/layer-members.ts';
import { RootPaths } from '../snapshot/root-paths.ts';
import { removeTree, treeSize } from '../snapshot/trees.ts';
import type { Snapshotter } from '../snapshotter.ts';
import type { CacheMount, CacheState } from '../worker.ts';
import { packCache, unpackCache } from './cache-archive.ts';
import { listCache } from './cache-listing.ts';
import { readMark, writeMark } from './cache-mark.ts';
import { type Lock, type LockKind, lockWaiting, tryLock } from './lock.ts';
import { missingMountSource } from './missing-mount-source.ts';

export interface AcquiredCache extends AsyncDisposable {
  readonly path: string;
}

/** Most copies of one private cache. */
const MAX_SLOTS = 256;

export interface CacheMountsOptions {
  readonly folder: string;
  /** A folder for files to lock; shared with all workers that have the same `folder`. */
  readonly locks: string;
  /** A folder of this worker on the same file system. */
  readonly scratch: string;
  readonly snapshotter: Snapshotter;
  readonly rules: UnpackRules;
}

/**
 * Folders that outlive builds, by id and platform: `caches/HASH/SLOT/data`. What is kept elsewhere is the first slot. The kernel takes locks back
 * when their owner dies, so that workers of several builds share the folders safely.
 */
export class CacheMounts {
  readonly #options: CacheMountsOptions;
  #making: Promise<unknown> = Promise.resolve();
  #counter = 0;

  constructor(options: CacheMountsOptions) {
    this.#options = options;
  }

  /**
   * Those who share a cache wait for one who has it alone, and the other way round, whichever builds they belong to; a private one that is in use
   * gets another copy.
   */
  async acquire(cache: CacheMount, signal?: AbortSignal): Promise<AcquiredCache> {
    const name = this.nameOf(cache);
    if (cache.sharing === 'private') return await this.#firstFree(name, cache, signal);
    const lock = await lockWaiting(this.#lockFile(name, 0), lockKind(cache), signal);
    return await this.#held(name, 0, cache, lock, signal);
  }

  /** Fills a cache that is not here; false when it is. Throws as `Worker.restoreCache`. */
  async restore(
    cache: CacheMount,
    archive: MountArchive,
    open: () => Promise<AsyncIterable<Uint8Array>>,
    signal?: AbortSignal,
  ): Promise<boolean> {
    const place = join(this.#options.folder, this.nameOf(cache), '0');
    if ((await stat(place).catch(() => undefined)) !== undefined) return false;
    const fresh = join(this.#options.scratch, `cache-${++this.#counter}`);
    const data = join(fresh, 'data');
    await mkdir(data, { recursive: true });
    try {
      await unpackCache(archive, await open(), data, this.#options.rules, signal);
      const { fingerprint } = await listCache(data, signal);
      await writeMark(fresh, { archive: archive.digest, fingerprint });
      await mkdir(join(place, '..'), { recursive: true });
    } catch (error) {
      await removeTree(fresh);
      throw error;
    }
    // Another worker may have been quicker: then its cache is as good.
    return await rename(fresh, place).then(
      () => true,
      () => removeTree(fresh).then(() => false),
    );
  }

  /** Undefined when there is no such cache. @throws BuildError `CACHE_MOUNT_BUSY` */
  async inspect(cache: CacheMount, signal?: AbortSignal): Promise<CacheState | undefined> {
    const place = join(this.#options.folder, this.nameOf(cache), '0');
    if ((await stat(place).catch(() => undefined)) === undefined) return undefined;
    return await this.#quiet(cache, async () => {
      const { size, paths, fingerprint } = await listCache(join(place, 'data'), signal);
      const mark = await readMark(place);
      const same = mark?.fingerprint === fingerprint;
      return { size, members: paths.length, ...(same ? { archive: mark.archive } : {}) };
    });
  }

  /** Throws as `Worker.packCache`, and what `write` throws. */
  async pack(
    cache: CacheMount,
    write: (chunk: Uint8Array) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<MountArchive> {
    const place = join(this.#options.folder, this.nameOf(cache), '0');
    return await this.#quiet(cache, async () => {
      const data = join(place, 'data');
      const { paths, fingerprint } = await listCache(data, signal);
      const archive = await packCache(data, paths, write, signal);
      await writeMark(place, { archive: archive.digest, fingerprint });
      return archive;
    });
  }

  /** With nobody who has the cache alone, or deletes it. Whoever packs what is shared has to see for himself whether it stays as it is. */
  async #quiet<T>(cache: CacheMount, work: () => Promise<T>): Promise<T> {
    const lock = await tryLock(this.#lockFile(this.nameOf(cache), 0), lockKind(cache));
    if (lock === undefined) {
      const message = 'another build is using it';
      throw new BuildError({ kind: 'environment', code: 'CACHE_MOUNT_BUSY', message });
    }
    try {
      return await work();
    } finally {
      lock.release();
    }
  }

  /**
   * Tells caches apart; the same in every worker. What a cache began with is part of its name, as in BuildKit (solver/llbsolver/mounts,
   * getRefCacheDir).
   */
  nameOf(cache: CacheMount): string {
    const { id, platform, seed, source } = cache;
    const layers = seed?.map(({ diffId }) => diffId) ?? [];
    const shape = cacheShape(cache).map((each) => `\0${each}`);
    const begun = (seed === undefined ? '' : `\0${source}\0${layers.join(' ')}`) + shape.join('');
    return createHash('sha256')
      .update(`${this.#options.folder}\0${id}\0${platform}${begun}`)
      .digest('hex')
      .slice(0, 32);
  }

  async prune(before: Date): Promise<number> {
    let freed = 0;
    for (const name of await readdir(this.#options.folder)) {
      for (const slot of await readdir(join(this.#options.folder, name))) {
        freed += await this.#pruneSlot(name, slot, before);
      }
    }
    return freed;
  }

  async #pruneSlot(name: string, slot: string, before: Date): Promise<number> {
    const place = join(this.#options.folder, name, slot);
    const isOld = async (): Promise<boolean> => {
      const info = await stat(place).catch(() => undefined);
      return info !== undefined && info.mtime < before;
    };
    if (!(await isOld())) return 0;
    const lock = await tryLock(this.#lockFile(name, Number(slot)), 'exclusive');
    if (lock === undefined) return 0;
    try {
      // It may have been used, or pruned, meanwhile.
      if (!(await isOld())) return 0;
      const size = await treeSize(place);
      await removeTree(place);
      return size;
    } finally {
      lock.release();
    }
  }

  async #firstFree(name: string, cache: CacheMount, signal: AbortSignal | undefined): Promise<AcquiredCache> {
    for (let slot = 0; slot < MAX_SLOTS; slot++) {
      const lock = await tryLock(this.#lockFile(name, slot), 'exclusive');
      if (lock !== undefined) return await this.#held(name, slot, cache, lock, signal);
    }
    const lock = await lockWaiting(this.#lockFile(name, 0), 'exclusive', signal);
    return await this.#held(name, 0, cache, lock, signal);
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
    const place = join(this.#options.folder, name, String(slot));
    const made = this.#making.then(async () => {
      if (!(await isFolder(join(place, 'data')))) await this.#make(place, cache, signal);
    });
    this.#making = made.catch(() => undefined);
    await made;
    const now = new Date();
    await utimes(place, now, now);
    return join(place, 'data');
  }

  /** `mode`, `uid` and `gid` shape a new cache only, and only one without a seed (BuildKit, solver/llbsolver/mounts). */
  async #make(place: string, cache: CacheMount, signal: AbortSignal | undefined): Promise<void> {
    const fresh = join(this.#options.scratch, `cache-${++this.#counter}`);
    const data = join(fresh, 'data');
    await mkdir(fresh);
    try {
      if (cache.seed === undefined) await mkdir(data);
      else await this.#seed(data, cache, signal);
      if (cache.seed === undefined || cache.source === '' || cache.source === '/') {
        await chown(data, cache.uid, cache.gid);
        await chmod(data, cache.mode);
      }
      await mkdir(join(place, '..'), { recursive: true });
      await rename(fresh, place).catch(() => this.#fill(place, fresh));
    } catch (error) {
      await removeTree(fresh);
      throw error;
    }
  }

  /** Another worker may have been quicker: then its cache is as good. Of one that was killed while a step had the folder, only the mark is left. */
  async #fill(place: string, fresh: string): Promise<void> {
    const data = join(place, 'data');
    if (!(await isFolder(data))) {
      await rm(data, { force: true });
      await rename(join(fresh, 'data'), data);
    }
    await removeTree(fresh);
  }

  #lockFile(name: string, slot: number): string {
    return join(this.#options.locks, `${name}-${slot}`);
  }

  async #seed(data: string, cache: CacheMount, signal: AbortSignal | undefined): Promise<void> {
    await using view = await this.#options.snapshotter.view(cache.seed ?? [], signal);
    const { outside, stat: found } = new RootPaths(view.path).resolve(cache.source);
    if (found === undefined) throw missingMountSource(cache.source);
    if (!found.isDirectory()) await mkdir(data);
    else await execOk(['cp', '-a', '--reflink=auto', '--', outside.toString(), data], { signal });
  }
}

function lockKind({ sharing }: CacheMount): LockKind {
  return sharing === 'shared' ? 'shared' : 'exclusive';
}

/** Not a link to one: a step that had the cache could have left it. */
async function isFolder(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isDirectory() === true;
}
