import type { LintRule } from '../rule.ts';
import { unquote } from '../unquote.ts';

export const dl3050: LintRule = {
  id: 'DL3050',
  severity: 'info',
  title: 'No labels beside the required ones',
  *check(context) {
    if (context.config.strictLabels !== true) return;
    const schema = context.config.labelSchema ?? {};
    for (const { pairs } of context.all('label')) {
      const extra = pairs.find(({ key }) => !Object.hasOwn(schema, unquote(key.value)));
      if (extra !== undefined)
        yield { message: `The label ${unquote(extra.key.value)} is not in the schema`, at: extra.key.at };
    }
  },
};
