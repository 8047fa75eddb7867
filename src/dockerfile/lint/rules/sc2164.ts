import { viewOf, wordText } from '../shell/command-view.ts';
import { setsErrexit } from '../shell/options.ts';
import { uncheckedCommands } from '../shell/statement-place.ts';
import { shellRule } from '../shell-rule.ts';

/** Folders that are always there. */
const SAFE = /^\/*(?:\.{1,2}\/+)*(?:\.{1,2})?$/;

export const sc2164 = shellRule(
  { id: 'SC2164', severity: 'warning', title: 'cd with a way out' },
  function* ({ script }) {
    if (setsErrexit(script.parsed.script)) return;
    for (const command of uncheckedCommands(script.parsed.script)) {
      const view = viewOf(command);
      if (view === undefined || !['cd', 'pushd', 'popd'].includes(view.name)) continue;
      const [target, more] = view.args;
      if (
        view.name === 'cd' &&
        more === undefined &&
        (target === undefined || SAFE.test(wordText(target.word)))
      )
        continue;
      yield { at: view, message: `When ${view.name} fails, the rest runs in the wrong folder: add || exit` };
    }
  },
);
