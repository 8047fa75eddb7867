import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DiffId, encoded } from '../digest.ts';
import type { LayerIndex } from './entry.ts';
import { parseIndexOf, serialiseIndexOf } from './index-format.ts';

/** Layer indexes by diffID. */
export interface LayerIndexStore {
  /** undefined when it is not here, or damaged: then it is made again from the layer. */
  get(diffId: DiffId): Promise<LayerIndex | undefined>;
  put(index: LayerIndex): Promise<void>;
}

/** Keeps indexes as files of a folder, which is made when the first one comes. Several processes may share it. */
export function layerIndexStore(folder: string): LayerIndexStore {
  // Steps of one build ask for the same few again and again.
  const recent = new Map<DiffId, LayerIndex>();
  const pathOf = (diffId: DiffId): string => join(folder, encoded(diffId));
  return {
    async get(diffId) {
      const known = recent.get(diffId);
      if (known !== undefined) return known;
      try {
        const index = await parseIndexOf(await readFile(pathOf(diffId)), diffId);
        recent.set(diffId, index);
        return index;
      } catch {
        return undefined;
      }
    },
    async put(index) {
      if (recent.has(index.diffId)) return;
      recent.set(index.diffId, index);
      await mkdir(folder, { recursive: true });
      const temporary = join(folder, `.${randomUUID()}`);
      try {
        await writeFile(temporary, await serialiseIndexOf(index));
        await rename(temporary, pathOf(index.diffId));
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
  };
}
