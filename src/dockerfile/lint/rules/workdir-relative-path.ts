import { ancestry } from '../context.ts';
import type { LintRule } from '../rule.ts';
import { unquote } from '../unquote.ts';
import { expandIn, scopesOf } from '../variables.ts';

/** Only the first WORKDIR of a stage and its parents: later ones hang on it. */
export const workdirRelativePath: LintRule = {
  id: 'WorkdirRelativePath',
  severity: 'warning',
  title: 'The first WORKDIR is absolute',
  twin: 'DL3000',
  *check(context) {
    const scopes = scopesOf(context);
    for (const stage of context.stages) {
      const [first] = context.of(stage, 'workdir');
      if (
        first === undefined ||
        ancestry(stage)
          .slice(1)
          .some((one) => context.of(one, 'workdir').length > 0)
      )
        continue;
      const scope = scopes.get(first);
      const expanded = scope && expandIn(first.word.value, scope, context.file.directives.escape)?.value;
      const path = expanded ?? unquote(first.word.value);
      if (/^(?:\/|[A-Za-z]:[\\/])/.test(path)) continue;
      yield {
        message: `WORKDIR ${first.word.value} is relative: it depends on the base image`,
        at: first.word.at,
      };
    }
  },
};
