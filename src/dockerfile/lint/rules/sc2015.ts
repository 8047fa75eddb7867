import { viewOf } from '../shell/command-view.ts';
import type { Script, Statement } from '../shell/syntax.ts';
import { walkScript } from '../shell/walk.ts';
import { shellRule } from '../shell-rule.ts';

/** What cannot fail, or ends the script, does no harm as the third. */
const HARMLESS = new Set(['echo', 'exit', 'return', 'printf', 'true', ':', 'false']);

export const sc2015 = shellRule(
  { id: 'SC2015', severity: 'info', title: 'if instead of a && b || c' },
  function* ({ script }) {
    for (const [middle, last] of shorthands(script.parsed.script)) {
      // In the middle of a longer chain the whole is a condition.
      if (isHarmless(last) || last.operator === '&&' || last.operator === '||') continue;
      yield {
        at: { start: middle.start, end: last.end },
        message: 'The part behind || runs as well when the part behind && fails: use if',
      };
    }
  },
);

/** The second and third of each `a && b || c`. */
function shorthands(script: Script): readonly (readonly [Statement, Statement])[] {
  const found: [Statement, Statement][] = [];
  const look = ({ statements }: Script) => {
    for (const [index, statement] of statements.entries()) {
      const last = statements[index + 1];
      if (statements[index - 1]?.operator === '&&' && statement.operator === '||' && last !== undefined) {
        found.push([statement, last]);
      }
    }
  };
  look(script);
  walkScript(script, {
    command(command) {
      if ('body' in command && 'statements' in command.body) look(command.body);
    },
  });
  return found;
}

function isHarmless({ pipeline }: Statement): boolean {
  const [command] = pipeline.commands;
  if (command?.kind !== 'simple') return true;
  const view = viewOf(command);
  return view === undefined || HARMLESS.has(view.name);
}
