import { repeated } from '../repeated.ts';
import type { LintRule } from '../rule.ts';

export const dl4003: LintRule = {
  id: 'DL4003',
  severity: 'warning',
  title: 'One CMD a stage',
  *check(context) {
    for (const { at } of repeated(context, 'cmd')) {
      yield { message: 'A stage has one CMD: this one replaces the one above', at };
    }
  },
};
