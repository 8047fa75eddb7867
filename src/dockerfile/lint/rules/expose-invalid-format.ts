import { exposedPorts } from '../exposed-ports.ts';
import type { LintRule } from '../rule.ts';

export const exposeInvalidFormat: LintRule = {
  id: 'ExposeInvalidFormat',
  severity: 'warning',
  title: 'EXPOSE names ports alone',
  *check(context) {
    for (const { value, written, at } of exposedPorts(context)) {
      // Nothing in front of the colons is no mapping.
      if (!/[^:].*:/.test(value)) continue;
      yield { message: `${written} maps a port: EXPOSE names the container's port alone`, at };
    }
  },
};
