import type { RunInstruction } from '../ast.ts';
import type { ScriptFacts, ScriptFix } from './command-rule.ts';
import type { LintContext } from './context.ts';
import type { RunScript } from './run-script.ts';
import { viewOf } from './shell/command-view.ts';
import type { Statement } from './shell/syntax.ts';

/**
 * Puts a command at the end of a RUN, to run when all before it went well; undefined for scripts of which that cannot be said: heredocs,
 * exec forms, something left in the background, an end that is never reached.
 */
export function appendedCommand(
  { script, run, context }: Pick<ScriptFacts, 'script' | 'run' | 'context'>,
  command: string,
): ScriptFix['edits'] | undefined {
  const last = plainEnd(script, run);
  if (last === undefined) return undefined;
  // The last character is written anew: what stands behind it may be a continuation, or a comment of the shell.
  const at = { start: last.end - 1, end: last.end };
  return [{ at, text: `${script.text.value.slice(at.start, at.end)}${joint(context, run)}${command}` }];
}

/** The last statement of a shell-form RUN behind which another command can be put. */
export function plainEnd(script: RunScript, run: RunInstruction): Statement | undefined {
  const { statements } = script.parsed.script;
  const last = statements.at(-1);
  if (last === undefined || run.command.form === 'exec' || run.heredocs.length > 0) return undefined;
  if (script.parsed.problems.length > 0 || last.operator !== '') return undefined;
  if (statements.some(({ operator }) => operator === '&')) return undefined;
  const ends = last.pipeline.commands.some(
    (one) => one.kind === 'simple' && ['exec', 'exit'].includes(viewOf(one)?.name ?? ''),
  );
  return ends ? undefined : last;
}

/** `&&`, on a line of its own where the RUN has several. */
function joint({ file }: LintContext, run: RunInstruction): string {
  const text = file.text.slice(run.at.start.offset, run.at.end.offset);
  if (!text.includes('\n')) return ' && ';
  const indent = /\n([ \t]*)&&/.exec(text)?.[1] ?? '    ';
  return ` ${file.directives.escape}${lineEnd(file.text)}${indent}&& `;
}

/** As the file has it. */
export function lineEnd(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}
