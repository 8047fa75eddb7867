import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../base/make-folder.ts';
import { type DiffId, encoded } from '../digest.ts';
import type { LayerIndex } from './entry.ts';
import { parseIndexOf, serialiseIndexOf } from './index-format.ts';

/** Layer indexes by diffID. */
export interface LayerIndexStore {
  /** undefined when it is not here, or damaged: then it is made again from the layer. */
  get(diffId: DiffId): Promise<LayerIndex | undefined>;
  /** Never fails: an index that cannot be kept on the disk is kept in memory. */
  put(index: LayerIndex): Promise<void>;
}

/**
 * Keeps indexes as files of a folder, which is made when the first one comes. Several processes may share it. A file's modification time is when it
 * was last used.
 */
export function layerIndexStore(folder: string): LayerIndexStore {
  // Steps of one build ask for the same few again and again.
  const recent = new Map<DiffId, LayerIndex>();
  const pathOf = (diffId: DiffId): string => join(folder, encoded(diffId));
  return {
    async get(diffId) {
      const index = recent.get(diffId) ?? (await readIndex(pathOf(diffId), diffId));
      if (index !== undefined) recent.set(diffId, index);
      return index;
    },
    async put(index) {
      if (recent.has(index.diffId)) return;
      recent.set(index.diffId, index);
      const temporary = join(folder, `.${randomUUID()}`);
      try {
        makeFolder(folder);
        await writeFile(temporary, await serialiseIndexOf(index));
        await rename(temporary, pathOf(index.diffId));
      } catch {
        await rm(temporary, { force: true }).catch(() => undefined);
      }
    },
  };
}

async function readIndex(path: string, diffId: DiffId): Promise<LayerIndex | undefined> {
  try {
    const index = await parseIndexOf(await readFile(path), diffId);
    const now = new Date();
    await utimes(path, now, now).catch(() => undefined);
    return index;
  } catch {
    return undefined;
  }
}
