import { readFileSync } from 'node:fs';

/** Which user and group ids exist here. */
export interface IdMap {
  /** Whether ids besides 0 exist. */
  readonly many: boolean;
  /** Highest id from which all lower ones exist. */
  readonly highest: number;
}

/** The next one means "no id". */
const HIGHEST_ID = 0xfffffffe;

/** The overflow id of the kernel, which shows ids that do not exist. */
const OVERFLOW = 65534;

/** From /proc/self/uid_map and gid_map: lines of first id, id outside, count (user_namespaces(7)). */
export function idMap(): IdMap {
  const highest = Math.min(
    ...['uid_map', 'gid_map'].map((file) => highestId(readFileSync(`/proc/self/${file}`, 'utf8'))),
  );
  return { many: highest > 0, highest };
}

/** Whether these are the machine's own ids; else this is a user namespace. */
export function hasAllIds({ highest }: IdMap): boolean {
  return highest >= HIGHEST_ID;
}

/** The id to store for one of an image: itself where it exists. */
export function storedId(id: number, map: IdMap): number {
  if (id <= map.highest) return id;
  return map.highest >= OVERFLOW ? OVERFLOW : 0;
}

/** @param table as in /proc/PID/uid_map */
export function highestId(table: string): number {
  const ranges = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
  let next = 0;
  for (const [first = 0, , count = 0] of ranges) {
    if (first > next) break;
    next = Math.max(next, first + count);
  }
  return next - 1;
}
