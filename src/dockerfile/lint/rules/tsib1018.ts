import { viewOf } from '../shell/command-view.ts';
import { setsErrexit } from '../shell/options.ts';
import type { ShellCommand } from '../shell/syntax.ts';
import { shellRule } from '../shell-rule.ts';

/** In a heredoc only the last line decides whether RUN failed. */
export const tsib1018 = shellRule(
  { id: 'TSIB1018', severity: 'info', title: 'set -e in heredocs with several commands' },
  function* ({ script, run, shell }) {
    if (run.heredocs.length === 0 || shell.some((word) => /^-[a-z]*e/.test(word))) return;
    const { statements } = script.parsed.script;
    if (setsErrexit(script.parsed.script) || /^#!.*\s-[a-z]*e/.test(script.text.value)) return;
    const first = statements.slice(0, -1).find(({ operator, pipeline }) => {
      if (operator !== '\n' && operator !== ';') return false;
      return pipeline.commands.some(mayFail);
    });
    if (first === undefined) return;
    yield {
      at: first,
      message: 'When this fails the lines below run all the same: begin the heredoc with set -e',
    };
  },
);

/** Builtins of which nobody expects it. */
const HARMLESS: ReadonlySet<string> = new Set([
  ':',
  'true',
  'echo',
  'printf',
  'export',
  'set',
  'shopt',
  'umask',
  'trap',
  'exit',
]);

function mayFail(command: ShellCommand): boolean {
  if (command.kind !== 'simple' || command.words.length === 0) return false;
  return command.redirects.length > 0 || !HARMLESS.has(viewOf(command)?.name ?? '');
}
