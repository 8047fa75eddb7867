import { indexPlace } from '../../../cache/backends/indexed/keys.ts';
import type { OwnEntry } from './own-entries.ts';

export interface Quota {
  /** Bytes that all entries together may have. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Indexes that builds of these days read, and what they name. */
  readonly indexes: ReadonlySet<OwnEntry>;
  readonly isNamed: (entry: OwnEntry) => boolean;
}

export interface Choice {
  /** What goes, in this order. */
  readonly gone: readonly OwnEntry[];
  /** Bytes over the quota that stay, since all that is left was used a short while ago. */
  readonly over: number;
}

/** Milliseconds. What was used within this stays: a running build may count on it. */
const GRACE = 3_600_000;
/** Milliseconds. Builds write their index anew at least once a day, so one that is older belongs to no build of these days. */
const INDEX_LIFE = 7 * 86_400_000;

/** The newest index of each chain, which is all that builds ever read. */
function newestIndexes(entries: readonly OwnEntry[]): ReadonlySet<OwnEntry> {
  const newest = new Map<string, OwnEntry>();
  for (const entry of entries) {
    const place = indexPlace(entry.key);
    if (place === undefined) continue;
    const chain = [entry.ref, entry.version, place.chain].join('\n');
    const other = newest.get(chain);
    if (other === undefined || place.sequence > (indexPlace(other.key)?.sequence ?? 0))
      newest.set(chain, entry);
  }
  return new Set(newest.values());
}

/** Those newest indexes that builds of these days write, the last one first. */
export function livingIndexes(entries: readonly OwnEntry[], now: number): readonly OwnEntry[] {
  return [...newestIndexes(entries)]
    .filter(({ createdAt }) => now - createdAt < INDEX_LIFE)
    .sort((one, other) => other.createdAt - one.createdAt);
}

/** Indexes that a newer one has replaced. They are of no use, however much room there is. */
function replacedIndexes(entries: readonly OwnEntry[], now: number): readonly OwnEntry[] {
  const newest = newestIndexes(entries);
  return entries.filter(
    (entry) => indexPlace(entry.key) !== undefined && !newest.has(entry) && !isYoung(entry, now),
  );
}

/**
 * What has to go for the quota: replaced indexes, then what no index names, then what one does, then those indexes; least recently used first.
 */
export function chooseEntries(entries: readonly OwnEntry[], quota: Quota): Choice {
  const { size, now, indexes, isNamed } = quota;
  const gone = new Set(replacedIndexes(entries, now));
  const left = entries.filter((entry) => !gone.has(entry));
  const rank = (entry: OwnEntry): number => (indexes.has(entry) ? 2 : isNamed(entry) ? 1 : 0);
  const order = left.toSorted(
    (one, other) => rank(one) - rank(other) || one.lastUsed - other.lastUsed || one.id - other.id,
  );
  let total = sizeOf(left);
  for (const entry of order) {
    if (total <= size) break;
    if (isYoung(entry, now)) continue;
    gone.add(entry);
    total -= entry.size;
  }
  return { gone: [...gone], over: Math.max(0, total - size) };
}

/** Bytes of all of them. */
export function sizeOf(entries: readonly OwnEntry[]): number {
  return entries.reduce((sum, entry) => sum + entry.size, 0);
}

function isYoung({ lastUsed, createdAt }: OwnEntry, now: number): boolean {
  return now - Math.max(lastUsed, createdAt) < GRACE;
}
