import { exposedPorts } from '../exposed-ports.ts';
import type { LintRule } from '../rule.ts';

export const exposeProtoCasing: LintRule = {
  id: 'ExposeProtoCasing',
  severity: 'warning',
  title: 'Protocols of EXPOSE are lower case',
  *check(context) {
    for (const { value, written, at } of exposedPorts(context)) {
      const protocol = value.split('/')[1] ?? '';
      if (protocol === protocol.toLowerCase()) continue;
      const message = `The protocol of ${value} is written in lower case`;
      const text = written.replace(`/${protocol}`, `/${protocol.toLowerCase()}`);
      // It may come out of a variable.
      if (text === written) yield { message, at };
      else yield { message, at, fix: { title: `Write ${text}`, safety: 'safe', edits: [{ at, text }] } };
    }
  },
};
