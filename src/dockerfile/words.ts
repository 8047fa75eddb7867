import { isBlank, isSeparator, skipBlanks } from './blank.ts';

/** A stretch of a text. `value` is not always the stretch itself: flags lose their quotes. */
export interface Word {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Splits at tabs, spaces and the like and at nothing else: quotes do not hold words together. */
export function splitAtBlanks(text: string): Word[] {
  const words: Word[] = [];
  let index = 0;
  while (index < text.length) {
    while (index < text.length && isSeparator(text.charCodeAt(index))) index++;
    const start = index;
    while (index < text.length && !isSeparator(text.charCodeAt(index))) index++;
    if (index > start) words.push({ value: text.slice(start, index), start, end: index });
  }
  return words;
}

/** The word at the beginning and where the rest begins (undefined if there is none): how names and legacy keys are cut off. */
export function firstWord(text: string): { readonly end: number; readonly rest: number | undefined } {
  let end = 0;
  while (end < text.length && !isSeparator(text.charCodeAt(end))) end++;
  if (end === text.length) return { end, rest: undefined };
  let rest = end;
  while (rest < text.length && isSeparator(text.charCodeAt(rest))) rest++;
  return { end, rest };
}

/**
 * Splits into words as ENV, LABEL and ARG do: quotes and escapes hold a word together and stay in it. An escape at the very end is
 * dropped; an unclosed quote runs to the end.
 */
export function splitQuoted(text: string, escapeChar: string): Word[] {
  const words: Word[] = [];
  let index = skipBlanks(text, 0);
  while (index < text.length) {
    const word = readQuoted(text, index, escapeChar);
    if (word.value !== '') words.push(word);
    index = skipBlanks(text, word.end);
  }
  return words;
}

function readQuoted(text: string, start: number, escapeChar: string): Word {
  let index = start;
  while (index < text.length && !isBlank(text.charCodeAt(index))) {
    const char = text[index];
    if (char === escapeChar) index += 2;
    else if (char === '"' || char === "'") index = behindQuote(text, index, char === '"' ? escapeChar : '');
    else index++;
  }
  // Past the end: an escape with nothing behind it.
  const cut = index > text.length ? 1 : 0;
  const end = Math.min(index, text.length);
  return { value: text.slice(start, end - cut), start, end };
}

/** Index behind the quote that closes the one at `start`; above the text's length when an escape was its last character. */
function behindQuote(text: string, start: number, escapeChar: string): number {
  let index = start + 1;
  while (index < text.length && text[index] !== text[start]) index += text[index] === escapeChar ? 2 : 1;
  return text[index] === text[start] ? index + 1 : index;
}

/**
 * Takes the leading `--flag` words off. Quotes and escapes inside them are removed; a lone `--` ends them and is dropped.
 * `rest` is where the arguments begin.
 */
export function splitFlags(
  text: string,
  escapeChar: string,
): { readonly flags: Word[]; readonly rest: number } {
  const flags: Word[] = [];
  let index = skipBlanks(text, 0);
  while (text.startsWith('--', index)) {
    const flag = readFlag(text, index, escapeChar);
    index = flag.end;
    if (flag.value === '--') break;
    flags.push(flag);
    index = skipBlanks(text, index);
  }
  return { flags, rest: index };
}

function readFlag(text: string, start: number, escapeChar: string): Word {
  const value: string[] = [];
  let quote = '';
  let index = start;
  for (; index < text.length; index++) {
    const char = text[index] ?? '';
    const next = quoteState(quote, char);
    if (char === escapeChar) value.push(text[++index] ?? '');
    else if (next !== quote) quote = next;
    else if (quote === '' && isBlank(text.charCodeAt(index))) break;
    else value.push(char);
  }
  return { value: value.join(''), start, end: Math.min(index, text.length) };
}

/** The quote that is open behind a character. */
function quoteState(open: string, char: string): string {
  if (open !== '') return char === open ? '' : open;
  return char === '"' || char === "'" ? char : '';
}
