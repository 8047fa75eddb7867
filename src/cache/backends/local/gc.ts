import type { HeldItem } from './held-item.ts';

export interface GcLimits {
  /** Bytes that all items may have together afterwards. */
  readonly maxSize: number;
  /** What was used at this time or later is never deleted: a running build counts on it. Milliseconds since 1970. */
  readonly keepSince?: number | undefined;
  /** Only these go; the others count all the same. */
  readonly only?: ((item: HeldItem) => boolean) | undefined;
}

export interface GcReport {
  /** Bytes. */
  readonly before: number;
  readonly after: number;
  readonly deleted: readonly HeldItem[];
}

/**
 * Deletes what killed processes left, and the least recently used items until the limit is kept. Nothing has to be locked: what a running build
 * has used stays, what it comes to use meanwhile is looked at again, and a record whose layer is gone is a miss.
 */
export async function collectGarbage(items: readonly HeldItem[], limits: GcLimits): Promise<GcReport> {
  const { maxSize, keepSince = Number.POSITIVE_INFINITY, only } = limits;
  const before = items.reduce((sum, { size }) => sum + size, 0);
  let after = before;
  const deleted: HeldItem[] = [];
  for (const item of [...items].sort((a, b) => a.lastUsed.getTime() - b.lastUsed.getTime())) {
    // Sorted by age: all that follow were used later.
    if (item.lastUsed.getTime() >= keepSince) break;
    const isUnwanted = after > maxSize && only?.(item) !== false;
    if ((item.kind !== 'temporary' && !isUnwanted) || !(await item.remove())) continue;
    after -= item.size;
    deleted.push(item);
  }
  return { before, after, deleted };
}
