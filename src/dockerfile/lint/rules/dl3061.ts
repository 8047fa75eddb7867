import type { LintRule } from '../rule.ts';

export const dl3061: LintRule = {
  id: 'DL3061',
  severity: 'error',
  title: 'FROM or ARG comes first',
  *check({ stages }) {
    for (const { from, instructions } of stages) {
      if (from !== undefined) continue;
      for (const { kind, keyword } of instructions) {
        if (kind === 'arg') continue;
        const name = keyword.value.toUpperCase();
        yield { message: `${name} stands before the first FROM: only ARG may`, at: keyword.at };
      }
    }
  },
};
