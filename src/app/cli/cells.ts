/** Two columns of a terminal each: the wide scripts of East Asia and most emoji (Unicode Standard Annex 11). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;
/** None: they join what stands before them. */
const JOINED = /\p{Mn}|\p{Me}|\p{Cf}/u;

/** Escape sequences of terminals (ECMA-48): with a parameter list, with a text that ends by itself, and of two characters. */
const ESCAPES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])|\x9b[0-?]*[ -/]*[@-~]/g;

/** What a line of output looks like in the end, without anything that a terminal would obey: behind the last return of the carriage. */
export function plainLine(text: string): string {
  const last = text.replace(/\r+$/, '').split('\r').at(-1) ?? '';
  return last
    .replace(ESCAPES, '')
    .replace(/\t/g, '  ')
    .replace(/\p{Cc}/gu, '');
}

/** As much of a line as fits into that many columns, with a sign where something is left out. */
export function fitting(text: string, columns: number): string {
  let used = 0;
  let end = 0;
  let room = '';
  for (const char of text) {
    used += JOINED.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
    if (used > columns) return columns < 1 ? '' : `${room}…`;
    end += char.length;
    // One column is kept for the sign.
    if (used < columns) room = text.slice(0, end);
  }
  return text;
}
