import type { SourceRange } from '../../base/errors.ts';
import { processWords } from '../expand.ts';
import type { LintContext } from './context.ts';
import { walkScopes } from './variables.ts';

/** One port of an EXPOSE as the builder reads it. */
export interface ExposedPort {
  /** The word with its variables filled in. */
  readonly value: string;
  /** The word as it is written. */
  readonly written: string;
  readonly at: SourceRange;
}

/** All ports of all EXPOSEs; a variable may hold several. */
export function* exposedPorts(context: LintContext): Iterable<ExposedPort> {
  if (context.all('expose').length === 0) return;
  for (const { instruction, scope } of walkScopes(context)) {
    if (instruction.kind !== 'expose') continue;
    for (const { value: written, at } of instruction.words) {
      for (const value of wordsOf(written, scope.values, context.file.directives.escape))
        yield { value, written, at };
    }
  }
}

function wordsOf(
  text: string,
  values: ReadonlyMap<string, string>,
  escapeChar: '\\' | '`',
): readonly string[] {
  if (!/["'$\\`]/.test(text)) return [text];
  try {
    return processWords(text, values, { escape: escapeChar });
  } catch {
    // The builder tells what is wrong with it.
    return [];
  }
}
