import { jsonFix } from '../json-form.ts';
import type { LintRule } from '../rule.ts';

/** In the shell form a shell stands between the program and its signals. */
export const dl3025: LintRule = {
  id: 'DL3025',
  severity: 'warning',
  title: 'CMD and ENTRYPOINT in JSON form',
  *check(context) {
    for (const one of context.all('cmd', 'entrypoint', 'healthcheck')) {
      if (one.command?.form !== 'shell') continue;
      const name = one.kind === 'healthcheck' ? 'HEALTHCHECK CMD' : one.kind.toUpperCase();
      const fix = one.kind === 'healthcheck' ? undefined : jsonFix(context, one);
      yield {
        message: `${name} in JSON form gets signals itself, without a shell in between`,
        at: one.at,
        fix,
      };
    }
  },
};
