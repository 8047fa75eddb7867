import type { LintRule } from '../rule.ts';

export const tsib1011: LintRule = {
  id: 'TSIB1011',
  severity: 'info',
  security: 3.5,
  title: 'No SSH server in the container',
  *check(context) {
    for (const { words } of context.all('expose')) {
      const port = words.find(({ value }) => /^22(?:\/tcp)?$/i.test(value));
      if (port !== undefined)
        yield { message: 'Port 22 is for an SSH server: use docker exec to look inside', at: port.at };
    }
  },
};
