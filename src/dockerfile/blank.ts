/**
 * Blanks as Go's `unicode.IsSpace` counts them: this is what BuildKit trims and splits by. It is not JavaScript's `\s`, which takes
 * U+FEFF and leaves out U+0085.
 */
export function isBlank(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  if (code === 0x85 || code === 0xa0) return true;
  if (code < 0x1680) return false;
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** Tab, VT, FF, CR or space: the only characters that separate an instruction's name and plain words. */
export function isSeparator(code: number): boolean {
  return code === 0x20 || code === 0x09 || (code >= 0x0b && code <= 0x0d);
}

/** First index in [start, end) that is not blank, else `end`. */
export function skipBlanks(text: string, start: number, end: number = text.length): number {
  let index = start;
  while (index < end && isBlank(text.charCodeAt(index))) index++;
  return index;
}

/** Index after the last character of [start, end) that is not blank, else `start`. */
export function skipBlanksBack(text: string, start: number, end: number): number {
  let index = end;
  while (index > start && isBlank(text.charCodeAt(index - 1))) index--;
  return index;
}

export function trimBlanks(text: string): string {
  const start = skipBlanks(text, 0);
  return text.slice(start, skipBlanksBack(text, start, text.length));
}
