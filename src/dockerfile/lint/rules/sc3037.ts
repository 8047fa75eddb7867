import { viewOf } from '../shell/command-view.ts';
import { simpleCommands } from '../shell/walk.ts';
import { shellRule } from '../shell-rule.ts';

export const sc3037 = shellRule(
  { id: 'SC3037', severity: 'warning', title: 'No options for echo in sh' },
  function* ({ script, dialect }) {
    for (const command of simpleCommands(script.parsed.script)) {
      const view = viewOf(command);
      const [first] = view?.args ?? [];
      if (view?.name !== 'echo' || first === undefined || !/^-[neE]+$/.test(first.value)) continue;
      // dash knows -n.
      if (dialect !== 'sh' && !(dialect === 'dash' && first.value !== '-n')) continue;
      yield { at: first, message: `Not every sh knows echo ${first.value}: use printf` };
    }
  },
);
