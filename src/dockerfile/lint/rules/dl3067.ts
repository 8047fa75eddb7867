import type { LintRule } from '../rule.ts';
import { unquote } from '../unquote.ts';

export const dl3067: LintRule = {
  id: 'DL3067',
  severity: 'warning',
  title: 'No COPY --from of a whole file system',
  *check(context) {
    for (const copy of context.all('copy')) {
      if (copy.from === undefined || unquote(copy.destination.value) !== '/') continue;
      if (!copy.sources.some(({ value }) => unquote(value) === '/')) continue;
      yield {
        message: `Everything of ${copy.from.value} comes along: build FROM it, or copy what is needed`,
        at: copy.at,
      };
    }
  },
};
