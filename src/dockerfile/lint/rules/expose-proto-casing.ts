import type { LintRule } from '../rule.ts';

export const exposeProtoCasing: LintRule = {
  id: 'ExposeProtoCasing',
  severity: 'warning',
  title: 'Protocols of EXPOSE are lower case',
  *check(context) {
    for (const { words } of context.all('expose')) {
      for (const { value, at } of words) {
        const protocol = value.split('/')[1] ?? '';
        if (protocol === protocol.toLowerCase() || protocol.includes('$')) continue;
        const text = value.replace(`/${protocol}`, `/${protocol.toLowerCase()}`);
        yield {
          message: `The protocol of ${value} is written in lower case`,
          at,
          fix: { title: `Write ${text}`, safety: 'safe', edits: [{ at, text }] },
        };
      }
    }
  },
};
