import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DiffId, encoded } from '../digest.ts';
import type { LayerIndex } from '../layer/entry.ts';
import { parseIndexOf, serialiseIndexOf } from '../layer/index-format.ts';

/** Keeps what layers hold, by diffID. */
export interface LayerIndexes {
  /** undefined when it is not there or cannot be read: then it is made again from the layer. */
  get(diffId: DiffId): Promise<LayerIndex | undefined>;
  put(index: LayerIndex): Promise<void>;
}

/**
 * Indexes as files `<folder>/<hex>.index`. Several processes may work on one folder. A file's modification time is when it was last used. Failures are no errors: an index
 * that cannot be kept is made again.
 */
export function layerIndexFolder(folder: string): LayerIndexes {
  const pathOf = (diffId: DiffId): string => join(folder, `${encoded(diffId)}.index`);
  return {
    async get(diffId) {
      const path = pathOf(diffId);
      try {
        const index = await parseIndexOf(await readFile(path), diffId);
        const now = new Date();
        await utimes(path, now, now).catch(() => undefined);
        return index;
      } catch {
        return undefined;
      }
    },
    async put(index) {
      const temporary = join(folder, `.${randomUUID()}`);
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(temporary, await serialiseIndexOf(index));
        await rename(temporary, pathOf(index.diffId));
      } catch {
        await rm(temporary, { force: true }).catch(() => undefined);
      }
    },
  };
}
