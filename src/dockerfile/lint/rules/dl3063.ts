import type { LintRule } from '../rule.ts';

export const dl3063: LintRule = {
  id: 'DL3063',
  severity: 'warning',
  title: 'No stage is called scratch or context',
  *check(context) {
    for (const { alias } of context.all('from')) {
      if (alias === undefined || !['scratch', 'context'].includes(alias.value.toLowerCase())) continue;
      yield { message: `${alias.value} is a reserved name`, at: alias.at };
    }
  },
};
