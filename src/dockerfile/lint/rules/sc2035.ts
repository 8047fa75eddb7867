import { viewOf, wordText } from '../shell/command-view.ts';
import { simpleCommands } from '../shell/walk.ts';
import { shellRule } from '../shell-rule.ts';

export const sc2035 = shellRule(
  { id: 'SC2035', severity: 'info', title: './* instead of *' },
  function* ({ script }) {
    for (const command of simpleCommands(script.parsed.script)) {
      const view = viewOf(command);
      if (view === undefined || ['echo', 'printf', '['].includes(view.name)) continue;
      if (view.args.some(({ value }) => value === '--')) continue;
      for (const word of command.words.slice(1)) {
        const value = wordText(word);
        const [first] = word.parts;
        if (first?.kind !== 'literal' || first.escaped || !/^[*?]/.test(first.text) || value === '?')
          continue;
        yield {
          at: word,
          message: `A file whose name begins with a dash becomes an option: write ./${value}`,
        };
      }
    }
  },
);
