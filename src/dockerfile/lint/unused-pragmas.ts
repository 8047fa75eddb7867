import type { Instruction } from '../ast.ts';
import { sourceOf } from '../mapped-text.ts';
import { rangeBetween } from '../source.ts';
import type { LintContext, LintStage } from './context.ts';
import type { Pragma } from './pragma.ts';
import type { Finding } from './rule.ts';
import { pragmaTarget } from './silence.ts';

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
  const fired = firedRules(context, seen);
  for (const pragma of pragmas) {
    if (pragma.kind === 'shell') continue;
    const target = pragma.kind === 'global' ? EVERYWHERE : pragmaTarget(pragma, context);
    const here = target === undefined ? undefined : fired.get(target);
    const unused = pragma.values.filter((id) => isJudged(id) && here?.has(id) !== true);
    if (unused.length > 0)
      yield { message: `Nothing to ignore here: ${unused.join(', ')}`, at: lineOf(context, pragma) };
  }
}

/** For comments about the whole file. */
const EVERYWHERE = Symbol('everywhere');

type Target = Instruction | LintStage | typeof EVERYWHERE;

/** Which rules have findings in each instruction, in each stage below its FROM, and at all. */
function firedRules(context: LintContext, seen: Iterable<Seen>): ReadonlyMap<Target, ReadonlySet<string>> {
  const fired = new Map<Target, Set<string>>();
  const add = (target: Target, id: string) => fired.set(target, (fired.get(target) ?? new Set()).add(id));
  for (const { rule, instruction } of seen) {
    add(EVERYWHERE, rule.id);
    if (instruction === undefined) continue;
    add(instruction, rule.id);
    if (instruction.kind !== 'from') add(context.stageOf(instruction), rule.id);
  }
  return fired;
}

function lineOf({ file }: LintContext, { line }: Pragma): Finding['at'] {
  const source = sourceOf(file);
  const start = source.lineStarts[line - 1] ?? 0;
  const text = file.text.slice(start, source.lineStarts[line]);
  const blanks = text.length - text.trimStart().length;
  return rangeBetween(source, start + blanks, start + text.trimEnd().length);
}
