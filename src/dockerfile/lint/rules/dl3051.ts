import { schemaPairs } from '../labels.ts';
import type { LintRule } from '../rule.ts';
import { unquote } from '../unquote.ts';

export const dl3051: LintRule = {
  id: 'DL3051',
  severity: 'warning',
  title: 'Required labels are not empty',
  *check(context) {
    for (const { key, value } of schemaPairs(context)) {
      if (unquote(value.value).trim() === '')
        yield { message: `The label ${unquote(key.value)} is empty`, at: key.at };
    }
  },
};
