import { repeated } from '../repeated.ts';
import type { LintRule } from '../rule.ts';

export const dl4004: LintRule = {
  id: 'DL4004',
  severity: 'error',
  title: 'One ENTRYPOINT a stage',
  *check(context) {
    for (const { at } of repeated(context, 'entrypoint')) {
      yield { message: 'A stage has one ENTRYPOINT: this one replaces the one above', at };
    }
  },
};
