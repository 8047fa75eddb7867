import { basename } from '../base-name.ts';
import { viewOf } from '../shell/command-view.ts';
import { conditionStatements } from '../shell/statement-place.ts';
import type { Script, ShellCommand, Statement } from '../shell/syntax.ts';
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

/** The second and third of each `a && b || c` that is no condition, nor stands in one. */
function shorthands(script: Script): readonly (readonly [Statement, Statement])[] {
  const found: [Statement, Statement][] = [];
  const conditions = conditionStatements(script);
  const look = ({ statements }: Script) => {
    const [begin] = statements;
    if (begin === undefined || conditions.has(begin)) return;
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
      for (const body of bodiesOf(command)) look(body);
    },
    part(part) {
      if (part.kind === 'command' || part.kind === 'process') look(part.script);
    },
  });
  return found;
}

function bodiesOf(command: ShellCommand): readonly Script[] {
  if (command.kind === 'if') {
    const bodies = command.branches.map(({ body }) => body);
    return command.otherwise === undefined ? bodies : [...bodies, command.otherwise];
  }
  if (command.kind === 'case') return command.items.map(({ body }) => body);
  return 'body' in command && 'statements' in command.body ? [command.body] : [];
}

function isHarmless({ pipeline }: Statement): boolean {
  const [command, more] = pipeline.commands;
  if (command?.kind !== 'simple' || more !== undefined) return false;
  const view = viewOf(command);
  return view === undefined || HARMLESS.has(basename(view.name));
}
