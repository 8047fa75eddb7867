/** The wide scripts of East Asia and most emoji (Unicode Standard Annex 11). */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
/** They join what stands before them, or are not seen. */
const JOINED = /[\p{M}\p{Cf}]/u;

/** Columns of a terminal that one character takes. */
export function charWidth(char: string): 0 | 1 | 2 {
  if (JOINED.test(char)) return 0;
  return WIDE.test(char) ? 2 : 1;
}
