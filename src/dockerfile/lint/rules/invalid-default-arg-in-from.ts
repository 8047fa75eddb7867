import { isImageReference } from '../reference-pattern.ts';
import type { LintRule } from '../rule.ts';
import { expandIn, globalScope } from '../variables.ts';

export const invalidDefaultArgInFrom: LintRule = {
  id: 'InvalidDefaultArgInFrom',
  severity: 'warning',
  title: 'FROM is valid with the defaults of its arguments',
  *check(context) {
    const defaults = globalScope(context);
    for (const { image } of context.all('from')) {
      if (!image.value.includes('$')) continue;
      const name = expandIn(image.value, defaults, context.file.directives.escape)?.value;
      if (name === undefined || isImageReference(name)) continue;
      yield {
        message: `Without build arguments ${image.value} is ${name === '' ? 'empty' : `"${name}", no image name`}: give the ARG a default`,
        at: image.at,
      };
    }
  },
};
