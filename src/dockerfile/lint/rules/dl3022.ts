import type { LintContext, LintStage } from '../context.ts';
import type { LintRule } from '../rule.ts';

export const dl3022: LintRule = {
  id: 'DL3022',
  severity: 'warning',
  title: 'COPY --from names an earlier stage',
  *check(context) {
    for (const copy of context.all('copy')) {
      const { from } = copy;
      if (from === undefined || from.value.includes(':')) continue;
      if (isKnown(context, context.stageOf(copy), from.value)) continue;
      yield { message: `No earlier stage is called ${from.value}`, at: from.at };
    }
  },
};

function isKnown(context: LintContext, stage: LintStage, name: string): boolean {
  const number = /^\d+/.exec(name)?.[0];
  if (number !== undefined && Number(number) <= stage.index) return true;
  return context.stages.some(
    ({ index, alias }) => index <= stage.index && alias?.toLowerCase() === name.toLowerCase(),
  );
}
