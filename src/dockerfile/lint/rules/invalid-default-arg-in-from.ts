import { isImageReference } from '../reference-pattern.ts';
import type { LintRule } from '../rule.ts';
import { expandIn, globalScope } from '../scope.ts';

export const invalidDefaultArgInFrom: LintRule = {
  id: 'InvalidDefaultArgInFrom',
  severity: 'warning',
  title: 'FROM is valid with the defaults of its arguments',
  *check(context) {
    const defaults = globalScope(context);
    for (const { image } of context.all('from')) {
      const name = expandIn(image.value, defaults, context.file.directives.escape)?.value;
      if (name === undefined || isImageReference(name)) continue;
      const result = name === '' ? 'empty' : `"${name}", which is no image name`;
      const message = image.value.includes('$')
        ? `Without build arguments ${image.value} is ${result}: give the ARG a default`
        : `${image.value} is no valid image name`;
      yield { message, at: image.at };
    }
  },
};
