import { charWidth } from '../../dockerfile/char-width.ts';

/** Escape sequences of terminals (ECMA-48): with a parameter list, with a text that ends by itself, and of two characters. */
const ESCAPES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])|\x9b[0-?]*[ -/]*[@-~]/g;

/** What a terminal obeys without a sequence, and what turns the direction of reading; tabs and line ends are harmless. */
const CONTROLS = /(?![\t\n])[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** A text without anything that a terminal would obey. */
export function harmless(text: string): string {
  return text.replace(ESCAPES, '').replace(CONTROLS, '');
}

/** What a line of output looks like in the end: behind the last return of the carriage, and harmless. */
export function plainLine(text: string): string {
  const last = text.replace(/\r+$/, '').split('\r').at(-1) ?? '';
  return harmless(last).replace(/\t/g, '  ').replace(/\n/g, '');
}

/** As much of a line as fits into that many columns, with a sign where something is left out. */
export function fitting(text: string, columns: number): string {
  let used = 0;
  let end = 0;
  let room = '';
  for (const char of text) {
    used += charWidth(char);
    if (used > columns) return columns < 1 ? '' : `${room}…`;
    end += char.length;
    // One column is kept for the sign.
    if (used < columns) room = text.slice(0, end);
  }
  return text;
}
