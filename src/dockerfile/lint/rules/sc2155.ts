import { viewOf } from '../shell/command-view.ts';
import type { Word } from '../shell/syntax.ts';
import { simpleCommands } from '../shell/walk.ts';
import { shellRule } from '../shell-rule.ts';

const DECLARING = new Set(['export', 'local', 'declare', 'typeset', 'readonly']);

export const sc2155 = shellRule(
  { id: 'SC2155', severity: 'warning', title: 'Declare and assign apart' },
  function* ({ script }) {
    for (const command of simpleCommands(script.parsed.script)) {
      const view = viewOf(command);
      if (view === undefined || !DECLARING.has(view.name)) continue;
      for (const { word, value } of view.args) {
        if (!/^\w+\+?=/.test(value) || !substitutes(word)) continue;
        yield {
          at: word,
          message: `${view.name} hides whether the command in the value failed: assign first`,
        };
      }
    }
  },
);

function substitutes({ parts }: Word): boolean {
  return parts.some(
    (part) =>
      part.kind === 'command' ||
      (part.kind === 'double' && part.parts.some(({ kind }) => kind === 'command')),
  );
}
