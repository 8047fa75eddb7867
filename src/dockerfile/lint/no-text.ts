import type { ParseResult } from '../ast.ts';

/**
 * Why a file cannot be a Dockerfile at all; undefined when it can. A list of all its lines would help nobody.
 */
export function noText({ file: { text }, problems }: ParseResult): string | undefined {
  if (!problems.some(({ at }) => at?.start.line === 1)) return undefined;
  const zeros = text.indexOf('\0');
  if (zeros === -1) return undefined;
  // The mark of UTF-16 is no UTF-8, and every other byte of Latin text is zero.
  if (/^\uFFFD{2}(?:\0[^\0]|[^\0]\0)/.test(text) || /^(?:\0[A-Z#]|[A-Z#]\0){3}/i.test(text))
    return 'This is UTF-16, and a Dockerfile is UTF-8: save it in that encoding';
  return 'This is no text file';
}
