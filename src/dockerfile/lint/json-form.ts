import type { CommandInstruction } from '../ast.ts';
import type { Fix } from '../diagnostic.ts';
import type { LintContext } from './context.ts';
import { isConstant, wordText } from './shell/command-view.ts';

/** A command line of plain words as a JSON array; undefined when it needs a shell. */
export function jsonFix(context: LintContext, instruction: CommandInstruction): Fix | undefined {
  const [script] = context.scripts(instruction);
  const [statement, more] = script?.parsed.script.statements ?? [];
  const [command, piped] = statement?.pipeline.commands ?? [];
  if (script === undefined || more !== undefined || piped !== undefined || command?.kind !== 'simple')
    return undefined;
  if (script.parsed.problems.length > 0 || statement?.operator !== '' || statement.pipeline.negated)
    return undefined;
  if (command.assignments.length > 0 || command.redirects.length > 0 || command.words.length === 0)
    return undefined;
  // Globs, tildes and builtins mean something to a shell only.
  const text = script.text.value;
  if (!command.words.every(isConstant) || /[*?~[\]{}]/.test(text)) return undefined;
  const words = command.words.map(wordText);
  if (['exec', 'cd', 'source', '.', 'eval', 'set', 'export'].includes(words[0] ?? '')) return undefined;
  const end = text.trimEnd().length;
  const at = context.argsRange(instruction, text.length - text.trimStart().length, end);
  const json = `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
  // The shell that no longer runs may have come from SHELL or handled signals on purpose.
  return { title: 'Write it as a JSON array', safety: 'unsafe', edits: [{ at, text: json }] };
}
