import type { Instruction } from '../ast.ts';
import type { TextEdit } from '../diagnostic.ts';
import { sourceOf } from '../mapped-text.ts';
import { rangeBetween } from '../source.ts';
import { lineEnd } from './appended-command.ts';
import type { LintContext } from './context.ts';

/** Puts a line above an instruction, and above the comment lines directly before it, which are about the instruction. */
export function lineAbove({ file }: LintContext, { at }: Instruction, line: string): TextEdit {
  const source = sourceOf(file);
  let first = at.start.line;
  while (first > 1 && /^[ \t]*#/.test(lineAt(first - 1))) first -= 1;
  const offset = source.lineStarts[first - 1] ?? 0;
  return { at: rangeBetween(source, offset, offset), text: `${line}${lineEnd(file.text)}` };

  function lineAt(number: number): string {
    return file.text.slice(source.lineStarts[number - 1], source.lineStarts[number]);
  }
}
