import { repeated } from '../repeated.ts';
import type { LintRule } from '../rule.ts';

export const dl3012: LintRule = {
  id: 'DL3012',
  severity: 'error',
  title: 'One HEALTHCHECK a stage',
  *check(context) {
    for (const { at } of repeated(context, 'healthcheck')) {
      yield { message: 'A stage has one HEALTHCHECK: this one replaces the one above', at };
    }
  },
};
