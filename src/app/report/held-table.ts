import type { HeldItem, HeldKind } from '../../cache/backends/local/held-item.ts';
import { formatSize } from '../options/sizes.ts';
import { formatAge } from '../options/until.ts';

/** What a state folder holds, of one kind. Sizes in bytes. */
export interface HeldSum {
  readonly type: string;
  readonly count: number;
  readonly size: number;
  /** What `prune` without `--all` would delete. */
  readonly reclaimable: number;
  /** ISO 8601; absent when there is nothing. */
  readonly lastUsed?: string;
}

const NAMES: Readonly<Record<HeldKind, string>> = {
  record: 'cache records',
  blob: 'layers',
  index: 'layer indexes',
  unpacked: 'unpacked layers',
  mount: 'cache mounts',
  temporary: 'leftovers',
};

/** One sum for each kind; leftovers only where there are some. */
export function sumsOf(
  items: readonly HeldItem[],
  isDangling: (item: HeldItem) => boolean,
): readonly HeldSum[] {
  return (Object.entries(NAMES) as [HeldKind, string][]).flatMap(([kind, type]) => {
    const own = items.filter((item) => item.kind === kind);
    if (own.length === 0 && kind === 'temporary') return [];
    const latest = Math.max(...own.map(({ lastUsed }) => lastUsed.getTime()));
    return [
      {
        type,
        count: own.length,
        size: sizeOf(own),
        reclaimable: sizeOf(own.filter(isDangling)),
        ...(own.length === 0 ? {} : { lastUsed: new Date(latest).toISOString() }),
      },
    ];
  });
}

export function sizeOf(items: readonly HeldItem[]): number {
  return items.reduce((sum, { size }) => sum + size, 0);
}

/** The sums as a table, with a line for all of them. @param now milliseconds since 1970 */
export function sumsTable(sums: readonly HeldSum[], now: number): string {
  const rows = sums.map(({ type, count, size, reclaimable, lastUsed }) => [
    type,
    String(count),
    formatSize(size),
    formatSize(reclaimable),
    lastUsed === undefined ? '' : formatAge(Date.parse(lastUsed), now),
  ]);
  const total = (field: 'count' | 'size' | 'reclaimable'): number =>
    sums.reduce((sum, each) => sum + each[field], 0);
  return columns([
    ['TYPE', 'COUNT', 'SIZE', 'RECLAIMABLE', 'LAST USED'],
    ...rows,
    ['total', String(total('count')), formatSize(total('size')), formatSize(total('reclaimable')), ''],
  ]);
}

/** Each item, the biggest first. @param now milliseconds since 1970 */
export function itemsTable(
  items: readonly HeldItem[],
  isDangling: (item: HeldItem) => boolean,
  now: number,
): string {
  const sorted = [...items].sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));
  return columns([
    ['ID', 'TYPE', 'RECLAIMABLE', 'SIZE', 'LAST USED'],
    ...sorted.map((item) => [
      shortId(item.id),
      NAMES[item.kind],
      String(isDangling(item)),
      formatSize(item.size),
      formatAge(item.lastUsed.getTime(), now),
    ]),
  ]);
}

function shortId(id: string): string {
  return id.replace(/^sha\d+:/, '').slice(0, 25);
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, i) => cell.padEnd((widths[i] ?? 0) + 3))
          .join('')
          .trimEnd()}\n`,
    )
    .join('');
}
