import type { SourceRange } from '../../../base/errors.ts';
import type { Instruction } from '../../ast.ts';
import type { Fix, TextEdit } from '../../diagnostic.ts';
import { sourceOf } from '../../mapped-text.ts';
import { rangeBetween } from '../../source.ts';
import type { LintContext } from '../context.ts';
import type { LintRule } from '../rule.ts';

export const noEmptyContinuation: LintRule = {
  id: 'NoEmptyContinuation',
  severity: 'warning',
  title: 'No empty lines inside an instruction',
  *check(context) {
    if (context.onbuild) return;
    for (const { at } of context.parsed.warnings) {
      yield {
        message: 'An empty line continues an instruction, which will become an error: remove it',
        at,
        fix: withoutEmptyLines(context, at),
      };
    }
  },
};

/** Deletes the empty lines between the beginning of the instruction and its last line, which is where the parser tells it. */
function withoutEmptyLines(context: LintContext, last: SourceRange): Fix | undefined {
  const instruction = context.instructions.findLast(({ at }) => at.start.offset <= last.start.offset);
  if (instruction === undefined || instruction.at.end.offset < last.start.offset) return undefined;
  const source = sourceOf(context.file);
  const edits: TextEdit[] = [];
  for (let line = firstLine(context, instruction); line < last.start.line; line += 1) {
    const start = source.lineStarts[line - 1] ?? 0;
    const end = source.lineStarts[line] ?? source.text.length;
    if (source.text.slice(start, end).trim() === '')
      edits.push({ at: rangeBetween(source, start, end), text: '' });
  }
  return edits.length === 0 ? undefined : { title: 'Remove the empty lines', safety: 'safe', edits };
}

/** An instruction may begin with lines that hold a continuation and nothing else, above its keyword. */
function firstLine(context: LintContext, instruction: Instruction): number {
  const source = sourceOf(context.file);
  let first = instruction.at.start.line;
  for (let line = first - 1; line > 0; line -= 1) {
    const text = source.text.slice(source.lineStarts[line - 1], source.lineStarts[line]).trim();
    if (text === context.file.directives.escape) first = line;
    else if (text !== '' && !text.startsWith('#')) break;
  }
  return first;
}
