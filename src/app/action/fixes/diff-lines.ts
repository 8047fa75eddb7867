/** The lines of a file as it is after a pull request, as far as its diff shows them. */
export interface DiffLines {
  readonly hunks: readonly DiffHunk[];
}

interface DiffHunk {
  /** First line, from 1, and the one after the last. */
  readonly start: number;
  readonly end: number;
  /** Lines that the pull request puts in or changes. */
  readonly changed: ReadonlySet<number>;
}

const HEAD = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** Reads the `patch` of the files of a pull request: hunks of a unified diff without file names. */
export function readDiffLines(patch: string): DiffLines {
  const lines = patch.split('\n');
  const hunks: DiffHunk[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const head = HEAD.exec(lines[at] ?? '');
    if (head === null) continue;
    const [, old = '1', first = '0', young = '1'] = head;
    const start = Number(first);
    const end = start + Number(young);
    const { changed, taken } = readBody(lines.slice(at + 1), Number(old), start, end);
    at += taken;
    if (end > start) hunks.push({ start, end, changed });
  }
  return { hunks };
}

/** By the counts of the head alone: what a line of the file looks like must not matter. */
function readBody(
  lines: readonly string[],
  old: number,
  start: number,
  end: number,
): { readonly changed: ReadonlySet<number>; readonly taken: number } {
  const changed = new Set<number>();
  let left = old;
  let line = start;
  let taken = 0;
  while (taken < lines.length && (left > 0 || line < end)) {
    const sign = lines[taken]?.[0] ?? ' ';
    taken += 1;
    if (sign === '+') changed.add(line);
    if (sign === ' ' || sign === '-') left -= 1;
    if (sign === ' ' || sign === '+') line += 1;
  }
  return { changed, taken };
}

/** A comment can stand on these lines: one hunk shows them all, and at least one is of the pull request's making. */
export function canComment({ hunks }: DiffLines, startLine: number, endLine: number): boolean {
  const hunk = hunks.find(({ start, end }) => start <= startLine && endLine < end);
  if (hunk === undefined) return false;
  for (let line = startLine; line <= endLine; line += 1) if (hunk.changed.has(line)) return true;
  return false;
}
