import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import { BuildError, reasonOf } from '../../base/errors.ts';
import type { BuildCache, CachedMount, MountCache } from '../../cache/build-cache.ts';
import { type CacheKey, parseCacheKey } from '../../image/cache-key.ts';
import type { ContentStore } from '../../image/content-store.ts';
import type { Digest } from '../../image/digest.ts';
import type { RunOp } from '../../plan/graph.ts';
import { cacheShape } from '../../worker/cache-shape.ts';
import type { CacheMount, Worker, WorkerMount } from '../../worker/worker.ts';
import type { MountReport } from '../engine.ts';
import { cacheMount } from './ops/run.ts';

export interface KeptMountsOptions {
  readonly from: readonly BuildCache[];
  readonly to: readonly BuildCache[];
  /** For archives on their way to a cache. */
  readonly store: ContentStore;
  /** Most bytes of one mount, and half of what all mounts of a build may have. */
  readonly limit: number;
  /** When the build began, in milliseconds since 1970. */
  readonly now: number;
}

interface Keeper {
  readonly name: string;
  readonly mounts: MountCache;
  /** As BuildCache.isUnsure. */
  readonly isUnsure: (digest: Digest) => boolean;
}

interface Kept {
  readonly mount: CacheMount;
  readonly key: CacheKey;
  readonly restoring: Promise<MountReport['restored']>;
  /** A step that could write to it has ended well. */
  written: boolean;
  saved: MountReport['saved'];
  /** What is under way to caches. */
  readonly saving: { readonly name: string; readonly done: Promise<boolean> }[];
}

/** Restores under way: each holds some MiB. */
const AT_ONCE = 2;
/** Whoever unpacks an archive has all names in memory. */
const MOST_MEMBERS = 1_000_000;
const TAR_HEADER = 512;
const NOT_ENDED = 'the build did not get to its end';

/**
 * The folders of RUN --mount=type=cache of one build, as far as caches keep them: each is restored when the first step that mounts it is about
 * to run, and saved when it was changed and all steps have ended well. What a failed or cancelled step left may be half of something, and a
 * cache would hand it to every later build: unlike the folder on a machine of one's own, nobody can look into it or throw it away by hand.
 */
export class KeptMounts {
  readonly #from: readonly Keeper[];
  readonly #to: readonly Keeper[];
  readonly #store: ContentStore;
  readonly #limit: number;
  readonly #now: number;
  readonly #slots = pLimit(AT_ONCE);
  readonly #kept = new Map<CacheKey, Kept>();
  readonly #spooled = new Set<Digest>();
  #savedSize = 0;

  constructor({ from, to, store, limit, now }: KeptMountsOptions) {
    this.#from = from.flatMap(keeperOf);
    this.#to = to.flatMap(keeperOf);
    this.#store = store;
    this.#limit = limit;
    this.#now = now;
  }

  /** Begins to restore what a step will mount, beside all that is done before it can start. */
  begin(op: RunOp, worker: () => Promise<Worker>, signal: AbortSignal): void {
    for (const mount of op.mounts) {
      // What a mount with a seed is called is known when its seed is here.
      if (mount.type === 'cache' && mount.from === undefined)
        this.#keep(cacheMount(mount, op), worker, signal);
    }
  }

