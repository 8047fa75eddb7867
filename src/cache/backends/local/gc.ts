import type { ContentStore, StoredContent } from '../../../image/content-store.ts';
import type { CacheFile, LocalFolder } from './folder.ts';

export interface GcOptions {
  readonly folder: LocalFolder;
  readonly content: ContentStore;
  /** Bytes that records and content may have together afterwards. */
  readonly maxSize?: number;
  /** What was not used for so long goes. Milliseconds. */
  readonly maxAge?: number;
  /** What was used within this is never deleted: a running build may count on it. Milliseconds; default an hour. */
  readonly grace?: number;
  /** Milliseconds since 1970. */
  readonly now?: number;
}

export interface GcReport {
  /** Bytes. */
  readonly before: number;
  readonly after: number;
  readonly blobsDeleted: number;
  readonly filesDeleted: number;
}

const HOUR = 3_600_000;

type Item =
  | { readonly kind: 'blob'; readonly size: number; readonly lastUsed: Date; readonly blob: StoredContent }
  | { readonly kind: 'file'; readonly size: number; readonly lastUsed: Date; readonly file: CacheFile };

/**
 * Deletes the least recently used records and blobs until the limits are kept. Nothing has to be locked: what was used a short while ago stays,
 * and a record whose layer is gone is a miss.
 */
export async function collectGarbage(options: GcOptions): Promise<GcReport> {
  const { folder, content, maxSize = Number.POSITIVE_INFINITY, maxAge = Number.POSITIVE_INFINITY } = options;
  const { grace = HOUR, now = Date.now() } = options;
  const items = await itemsOf(folder, content);
  const before = items.reduce((sum, item) => sum + item.size, 0);
  let after = before;
  const deleted = { blob: 0, file: 0 };
  for (const item of items) {
    const age = now - item.lastUsed.getTime();
    const abandoned = item.kind === 'file' && item.file.kind === 'temporary';
    const unwanted = abandoned || age > maxAge || after > maxSize;
    // Sorted by age: all that follow were used later.
    if (age < grace) break;
    if (!unwanted) continue;
    await (item.kind === 'blob' ? content.delete(item.blob.digest) : folder.delete(item.file.path));
    after -= item.size;
    deleted[item.kind] += 1;
  }
  return { before, after, blobsDeleted: deleted.blob, filesDeleted: deleted.file };
}

/** Least recently used first. */
async function itemsOf(folder: LocalFolder, content: ContentStore): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const blob of content.list()) {
    items.push({ kind: 'blob', size: blob.size, lastUsed: blob.lastUsed, blob });
  }
  for await (const file of folder.files()) {
    items.push({ kind: 'file', size: file.size, lastUsed: file.lastUsed, file });
  }
  return items.sort((a, b) => a.lastUsed.getTime() - b.lastUsed.getTime());
}
