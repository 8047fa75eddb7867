import type { SourceRange } from '../base/errors.ts';
import type { MappedText, Text } from './ast.ts';
import { rangeBetween, readSource, type Source } from './source.ts';

/** Index of the piece that holds a text offset. */
function pieceAt(mapped: MappedText, offset: number): number {
  const { pieces } = mapped;
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((pieces[middle]?.text ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** File offset of a text offset. */
export function sourceOffset(mapped: MappedText, offset: number): number {
  const piece = mapped.pieces[pieceAt(mapped, offset)];
  return piece === undefined ? offset : piece.source + offset - piece.text;
}

/** File offset behind the character before `offset`: where a stretch of text ends, without what joins it to the next line. */
function sourceEnd(mapped: MappedText, start: number, offset: number): number {
  return offset > start ? sourceOffset(mapped, offset - 1) + 1 : sourceOffset(mapped, start);
}

export function sliceMapped(mapped: MappedText, start: number, end: number): MappedText {
  const [only] = mapped.pieces;
  if (mapped.pieces.length === 1 && only !== undefined) {
    return {
      value: mapped.value.slice(start, end),
      pieces: [{ text: 0, source: only.source + start - only.text }],
    };
  }
  const first = pieceAt(mapped, start);
  const last = end > start ? pieceAt(mapped, end - 1) : first;
  const pieces = mapped.pieces.slice(first, last + 1).map((piece) => ({
    text: Math.max(piece.text - start, 0),
    source: piece.text < start ? piece.source + start - piece.text : piece.source,
  }));
  return { value: mapped.value.slice(start, end), pieces };
}

/** Where the stretch [start, end) of a joined text stands in the file, from its first character to its last. */
export function rangeIn(source: Source, mapped: MappedText, start: number, end: number): SourceRange {
  return rangeBetween(source, sourceOffset(mapped, start), sourceEnd(mapped, start, end));
}

export function textIn(source: Source, mapped: MappedText, start: number, end: number): Text {
  return { value: mapped.value.slice(start, end), at: rangeIn(source, mapped, start, end) };
}

/** Line tables by the file they belong to, made on first use: a linter asks for many places of one file. */
const sources = new WeakMap<object, Source>();

export function sourceOf(file: { readonly path: string; readonly text: string }): Source {
  const known = sources.get(file);
  if (known !== undefined) return known;
  const source = readSource(file.text, file.path);
  sources.set(file, source);
  return source;
}

/** Keeps the line table that parsing made. */
export function keepSource(file: { readonly path: string; readonly text: string }, source: Source): void {
  sources.set(file, source);
}

/**
 * Where the stretch [start, end) of an instruction's joined text stands in its Dockerfile. Pass the same `file` object each time.
 */
export function rangeOf(
  file: { readonly path: string; readonly text: string },
  mapped: MappedText,
  start: number,
  end: number,
): SourceRange {
  return rangeIn(sourceOf(file), mapped, start, end);
}
