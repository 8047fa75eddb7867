import type { RunInstruction } from '../ast.ts';
import type { Fix } from '../diagnostic.ts';
import { sourceOf } from '../mapped-text.ts';
import { rangeBetween } from '../source.ts';
import { lineEnd, plainEnd } from './appended-command.ts';
import type { LintContext } from './context.ts';

/**
 * Makes one RUN of two that follow each other, comments between them kept. Undefined where `&&` between the scripts is not what happened before,
 * or where flags or a pragma stand in between.
 */
export function joinFix(context: LintContext, one: RunInstruction, other: RunInstruction): Fix | undefined {
  const [first, second] = [context.scripts(one)[0], context.scripts(other)[0]];
  if (first === undefined || second === undefined || one.flags.length + other.flags.length > 0)
    return undefined;
  const last = plainEnd(first, one);
  const end = plainEnd(second, other);
  const begin = second.parsed.script.statements[0];
  if (last === undefined || end === undefined || begin === undefined) return undefined;
  // `a && b || c` is not a, then `b || c`.
  const chain = second.parsed.script.statements.slice(0, -1).every(({ operator }) => operator === '&&');
  if (!chain || first.text.value.slice(last.end).trim() !== '') return undefined;
  const { file } = context;
  const between = rangeBetween(
    sourceOf(file),
    first.rangeOf(last).end.offset,
    second.rangeOf(begin).start.offset,
  );
  const lines = file.text.slice(between.start.offset, other.at.start.offset).split('\n').slice(1);
  const comments = lines.map((line) => line.trim()).filter((line) => line !== '');
  if (comments.some((line) => !line.startsWith('#') || /hadolint|check\s*=/i.test(line))) return undefined;
  const eol = lineEnd(file.text);
  const text = [` ${file.directives.escape}`, ...comments, '    && '].join(eol);
  // Folders and variables of the first script reach into the second, and the cache holds both or none.
  return { title: 'Join it with the RUN above', safety: 'unsafe', edits: [{ at: between, text }] };
}
