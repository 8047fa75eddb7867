import type { LintRule } from '../rule.ts';

/** An ignore comment silences what a reviewer may want to see. */
export const dl1001: LintRule = {
  id: 'DL1001',
  severity: 'off',
  title: 'No ignore comments',
  *check({ pragmas, ruleIds }) {
    for (const { kind, values, comment } of pragmas.all) {
      if (kind === 'ignore' && values.some((id) => ruleIds.has(id) || /^(?:DL|SC)\d+$/.test(id)))
        yield { message: 'A comment switches rules off for the next instruction', at: comment.at };
    }
  },
};
