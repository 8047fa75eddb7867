import { BuildError } from '../base/errors.ts';
import { expandWord } from './expand.ts';
import type { ExpandedWord } from './expanded-words.ts';

/** A heredoc marker inside a text, [start, end) its place there. */
export interface HeredocMarker {
  readonly name: string;
  readonly expand: boolean;
  readonly chomp: boolean;
  readonly fd: number;
  readonly start: number;
  readonly end: number;
}

const MARKER = /^(\d*)<<(-?)[\t\n\f\r ]*([^<]*)$/;

/**
 * Reads one word as a heredoc marker: `[digits]<<[-][blanks]WORD`; undefined if it is none.
 * Quotes are always read with the backslash as escape, whatever the file's escape directive says.
 * @throws BuildError `UNCLOSED_QUOTE`
 */
export function readMarker(word: string): Omit<HeredocMarker, 'start' | 'end'> | undefined {
  const match = MARKER.exec(word);
  const rest = match?.[3] ?? '';
  if (match === null || rest === '') return undefined;
  const [plain, more] = expandWord(rest, undefined, { skipUnset: true }).words;
  if (plain === undefined || more !== undefined) return undefined;
  const [quoted] = expandWord(rest, undefined, { skipUnset: true, rawQuotes: true }).words;
  return {
    name: plain.value,
    expand: countQuotes(plain.value) === countQuotes(quoted?.value ?? ''),
    chomp: match[2] === '-',
    fd: Math.min(Number(match[1] ?? ''), Number.MAX_SAFE_INTEGER),
  };
}

function countQuotes(text: string): number {
  return text.length - text.replace(/['"]/g, '').length;
}

/** As readMarker, but a word that cannot be read is simply none. */
export function tryReadMarker(word: string): Omit<HeredocMarker, 'start' | 'end'> | undefined {
  try {
    return readMarker(word);
  } catch (error) {
    if (error instanceof BuildError) return undefined;
    throw error;
  }
}

/**
 * The markers of a whole instruction line. A line that the shell rules cannot split (an unclosed quote, a strange `${}`) has none.
 * @throws BuildError when a marker's own word cannot be read
 */
export function findMarkers(line: string): readonly HeredocMarker[] {
  if (!line.includes('<<')) return [];
  const markers: HeredocMarker[] = [];
  for (const word of wordsOf(line)) {
    const marker = word.value.includes('<<') ? readMarker(word.value) : undefined;
    if (marker !== undefined) markers.push({ ...marker, start: word.start, end: word.end });
  }
  return markers;
}

function wordsOf(line: string): readonly ExpandedWord[] {
  try {
    return expandWord(line, undefined, { rawQuotes: true, rawEscapes: true, skipUnset: true }).words;
  } catch (error) {
    if (error instanceof BuildError) return [];
    throw error;
  }
}

/** The body as a file or script sees it: leading tabs of each line cut. */
export function chompHeredoc(body: string): string {
  return body.replace(/(^|\n)\t+/g, '$1');
}
