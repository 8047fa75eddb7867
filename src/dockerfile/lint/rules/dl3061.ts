import type { LintRule } from '../rule.ts';

export const dl3061: LintRule = {
  id: 'DL3061',
  severity: 'error',
  title: 'FROM or ARG comes first',
  *check({ stages, parsed, file }) {
    const first = file.stages[0]?.from.at.start.offset ?? Number.POSITIVE_INFINITY;
    for (const { code, at } of parsed.problems) {
      if (code !== 'BAD_TRIGGER' || at === undefined || at.start.offset > first) continue;
      yield { message: 'ONBUILD stands before the first FROM: only ARG may', at };
    }
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
