import type { KeyValue } from '../ast.ts';
import type { LabelType } from './config.ts';
import type { LintContext } from './context.ts';
import type { LintRule } from './rule.ts';
import { unquote } from './unquote.ts';

/** A rule about the values of the labels of one type. */
export function labelTypeRule(
  facts: Omit<LintRule, 'check'>,
  type: LabelType,
  isValid: (value: string) => boolean,
  wanted: string,
): LintRule {
  return {
    ...facts,
    *check(context) {
      for (const { key, value } of schemaPairs(context, type)) {
        if (isValid(unquote(value.value))) continue;
        yield { message: `The label ${unquote(key.value)} is not ${wanted}`, at: value.at };
      }
    },
  };
}

/** The pairs of LABEL instructions that the schema gives this type. */
export function schemaPairs(context: LintContext, type?: LabelType): readonly KeyValue[] {
  const schema = context.config.labelSchema ?? {};
  return context
    .all('label')
    .flatMap(({ pairs }) => pairs)
    .filter(({ key }) => {
      const name = unquote(key.value);
      const own = Object.hasOwn(schema, name) ? schema[name] : undefined;
      return own !== undefined && (type === undefined || own === type);
    });
}
