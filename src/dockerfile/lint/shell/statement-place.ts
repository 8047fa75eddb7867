import type { Script, ShellCommand, SimpleCommand, Statement } from './syntax.ts';
import { walkScript } from './walk.ts';

/** The simple commands whose failure nothing looks at: not before && or ||, in no condition, not negated. */
export function uncheckedCommands(script: Script): readonly SimpleCommand[] {
  const checked = new Set<SimpleCommand>();
  const markAll = (inner: Script) => {
    walkScript(inner, {
      command(command) {
        if (command.kind === 'simple') checked.add(command);
      },
    });
  };
  const all: SimpleCommand[] = [];
  walkScript(script, {
    statement: (statement) => markStatement(statement, checked),
    command(command) {
      if (command.kind === 'simple') all.push(command);
      for (const condition of conditionsOf(command)) markAll(condition);
    },
  });
  return all.filter((command) => !checked.has(command));
}

function markStatement({ pipeline, operator }: Statement, checked: Set<SimpleCommand>): void {
  if (operator !== '&&' && operator !== '||' && !pipeline.negated) return;
  for (const command of pipeline.commands) {
    if (command.kind === 'simple') checked.add(command);
    if (command.kind === 'group') markGroup(command.body, checked);
  }
}

/** `{ a; b; } && c` looks at the last of the group. */
function markGroup({ statements }: Script, checked: Set<SimpleCommand>): void {
  for (const statement of statements.slice(-1)) {
    for (const command of statement.pipeline.commands) if (command.kind === 'simple') checked.add(command);
  }
}

function conditionsOf(command: ShellCommand): readonly Script[] {
  if (command.kind === 'if') return command.branches.map(({ condition }) => condition);
  return command.kind === 'while' ? [command.condition] : [];
}
