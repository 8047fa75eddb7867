import { didYouMean } from '../../suggest.ts';
import type { LintRule } from '../rule.ts';
import { expandIn, globalScope } from '../scope.ts';

export const undefinedArgInFrom: LintRule = {
  id: 'UndefinedArgInFrom',
  severity: 'warning',
  title: 'FROM uses declared arguments only',
  *check(context) {
    const scope = globalScope(context, context.config.buildArgs);
    const texts = context
      .all('from')
      .flatMap(({ image, platform }) => (platform === undefined ? [image] : [platform, image]));
    for (const { value, at } of texts) {
      const unmatched = expandIn(value, scope, context.file.directives.escape)?.unmatched ?? [];
      for (const name of unmatched) {
        if (scope.declared.has(name)) continue;
        const hint = didYouMean(name, scope.declared);
        const message = `No ARG ${name} stands before the first FROM`;
        yield { message: hint === undefined ? message : `${message}: ${hint}`, at };
      }
    }
  },
};
