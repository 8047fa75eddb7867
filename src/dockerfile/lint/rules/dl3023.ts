import type { LintRule } from '../rule.ts';

export const dl3023: LintRule = {
  id: 'DL3023',
  severity: 'error',
  title: 'COPY --from does not name its own stage',
  *check(context) {
    for (const stage of context.stages) {
      for (const { from } of context.of(stage, 'copy')) {
        if (from === undefined || stage.alias === undefined) continue;
        if (from.value.toLowerCase() !== stage.alias.toLowerCase()) continue;
        yield { message: `The stage ${from.value} cannot copy from itself`, at: from.at };
      }
    }
  },
};
