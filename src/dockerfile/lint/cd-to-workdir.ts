import type { RunInstruction } from '../ast.ts';
import type { Fix } from '../diagnostic.ts';
import { sourceOf } from '../mapped-text.ts';
import { rangeBetween } from '../source.ts';
import type { LintContext } from './context.ts';
import { lineAbove } from './line-above.ts';
import type { RunScript } from './run-script.ts';
import { isConstant, viewOf, wordText } from './shell/command-view.ts';
import type { Statement } from './shell/syntax.ts';

/**
 * Makes a WORKDIR of the `cd` that a RUN begins with. It stays for what follows, and makes a folder that is not there: unsafe. Undefined where
 * the folder is known to the shell alone.
 */
export function workdirFix(context: LintContext, run: RunInstruction, script: RunScript): Fix | undefined {
  const [first, second] = script.parsed.script.statements;
  if (first === undefined || run.command.form === 'exec' || run.heredocs.length > 0) return undefined;
  const path = script.parsed.problems.length > 0 ? undefined : folderOf(first);
  if (path === undefined) return undefined;
  const { file } = context;
  const title = `Write WORKDIR ${path}`;
  const keyword = run.keyword.value === run.keyword.value.toLowerCase() ? 'workdir' : 'WORKDIR';
  if (second === undefined) {
    if (first.operator !== '' || run.flags.length > 0 || script.text.value.slice(first.end).trim() !== '')
      return undefined;
    const at = rangeBetween(sourceOf(file), run.at.start.offset, script.rangeOf(first).end.offset);
    return { title, safety: 'unsafe', edits: [{ at, text: `${keyword} ${path}` }] };
  }
  const at = rangeBetween(
    sourceOf(file),
    script.rangeOf(first).start.offset,
    script.rangeOf(second).start.offset,
  );
  // What RUN would take for a flag is none behind cd.
  if (script.text.value.startsWith('--', second.start)) return undefined;
  // A comment between the two would be lost.
  if (first.operator !== '&&' || /#/.test(file.text.slice(at.start.offset, at.end.offset))) return undefined;
  return {
    title,
    safety: 'unsafe',
    edits: [lineAbove(context, run, `${keyword} ${path}`), { at, text: '' }],
  };
}

/** The folder of a `cd` with a path that is spelt out. */
function folderOf({ pipeline }: Statement): string | undefined {
  const [command, piped] = pipeline.commands;
  if (command?.kind !== 'simple' || piped !== undefined || command.redirects.length > 0) return undefined;
  const [, folder, more] = command.words;
  if (viewOf(command)?.name !== 'cd' || folder === undefined || more !== undefined) return undefined;
  const path = wordText(folder);
  return isConstant(folder) && /^[\w./@+][\w./@+-]*$/.test(path) ? path : undefined;
}
