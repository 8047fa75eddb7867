import type { SourceRange } from '../../base/errors.ts';
import { rangeBetween, type Source } from '../source.ts';

/**
 * A range that ends in front of a line's first character, as the body of a heredoc does, without the line end before it: services that count
 * in lines would mark the next one, too.
 */
export function withoutLineEnd(source: Source, at: SourceRange): SourceRange {
  if (at.end.column > 1 || at.end.line === at.start.line || at.file !== source.file) return at;
  const text = source.text.slice(at.start.offset, at.end.offset).replace(/(?:\r?\n)+$/, '');
  return rangeBetween(source, at.start.offset, at.start.offset + text.length);
}
