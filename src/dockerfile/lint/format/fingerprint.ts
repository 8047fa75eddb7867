import { createHash } from 'node:crypto';
import type { Diagnostic } from '../../diagnostic.ts';
import type { LintedFile } from './linted-file.ts';

/**
 * Names for the findings of one file that stay when lines are put in above: made of path, rule and the text of the line, and of a
 * count where those are equal.
 */
export function fingerprints({ path, text, diagnostics }: LintedFile): readonly string[] {
  const lines = text.split('\n');
  const seen = new Map<string, number>();
  return diagnostics.map(({ rule, at }: Diagnostic) => {
    const key = [path, rule, (lines[at.start.line - 1] ?? '').trim()].join('\0');
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return createHash('sha1').update(`${key}\0${count}`).digest('hex');
  });
}
