/** Lines that are replaced by others. Either list may be empty, never both. */
export interface LineChange {
  /** Index of the first line that goes, from 0; without one: of the line in front of which new ones come. */
  readonly start: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** More lines that differ are told as one change: the search takes time and memory by the square. */
const MOST_DIFFERENCES = 1000;

/** The lines of a text with their ends; together they are the text. */
export function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** What turns `before` into `after`, in order, as few lines as possible (E. Myers: An O(ND) difference algorithm, 1986). */
export function lineChanges(before: readonly string[], after: readonly string[]): readonly LineChange[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const shorter = Math.min(before.length, after.length) - start;
  while (end < shorter && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const old = before.slice(start, before.length - end);
  const young = after.slice(start, after.length - end);
  if (old.length === 0 && young.length === 0) return [];
  const kept = old.length === 0 || young.length === 0 ? [] : (commonLines(old, young) ?? []);
  return betweenKept(kept, old, young).map((change) => ({ ...change, start: change.start + start }));
}

/** Indexes of a line in both texts. */
type Pair = readonly [number, number];

function betweenKept(
  kept: readonly Pair[],
  old: readonly string[],
  young: readonly string[],
): readonly LineChange[] {
  const changes: LineChange[] = [];
  let [inOld, inYoung] = [0, 0];
  for (const [x, y] of [...kept, [old.length, young.length] as const]) {
    if (x > inOld || y > inYoung)
      changes.push({ start: inOld, removed: old.slice(inOld, x), added: young.slice(inYoung, y) });
    [inOld, inYoung] = [x + 1, y + 1];
  }
  return changes;
}

/** The lines that stay, in order; undefined when too many differ. */
function commonLines(old: readonly string[], young: readonly string[]): readonly Pair[] | undefined {
  // How far each diagonal (x - y) was reached, before each number of differences.
  const trace: Map<number, number>[] = [];
  let reached = new Map<number, number>([[1, 0]]);
  for (let differences = 0; differences <= MOST_DIFFERENCES; differences += 1) {
    trace.push(reached);
    const next = new Map<number, number>();
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      let x = firstStep(reached, diagonal, differences);
      while (x < old.length && x - diagonal < young.length && old[x] === young[x - diagonal]) x += 1;
      next.set(diagonal, x);
      if (x >= old.length && x - diagonal >= young.length) return pairsOf(trace, old.length, young.length);
    }
    reached = next;
  }
  return undefined;
}

/** Down (a new line) or right (a line that goes), whichever comes further. */
function firstStep(reached: ReadonlyMap<number, number>, diagonal: number, differences: number): number {
  const above = reached.get(diagonal + 1) ?? -1;
  const left = reached.get(diagonal - 1) ?? -1;
  return diagonal === -differences || (diagonal !== differences && left < above) ? above : left + 1;
}

/** The way back through the trace. */
function pairsOf(
  trace: readonly ReadonlyMap<number, number>[],
  width: number,
  height: number,
): readonly Pair[] {
  const pairs: Pair[] = [];
  let [x, y] = [width, height];
  for (let differences = trace.length - 1; differences >= 0; differences -= 1) {
    const reached = trace[differences] ?? new Map<number, number>();
    const diagonal = x - y;
    const above = reached.get(diagonal + 1) ?? -1;
    const left = reached.get(diagonal - 1) ?? -1;
    const isDown = diagonal === -differences || (diagonal !== differences && left < above);
    const from = isDown ? above : left;
    const fromY = from - (isDown ? diagonal + 1 : diagonal - 1);
    while (x > from && y > fromY) {
      x -= 1;
      y -= 1;
      pairs.push([x, y]);
    }
    [x, y] = [from, fromY];
  }
  return pairs.reverse();
}
