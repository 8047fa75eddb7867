import { simpleCommands } from '../shell/walk.ts';
import { shellRule } from '../shell-rule.ts';

export const sc3030 = shellRule(
  { id: 'SC3030', severity: 'warning', title: 'No arrays in sh' },
  function* ({ script, posix }) {
    if (!posix) return;
    for (const { assignments } of simpleCommands(script.parsed.script)) {
      const array = assignments.find(({ elements }) => elements !== undefined);
      if (array !== undefined) yield { at: array, message: 'sh has no arrays: choose bash with SHELL' };
    }
  },
);
