import type { LintRule } from '../rule.ts';
import { isOfOthers, ruleHint } from '../rule-hint.ts';

/** An ignore comment with a slip of the keyboard silences nothing. */
export const tsib1017: LintRule = {
  id: 'TSIB1017',
  severity: 'info',
  title: 'Ignore comments name rules that exist',
  *check({ pragmas, ruleIds, onbuild }) {
    if (onbuild) return;
    for (const { kind, values, comment } of pragmas.all) {
      if (kind === 'shell') continue;
      const unknown = new Set(values.filter((id) => !ruleIds.has(id) && !isOfOthers(id)));
      if (unknown.size === 0) continue;
      const told = [...unknown].map((id) => {
        const hint = ruleHint(id, ruleIds);
        return hint === undefined ? id : `${id} (${hint})`;
      });
      yield { message: `There is no rule ${told.join(', nor ')}`, at: comment.at };
    }
  },
};
