import type { LintRule } from '../rule.ts';

export const dl3043: LintRule = {
  id: 'DL3043',
  severity: 'error',
  title: 'No ONBUILD, FROM or MAINTAINER behind ONBUILD',
  *check(context) {
    for (const { expression, at } of context.all('onbuild')) {
      const word = /^\s*(\S+)/.exec(expression)?.[1]?.toUpperCase() ?? '';
      if (!['ONBUILD', 'FROM', 'MAINTAINER'].includes(word)) continue;
      yield { message: `${word} cannot be a trigger`, at };
    }
  },
};
