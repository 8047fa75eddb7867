import { jsonFix } from '../json-form.ts';
import type { LintRule } from '../rule.ts';
import { shellAt } from '../shell-setting.ts';

/** Like DL3025, but silent where a SHELL says that a shell is wanted. */
export const jsonArgsRecommended: LintRule = {
  id: 'JSONArgsRecommended',
  severity: 'warning',
  title: 'CMD and ENTRYPOINT in JSON form',
  twin: 'DL3025',
  *check(context) {
    for (const one of context.all('cmd', 'entrypoint')) {
      if (one.command.form !== 'shell' || shellAt(context, one).length > 0) continue;
      const name = one.kind.toUpperCase();
      const fix = jsonFix(context, one);
      yield {
        message: `${name} in JSON form gets signals itself, without a shell in between`,
        at: one.at,
        fix,
      };
    }
  },
};