  /** All that can be restored for a step is in place. Never rejects but for an abort. */
  async ready(
    mounts: readonly WorkerMount[],
    worker: () => Promise<Worker>,
    signal: AbortSignal,
  ): Promise<void> {
    const caches = mounts.filter((mount) => mount.type === 'cache');
    await Promise.all(caches.map((mount) => this.#keep(mount, worker, signal)?.restoring));
  }

  /** A step has ended well. */
  written(mounts: readonly WorkerMount[]): void {
    for (const mount of mounts) {
      const kept = mount.type === 'cache' && !mount.readonly ? this.#kept.get(keyOf(mount)) : undefined;
      if (kept !== undefined) kept.written = true;
    }
  }

  /** Hands over what has changed. Called when all steps have ended well; uploads go on until the caches are finished. Never rejects. */
  async save(worker: () => Promise<Worker>, signal: AbortSignal): Promise<void> {
    for (const kept of this.#kept.values()) {
      try {
        kept.saved = await this.#save(kept, worker, signal);
      } catch (error) {
        kept.saved = { type: 'not-saved', reason: reasonOf(error) };
      }
    }
  }

  /** What became of each mount; after the caches are finished. */
  async reports(): Promise<readonly MountReport[]> {
    const reports = await Promise.all([...this.#kept.values()].map(reportOf));
    for (const digest of this.#spooled) await this.#store.delete(digest).catch(() => undefined);
    return reports;
  }

  #keep(mount: CacheMount, worker: () => Promise<Worker>, signal: AbortSignal): Kept | undefined {
    if (this.#from.length === 0 && this.#to.length === 0) return undefined;
    const key = keyOf(mount);
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const restoring = this.#restore(mount, key, worker, signal);
    const saved: MountReport['saved'] = { type: 'not-saved', reason: NOT_ENDED };
    const kept: Kept = { mount, key, restoring, written: false, saved, saving: [] };
    this.#kept.set(key, kept);
    // An attempt that was stopped leaves the next one to restore.
    restoring.catch(() => this.#kept.delete(key));
    return kept;
  }

  async #restore(
    mount: CacheMount,
    key: CacheKey,
    worker: () => Promise<Worker>,
    signal: AbortSignal,
  ): Promise<MountReport['restored']> {
    const reasons: string[] = [];
    for (const keeper of this.#from) {
      const { name, mounts } = keeper;
      const found = await mounts.find(key);
      if (found === undefined) continue;
      const { size, unpacked, members } = found.archive;
      if (unpacked > this.#limit) return { type: 'too-big', size: unpacked, limit: this.#limit };
      if (members > MOST_MEMBERS) return { type: 'not-restored', reason: tooMany(members) };
      try {
        const open = (): Promise<AsyncIterable<Uint8Array>> => openArchive(keeper, found, signal);
        const isNew = await this.#slots(async () =>
          (await worker()).restoreCache(mount, found.archive, open, signal),
        );
        return isNew ? { type: 'restored', from: name, size, savedAt: found.savedAt } : { type: 'present' };
      } catch (error) {
        signal.throwIfAborted();
        reasons.push(`${name}: ${reasonOf(error)}`);
      }
    }
    return reasons.length === 0 ? { type: 'new' } : { type: 'not-restored', reason: reasons.join('; ') };
  }

  async #save(kept: Kept, worker: () => Promise<Worker>, signal: AbortSignal): Promise<MountReport['saved']> {
    if (this.#to.length === 0) return { type: 'not-saved', reason: 'no cache in use may be written' };
    const { mount, key, written } = kept;
    const state = written ? await (await worker()).inspectCache(mount, signal) : undefined;
    if (state === undefined) return { type: 'unchanged' };
    const found = await Promise.all(this.#to.map(({ mounts }) => mounts.find(key)));
    if (state.members === 0 && found.every((each) => each === undefined)) return { type: 'empty' };
    const outdated = (archive: Digest | undefined): readonly Keeper[] =>
      this.#to.filter((_, i) => archive === undefined || found[i]?.archive.digest !== archive);
    if (outdated(state.archive).length === 0) return { type: 'unchanged' };
    const limit = Math.min(this.#limit, 2 * this.#limit - this.#savedSize);
    const least = state.size + TAR_HEADER * state.members;
    if (least > limit) return { type: 'too-big', size: least, limit };
    if (state.members > MOST_MEMBERS) return { type: 'not-saved', reason: tooMany(state.members) };
    const archive = await (await worker()).packCache(mount, (bytes) => this.#spool(bytes), signal);
    const targets = outdated(archive.digest);
    if (targets.length === 0) return { type: 'unchanged' };
    // Now with all headers and padding, as it will be measured when it is restored.
    if (archive.unpacked > limit) return { type: 'too-big', size: archive.unpacked, limit };
    this.#savedSize += archive.unpacked;
    const { id, platform } = mount;
    const fresh: CachedMount = { key, id, platform, archive, savedAt: this.#now };
    for (const { name, mounts } of targets) {
      kept.saving.push({ name, done: mounts.save(fresh, () => this.#store.open(archive.digest)) });
    }
    return { type: 'saved', to: targets.map(({ name }) => name), size: archive.size };
  }

  /** Uploads need to know digest and size before they begin. */
  async #spool(bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const { digest } = await this.#store.put(bytes);
    this.#spooled.add(digest);
  }
}

async function openArchive(
  { mounts, isUnsure }: Keeper,
  found: CachedMount,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const bytes = await mounts.open(found, signal);
  if (bytes !== undefined) return bytes;
  throw new BuildError({
    kind: 'remote',
    code: 'CACHE_MOUNT_GONE',
    message: isUnsure(found.archive.digest)
      ? 'its archive could not be had (see the notice)'
      : 'its archive is gone (evicted)',
  });
}

async function reportOf(kept: Kept): Promise<MountReport> {
  const { id, platform } = kept.mount;
  const restored = await kept.restoring.catch(() => ({ type: 'not-restored', reason: NOT_ENDED }) as const);
  return { id, platform, restored, saved: await savedOf(kept) };
}

async function savedOf({ saved, saving }: Kept): Promise<MountReport['saved']> {
  if (saved.type !== 'saved') return saved;
  const done = await Promise.all(
    saving.map(async ({ name, done: isSaved }) => ((await isSaved) ? [name] : [])),
  );
  const to = done.flat();
  return to.length > 0 ? { ...saved, to } : { type: 'not-saved', reason: 'see the notices of the cache' };
}

function tooMany(members: number): string {
  return `it has ${members} files and folders, more than ${MOST_MEMBERS}`;
}

function keeperOf(cache: BuildCache): readonly Keeper[] {
  const { name, mounts } = cache;
  const isUnsure = (digest: Digest): boolean => cache.isUnsure?.(digest) === true;
  return mounts === undefined ? [] : [{ name, mounts, isUnsure }];
}

/** Over what tells cache mounts apart: the same parts as on the worker's disk. */
function keyOf(mount: CacheMount): CacheKey {
  const { id, platform, seed, source } = mount;
  const begun = seed === undefined ? [] : [source, ...seed.map(({ diffId }) => diffId)];
  return parseCacheKey(
    createHash('sha256')
      .update(JSON.stringify([id, platform, ...begun, ...cacheShape(mount)]))
      .digest('hex'),
  );
}
