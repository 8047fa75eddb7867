import { chmodSync, closeSync } from 'node:fs';
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import type { SandboxMount } from '../sandbox.ts';
import { bindFile, mount, unmount } from '../snapshot/mount.ts';
import { openInside } from '../snapshot/open-inside.ts';
import { type ResolvedPath, RootPaths } from '../snapshot/root-paths.ts';
import type { Snapshotter } from '../snapshotter.ts';
import type { WorkerMount } from '../worker.ts';
import type { AcquiredCache, CacheMounts } from './cache-mounts.ts';
import type { Cleanup } from './cleanup.ts';
import { missingMountSource } from './missing-mount-source.ts';
import { proxySocket } from './socket-proxy.ts';

export interface MountContext {
  readonly snapshotter: Snapshotter;
  readonly caches: CacheMounts;
  /** Takes what has to be put away after the run. */
  readonly cleanup: Cleanup;
  /** Whether the step sees mounts; where not, all content is put into its root. */
  readonly mounts: boolean;
  /** The run's folder on a tmpfs, for what must not reach a disk. */
  readonly scratch: string;
  /** Names the run in folders of the snapshotter. */
  readonly name: string;
  readonly signal?: AbortSignal | undefined;
}

/** A mount with its content in place. */
export interface PreparedMount {
  readonly source: string;
  readonly target: string;
  readonly kind: 'folder' | 'file';
  readonly readonly: boolean;
  /** An empty folder, with the mode of the one in whose place it is mounted. */
  readonly takesMode?: boolean;
  /** Where nothing can be mounted the source itself goes to the target and comes back; everything else is copied. */
  readonly lasting?: boolean;
}

/**
 * Gets the content of a step's mounts ready, parents first.
 * @throws BuildError `MOUNT_SOURCE_NOT_FOUND`; those of the snapshotter
 */
export async function prepareMounts(
  mounts: readonly WorkerMount[],
  context: MountContext,
): Promise<PreparedMount[]> {
  const sorted = [...mounts].sort((a, b) => depth(a.target) - depth(b.target));
  // One after the other: two steps that want the same caches must ask for them in the same order.
  const order = sorted.map((each) => lockOrder(each, context.caches));
  const ordered = [...sorted.keys()].sort((a, b) => compare(order[a], order[b]) || a - b);
  const prepared: PreparedMount[] = [];
  const acquired = new Map<string, AcquiredCache>();
  for (const index of ordered) {
    const each = sorted[index];
    if (each !== undefined) prepared[index] = await prepareMount(each, index, { ...context, acquired });
  }
  return prepared;
}

/**
 * Makes the mount points. `paths` learns what covers what, so that a mount can lie inside another one.
 * @throws BuildError `MOUNT_TARGET`
 */
export function placeMounts(mounts: readonly PreparedMount[], paths: RootPaths): SandboxMount[] {
  return mounts.map((each) => {
    const { source, target, kind, readonly, lasting } = each;
    checkOutsideProc(target, paths);
    takeMode(each, paths);
    const { inside } = paths.mountPoint(target, kind);
    paths.cover(inside, source, { shared: lasting === true, readonly });
    return { source, target: inside, readonly };
  });
}

/**
 * What the kernel shows there is not the root's: `/proc/1/root` of the process that mounts is the machine's own root.
 * @throws BuildError `MOUNT_TARGET`
 */
function checkOutsideProc(target: string, paths: RootPaths): void {
  const proc = paths.resolve('proc').inside;
  if (!paths.resolve(target).inside.startsWith(`${proc}/`)) return;
  throw new BuildError({
    kind: 'user',
    code: 'MOUNT_TARGET',
    message: `Nothing can be mounted at ${target}, as it is inside /proc`,
    hint: 'Take another target; if its path is no such one, a symlink of the image leads there.',
  });
}

/** As runc does it: a tmpfs has the mode of the folder that it covers, and 1777 where there is none. Those of `/dev` are not the image's. */
export function takeMode({ source, target, takesMode }: PreparedMount, paths: RootPaths): void {
  if (takesMode !== true) return;
  const { inside, stat } = paths.resolve(target);
  if (stat?.isDirectory() !== true || inside.startsWith('dev/')) return;
  chmodSync(source, Number(stat.mode & 0o7777n));
}

interface OneRun extends MountContext {
  /** By their names: a step that mounts one cache twice sees the same folder twice, and does not wait for itself. */
  readonly acquired: Map<string, AcquiredCache>;
}

