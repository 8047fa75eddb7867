import type { LintRule } from '../rule.ts';

export const noEmptyContinuation: LintRule = {
  id: 'NoEmptyContinuation',
  severity: 'warning',
  title: 'No empty lines inside an instruction',
  *check({ parsed, onbuild }) {
    if (onbuild) return;
    for (const { rule, at } of parsed.warnings) {
      if (rule !== 'NoEmptyContinuation') continue;
      yield { message: 'An empty line continues an instruction, which will become an error: remove it', at };
    }
  },
};
