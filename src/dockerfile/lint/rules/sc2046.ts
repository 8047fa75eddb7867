import { viewOf } from '../shell/command-view.ts';
import type { CommandPart } from '../shell/syntax.ts';
import { simpleCommands } from '../shell/walk.ts';
import { splitPlaces } from '../shell/word-places.ts';
import { shellRule } from '../shell-rule.ts';

/** Commands whose output is made to be split. */
const LISTS = new Set(['seq', 'pgrep', 'pidof']);

export const sc2046 = shellRule(
  { id: 'SC2046', severity: 'warning', title: 'Quoted command substitutions' },
  function* ({ script, dialect }) {
    for (const { part } of splitPlaces(script.parsed.script, dialect === 'sh')) {
      if (part.kind !== 'command' || part.script.statements.length === 0 || LISTS.has(nameOf(part))) continue;
      yield { at: part, message: 'The output is split at blanks and its wildcards are replaced: quote it' };
    }
  },
);

function nameOf({ script }: CommandPart): string {
  const [command] = simpleCommands(script);
  return (command === undefined ? undefined : viewOf(command)?.name) ?? '';
}