async function prepareMount(each: WorkerMount, index: number, context: OneRun): Promise<PreparedMount> {
  switch (each.type) {
    case 'layers':
      return await prepareLayers(each, index, context);
    case 'cache':
      return await prepareCache(each, index, context);
    case 'tmpfs': {
      const source = join(context.scratch, `tmpfs-${index}`);
      await mkdir(source);
      await makeTemporary(source, each.size, context);
      return { source, target: each.target, kind: 'folder', readonly: each.readonly, takesMode: true };
    }
    case 'file': {
      const source = join(context.scratch, `file-${index}`);
      await writeFile(source, each.content, { mode: 0o600 });
      await chown(source, each.uid, each.gid);
      await chmod(source, each.mode);
      return { source, target: each.target, kind: 'file', readonly: true };
    }
    case 'socket': {
      const proxy = await proxySocket(join(context.scratch, `socket-${index}`), each.path, each);
      return { source: context.cleanup.use(proxy).path, target: each.target, kind: 'file', readonly: false };
    }
  }
}

/** Where nothing can be mounted it is an ordinary folder, whose size nobody limits. */
async function makeTemporary(
  folder: string,
  bytes: number | undefined,
  { mounts, cleanup }: MountContext,
): Promise<void> {
  if (!mounts) {
    await chmod(folder, 0o1777);
    return;
  }
  const size = bytes === undefined ? '' : `,size=${bytes}`;
  await mount('tmpfs', 'tmpfs', folder, `mode=1777,nosuid${size}`);
  cleanup.defer(() => unmount(folder));
}

async function prepareLayers(
  each: Extract<WorkerMount, { readonly type: 'layers' }>,
  index: number,
  { snapshotter, cleanup, name, signal }: MountContext,
): Promise<PreparedMount> {
  const view = each.readonly
    ? await snapshotter.view(each.stack, signal)
    : await snapshotter.create(each.stack, `${name}-mount-${index}`, signal);
  cleanup.use(view);
  const found = new RootPaths(view.path).resolve(each.source);
  return { ...sourceOf(found, each.source), target: each.target, readonly: each.readonly };
}

async function prepareCache(
  each: Extract<WorkerMount, { readonly type: 'cache' }>,
  index: number,
  context: OneRun,
): Promise<PreparedMount> {
  const { caches, cleanup, signal, acquired } = context;
  const name = caches.nameOf(each);
  const cache = acquired.get(name) ?? cleanup.use(await caches.acquire(each, signal));
  acquired.set(name, cache);
  // With a seed, `source` chose what was copied; without one it is a folder of the cache.
  const found = new RootPaths(cache.path).resolve(each.seed === undefined ? each.source : '');
  const { source, kind } = sourceOf(found, each.source);
  const pinned =
    context.mounts && found.inside !== ''
      ? await pin({ folder: cache.path, inside: found.inside, kind }, index, context)
      : source;
  return { source: pinned, kind, target: each.target, readonly: each.readonly, lasting: true };
}

/** A step that has the cache at the same time could put a symlink there, which would show this step the machine's own files. */
async function pin(
  { folder, inside, kind }: { folder: string; inside: string; kind: PreparedMount['kind'] },
  index: number,
  { scratch, cleanup }: MountContext,
): Promise<string> {
  const place = join(scratch, `cache-${index}`);
  const fd = openInside(folder, inside);
  try {
    await (kind === 'folder' ? mkdir(place) : writeFile(place, ''));
    await bindFile(fd, place);
  } finally {
    closeSync(fd);
  }
  cleanup.defer(() => unmount(place));
  return place;
}

function sourceOf(found: ResolvedPath, source: string): Pick<PreparedMount, 'source' | 'kind'> {
  if (found.stat === undefined) throw missingMountSource(source);
  return { source: found.outside.toString('utf8'), kind: found.stat.isDirectory() ? 'folder' : 'file' };
}

function depth(target: string): number {
  return target.split('/').filter((part) => part !== '').length;
}

/** Position by lock: caches that are waited for by name, the strictest first when a step asks for one in several ways; those that are not, last. */
function lockOrder(each: WorkerMount, caches: CacheMounts): string {
  if (each.type !== 'cache') return LAST;
  return each.sharing === 'private' ? LAST : `${caches.nameOf(each)} ${each.sharing}`;
}

/** Names are hexadecimal. */
const LAST = 'last';

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
