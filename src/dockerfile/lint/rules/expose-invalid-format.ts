import type { LintRule } from '../rule.ts';

export const exposeInvalidFormat: LintRule = {
  id: 'ExposeInvalidFormat',
  severity: 'warning',
  title: 'EXPOSE names ports alone',
  *check(context) {
    for (const { words } of context.all('expose')) {
      for (const { value, at } of words) {
        if (!value.replace(/\$\{[^}]*\}/g, '').includes(':')) continue;
        yield { message: `${value} maps a port: EXPOSE names the container's port alone`, at };
      }
    }
  },
};
