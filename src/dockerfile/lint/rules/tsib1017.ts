import { didYouMean } from '../../suggest.ts';
import type { LintRule } from '../rule.ts';

/** An ignore comment with a slip of the keyboard silences nothing. */
export const tsib1017: LintRule = {
  id: 'TSIB1017',
  severity: 'info',
  title: 'Ignore comments name rules that exist',
  *check({ pragmas, ruleIds, onbuild }) {
    if (onbuild) return;
    for (const { kind, values, comment } of pragmas.all) {
      if (kind === 'shell') continue;
      const unknown = values.find((id) => !ruleIds.has(id) && !/^(?:DL|SC)\d{4}$/.test(id));
      if (unknown === undefined) continue;
      const hint = didYouMean(unknown, ruleIds);
      const message = `There is no rule ${unknown}`;
      yield { message: hint === undefined ? message : `${message}: ${hint}`, at: comment.at };
    }
  },
};
