import type { Instruction } from '../ast.ts';
import { sourceOf } from '../mapped-text.ts';
import { rangeBetween } from '../source.ts';
import type { LintContext } from './context.ts';
import type { Pragma } from './pragma.ts';
import type { Finding } from './rule.ts';
import { pragmaTargets } from './silence.ts';

/** A finding before anything is silenced. */
interface Seen {
  readonly rule: { readonly id: string };
  readonly instruction: Instruction | undefined;
}

/**
 * Rules in ignore comments that have no finding there.
 * @param isJudged true for the ids of rules that were looked at: of others nothing can be said
 */
export function* unusedPragmas(
  context: LintContext,
  seen: Iterable<Seen>,
  isJudged: (id: string) => boolean,
): Iterable<Finding> {
  const pragmas = context.config.disableIgnorePragma === true ? [] : context.pragmas.all;
  if (pragmas.every(({ kind }) => kind === 'shell')) return;
  const everywhere = new Set<string>();
  const byInstruction = new Map<Instruction, Set<string>>();
  for (const { rule, instruction } of seen) {
    everywhere.add(rule.id);
    if (instruction === undefined) continue;
    const ids = byInstruction.get(instruction) ?? new Set();
    byInstruction.set(instruction, ids.add(rule.id));
  }
  for (const pragma of pragmas) {
    if (pragma.kind === 'shell') continue;
    const targets = pragma.kind === 'global' ? [] : pragmaTargets(pragma, context);
    const fires = (id: string) =>
      pragma.kind === 'global' ? everywhere.has(id) : targets.some((one) => byInstruction.get(one)?.has(id));
    const unused = pragma.values.filter((id) => isJudged(id) && !fires(id));
    if (unused.length > 0)
      yield { message: `Nothing to ignore here: ${unused.join(', ')}`, at: lineOf(context, pragma) };
  }
}

function lineOf({ file }: LintContext, { line }: Pragma): Finding['at'] {
  const source = sourceOf(file);
  const start = source.lineStarts[line - 1] ?? 0;
  const text = file.text.slice(start, source.lineStarts[line]);
  const blanks = text.length - text.trimStart().length;
  return rangeBetween(source, start + blanks, start + text.trimEnd().length);
}
