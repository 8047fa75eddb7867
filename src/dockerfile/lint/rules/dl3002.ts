import type { LintRule } from '../rule.ts';
import { unquote } from '../unquote.ts';

/** The last USER of a stage should not be root. */
export const dl3002: LintRule = {
  id: 'DL3002',
  severity: 'warning',
  security: 4,
  title: 'The last USER is not root',
  *check(context) {
    for (const stage of context.stages) {
      const last = context.of(stage, 'user').at(-1);
      if (last === undefined || !/^(?:root|0)(?::|$)/.test(unquote(last.word.value))) continue;
      yield { message: 'The stage ends as root: switch to another USER when the work is done', at: last.at };
    }
  },
};
