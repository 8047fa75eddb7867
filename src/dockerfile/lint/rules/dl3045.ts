import type { Instruction } from '../../ast.ts';
import { type LintContext, triggersRun } from '../context.ts';
import { inherited } from '../inherited.ts';
import { lastBefore } from '../last-before.ts';
import type { LintRule } from '../rule.ts';
import { isAnchored } from '../unquote.ts';

export const dl3045: LintRule = {
  id: 'DL3045',
  severity: 'warning',
  title: 'COPY to a relative path needs a WORKDIR',
  *check(context) {
    for (const copy of context.all('copy')) {
      const { value, at } = copy.destination;
      if (isAnchored(value) || hasWorkdir(context, copy)) continue;
      yield {
        message: `${value} depends on the folder of the base image: set WORKDIR or write a full path`,
        at,
      };
    }
  },
};

function hasWorkdir(context: LintContext, copy: Instruction): boolean {
  const stage = context.stageOf(copy);
  const own = lastBefore(context.of(stage, 'workdir'), copy.at.start.offset);
  if (own !== undefined || workdirOf(triggersRun(stage)) !== undefined) return true;
  return stage.parent !== undefined && setsWorkdir(stage.parent) !== undefined;
}

const setsWorkdir = inherited((stage) => workdirOf(stage.instructions) ?? workdirOf(triggersRun(stage)));

function workdirOf(instructions: readonly Instruction[]): Instruction | undefined {
  return instructions.find(({ kind }) => kind === 'workdir');
}
