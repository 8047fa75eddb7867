import type { Instruction } from '../../ast.ts';
import { type LintContext, type LintStage, triggersRun } from '../context.ts';
import type { LintRule } from '../rule.ts';
import { expandIn } from '../scope.ts';
import { unquote } from '../unquote.ts';
import { walkScopes } from '../variables.ts';

const ABSOLUTE = /^(?:\/|[A-Za-z]:[\\/])/;

/** Only the first WORKDIR of a stage and its parents: later ones hang on it. */
export const workdirRelativePath: LintRule = {
  id: 'WorkdirRelativePath',
  severity: 'warning',
  title: 'The first WORKDIR is absolute',
  twin: 'DL3000',
  *check(context) {
    // Most files have none that needs a look at its variables.
    if (!context.all('workdir').some(({ word }) => !ABSOLUTE.test(unquote(word.value)))) return;
    const first = firstOnes(context);
    for (const { instruction, scope } of walkScopes(context)) {
      if (instruction.kind !== 'workdir' || !first.has(instruction)) continue;
      const { word } = instruction;
      const path = expandIn(word.value, scope, context.file.directives.escape)?.value ?? unquote(word.value);
      if (!ABSOLUTE.test(path))
        yield { message: `WORKDIR ${word.value} is relative: it depends on the base image`, at: word.at };
    }
  },
};

/** The first WORKDIR of each stage that inherits none. */
function firstOnes(context: LintContext): ReadonlySet<Instruction> {
  const first = new Set<Instruction>();
  const set = new Set<LintStage>();
  // Stages come after those that they are built from.
  for (const stage of context.stages) {
    const [own] = context.of(stage, 'workdir');
    const inherits =
      (stage.parent !== undefined && set.has(stage.parent)) ||
      triggersRun(stage).some(({ kind }) => kind === 'workdir');
    if (inherits || own !== undefined) set.add(stage);
    if (!inherits && own !== undefined) first.add(own);
  }
  return first;
}
