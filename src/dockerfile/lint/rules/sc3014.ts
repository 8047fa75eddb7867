import { viewOf } from '../shell/command-view.ts';
import { simpleCommands } from '../shell/walk.ts';
import { shellRule } from '../shell-rule.ts';

export const sc3014 = shellRule(
  { id: 'SC3014', severity: 'warning', title: 'No == in [ ] of sh' },
  function* ({ script, posix }) {
    if (!posix) return;
    for (const command of simpleCommands(script.parsed.script)) {
      const view = viewOf(command);
      if (view?.name !== '[' && view?.name !== 'test') continue;
      const operator = view.args.find(({ value }) => value === '==');
      if (operator === undefined) continue;
      yield {
        at: operator,
        message: '== is no part of sh: use =',
        fix: { title: 'Use =', safety: 'safe', edits: [{ at: operator, text: '=' }] },
      };
    }
  },
);
