import type { Script, ShellCommand, SimpleCommand, Statement } from './syntax.ts';
import { simpleCommands, walkScript } from './walk.ts';

/** The simple commands whose failure nothing looks at: neither they nor what they stand in is before && or ||, or in a condition. */
export function uncheckedCommands(script: Script): readonly SimpleCommand[] {
  const checked = new Set<SimpleCommand>();
  eachCondition(script, (inner) => {
    walkScript(inner, {
      command(command) {
        if (command.kind === 'simple') checked.add(command);
      },
    });
  });
  return simpleCommands(script).filter((command) => !checked.has(command));
}

/** The statements inside of what stands before && or ||, and those of conditions. */
export function conditionStatements(script: Script): ReadonlySet<Statement> {
  const inside = new Set<Statement>();
  eachCondition(script, (inner, own) => {
    walkScript(inner, {
      statement(statement) {
        if (statement !== own) inside.add(statement);
      },
    });
  });
  return inside;
}

/** Calls `visit` for each condition, and for each statement before && or ||, which is `own` then. */
function eachCondition(script: Script, visit: (inner: Script, own?: Statement) => void): void {
  walkScript(script, {
    statement(statement) {
      const { operator, start, end } = statement;
      if (operator === '&&' || operator === '||') visit({ statements: [statement], start, end }, statement);
    },
    command(command) {
      for (const condition of conditionsOf(command)) visit(condition);
    },
  });
}

function conditionsOf(command: ShellCommand): readonly Script[] {
  if (command.kind === 'if') return command.branches.map(({ condition }) => condition);
  return command.kind === 'while' ? [command.condition] : [];
}
