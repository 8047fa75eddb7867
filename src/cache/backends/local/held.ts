import { basename } from 'node:path';
import type { ContentStore } from '../../../image/content-store.ts';
import type { CacheFile, LocalFolder } from './folder.ts';
import { type HeldItem, type HeldKind, usedSince } from './held-item.ts';

/** All records and indexes of a cache's folder and all blobs of its store. */
export async function heldIn(folder: LocalFolder, content: ContentStore): Promise<readonly HeldItem[]> {
  const items: HeldItem[] = [];
  for await (const { digest, size, lastUsed } of content.list()) {
    const path = content.pathOf(digest);
    const remove = async (): Promise<boolean> => {
      if (path !== undefined && (await usedSince(path, lastUsed))) return false;
      await content.delete(digest);
      return true;
    };
    items.push({ kind: 'blob', id: digest, size, lastUsed, remove });
  }
  for await (const { path, kind, size, lastUsed } of folder.files()) {
    const remove = async (): Promise<boolean> => {
      if (await usedSince(path, lastUsed)) return false;
      await folder.delete(path);
      return true;
    };
    items.push({ kind: KINDS[kind], id: basename(path, '.json'), size, lastUsed, remove });
  }
  return items;
}

/** A step's newest record and a cache mount are records as well. */
const KINDS: Readonly<Record<CacheFile['kind'], HeldKind>> = {
  record: 'record',
  step: 'record',
  index: 'index',
  mount: 'record',
  temporary: 'temporary',
};
