import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { toBuildError } from '../../base/errors.ts';
import { danglingIn } from '../../cache/backends/local/dangling.ts';
import { LocalFolder } from '../../cache/backends/local/folder.ts';
import { heldIn } from '../../cache/backends/local/held.ts';
import { type HeldItem, usedSince } from '../../cache/backends/local/held-item.ts';
import { ociLayoutStore } from '../../image/store/oci-layout.ts';
import type { Worker } from '../../worker/worker.ts';
import { workerFor } from '../worker.ts';

/** What a folder holds for later builds. */
export interface HeldFolder extends AsyncDisposable {
  readonly items: readonly HeldItem[];
  /** Why some of it could not be looked at. */
  readonly unseen?: string;
  /** See danglingIn. */
  dangling(): Promise<(item: HeldItem) => boolean>;
  /** To be called after items were removed: some go all at once. */
  finish(): Promise<void>;
}

/** Names of the worker's folders: files of root and of user namespaces have owners that the other cannot handle. */
const ROOTS = 'root';
const USERS = 'userns';
/** A file that is written but not yet at its place is not older than this while its process lives. Milliseconds. */
const TEMPORARY_LIFE = 3_600_000;

/** The folder of a `type=local` cache. */
export async function openHeldCache(folder: string): Promise<HeldFolder> {
  return {
    ...(await heldFiles(join(folder, 'records'), join(folder, 'content'))),
    finish: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** A state folder. What belongs to root in it is asked of the worker, which is started when there is some. */
export async function openHeldState(
  stateDir: string,
  onNotice: (message: string) => void,
): Promise<HeldFolder> {
  const { items, dangling } = await heldFiles(join(stateDir, 'cache'), join(stateDir, 'content'));
  const indexes = await heldIndexes(join(stateDir, 'indexes'));
  const { worker, unseen } = await workerOf(stateDir, onNotice);
  /** Milliseconds since 1970: what the worker keeps and was not used since goes. */
  let cut: number | undefined;
  const folders = (worker === undefined ? [] : await heldBy(worker)).map(
    ({ kind, name, size, lastUsed }): HeldItem => {
      return {
        kind: kind === 'layer' ? 'unpacked' : 'mount',
        id: name,
        size,
        lastUsed,
        remove: () => {
          cut = Math.max(cut ?? 0, lastUsed.getTime() + 1);
          return Promise.resolve(true);
        },
      };
    },
  );
  return {
    items: [...items, ...indexes, ...folders],
    ...(unseen === undefined ? {} : { unseen }),
    dangling,
    finish: async () => {
      if (cut !== undefined) await worker?.prune(new Date(cut));
    },
    [Symbol.asyncDispose]: async () => worker?.[Symbol.asyncDispose](),
  };
}

/** A worker that cannot tell is of no use, and would keep the program from ending. */
async function heldBy(worker: Worker): ReturnType<Worker['held']> {
  try {
    return await worker.held();
  } catch (error) {
    await worker[Symbol.asyncDispose]();
    throw error;
  }
}

async function heldFiles(records: string, blobs: string): Promise<Pick<HeldFolder, 'items' | 'dangling'>> {
  const folder = new LocalFolder(records);
  const content = ociLayoutStore(blobs);
  return { items: await heldIn(folder, content), dangling: () => danglingIn(folder, content) };
}

/** Of a layerIndexStore. */
async function heldIndexes(folder: string): Promise<readonly HeldItem[]> {
  const names = await readdir(folder).catch(() => []);
  const items = await Promise.all(
    names.map(async (name): Promise<HeldItem[]> => {
      const path = join(folder, name);
      const found = await stat(path).catch(() => undefined);
      if (found?.isFile() !== true) return [];
      const isTemporary = name.startsWith('.');
      if (isTemporary && found.mtimeMs > Date.now() - TEMPORARY_LIFE) return [];
      const remove = async (): Promise<boolean> => {
        if (await usedSince(path, found.mtime)) return false;
        await rm(path, { force: true });
        return true;
      };
      return [
        {
          kind: isTemporary ? 'temporary' : 'index',
          id: name,
          size: found.size,
          lastUsed: found.mtime,
          remove,
        },
      ];
    }),
  );
  return items.flat();
}

async function workerOf(
  stateDir: string,
  onNotice: (message: string) => void,
): Promise<{ readonly worker?: Worker; readonly unseen?: string }> {
  const names = await readdir(join(stateDir, 'worker')).catch(() => []);
  const kept = names.filter((name) => name === ROOTS || name.startsWith(USERS));
  if (kept.length === 0) return {};
  try {
    const worker = await workerFor({ stateDir, isolation: 'auto', onNotice })();
    const { privilege } = await worker.isolation();
    const isRoot = privilege.startsWith('root');
    const others = kept.some((name) => (name === ROOTS) !== isRoot);
    if (!others) return { worker };
    const whose = isRoot ? 'in user namespaces' : 'as root';
    return { worker, unseen: `unpacked layers and cache mounts of builds ${whose}` };
  } catch (thrown) {
    return { unseen: `unpacked layers and cache mounts: ${toBuildError(thrown).message.split('\n')[0]}` };
  }
}
