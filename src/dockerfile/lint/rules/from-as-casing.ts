import { casingOf, withCasing } from '../casing.ts';
import type { LintRule } from '../rule.ts';

export const fromAsCasing: LintRule = {
  id: 'FromAsCasing',
  severity: 'warning',
  title: 'FROM and AS have the same case',
  *check(context) {
    for (const { keyword, asKeyword } of context.all('from')) {
      const casing = casingOf(keyword.value);
      if (asKeyword === undefined || casing === 'mixed') continue;
      const text = withCasing(asKeyword.value, casing);
      if (asKeyword.value === text) continue;
      yield {
        message: `${asKeyword.value} and ${keyword.value} differ in case`,
        at: asKeyword.at,
        fix: { title: `Write ${text}`, safety: 'safe', edits: [{ at: asKeyword.at, text }] },
      };
    }
  },
};
