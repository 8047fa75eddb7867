import type { LintRule } from '../rule.ts';

export const dl3024: LintRule = {
  id: 'DL3024',
  severity: 'error',
  title: 'Stage names are unique',
  *check(context) {
    const seen = new Set<string>();
    for (const { from } of context.stages) {
      const alias = from?.alias;
      if (alias === undefined) continue;
      const name = alias.value.toLowerCase();
      if (seen.has(name))
        yield { message: `A stage called ${alias.value} stands above already`, at: alias.at };
      seen.add(name);
    }
  },
};
