import type { Position, SourceRange } from '../base/errors.ts';

/** A text with the offsets at which its lines begin, so that places are found in logarithmic time. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
  /** Places asked for lately, by the last bits of their offset: parts of an instruction share their ends. */
  readonly recent: (Position | undefined)[];
}

const RECENT = 32;

export function readSource(text: string, file: string): Source {
  // A byte-order mark is no column of the first line.
  const lineStarts = [text.startsWith('\uFEFF') ? 1 : 0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { file, text, lineStarts, recent: new Array<Position | undefined>(RECENT).fill(undefined) };
}

export function positionAt(source: Source, offset: number): Position {
  const known = source.recent[offset % RECENT];
  if (known?.offset === offset) return known;
  const position = locate(source.lineStarts, offset);
  source.recent[offset % RECENT] = position;
  return position;
}

function locate(lineStarts: readonly number[], offset: number): Position {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1, offset };
}

/** `end` is exclusive. */
export function rangeBetween(source: Source, start: number, end: number): SourceRange {
  return { file: source.file, start: positionAt(source, start), end: positionAt(source, end) };
}
