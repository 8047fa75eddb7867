import type { LintRule } from '../rule.ts';

export const stageNameCasing: LintRule = {
  id: 'StageNameCasing',
  severity: 'warning',
  title: 'Stage names are lower case',
  *check(context) {
    for (const { alias } of context.all('from')) {
      if (alias === undefined || alias.value === alias.value.toLowerCase()) continue;
      // References do not mind the case, so that renaming the stage alone is enough.
      yield {
        message: `The stage name ${alias.value} has upper case letters`,
        at: alias.at,
        fix: {
          title: 'Write it in lower case',
          safety: 'safe',
          edits: [{ at: alias.at, text: alias.value.toLowerCase() }],
        },
      };
    }
  },
};
