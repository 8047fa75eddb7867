import type { Instruction } from '../ast.ts';
import { ancestry, type LintContext } from './context.ts';

/** A file written with backticks is for Windows, where cmd is the default. */
const WINDOWS_SHELL: readonly string[] = ['cmd', '/S', '/C'];

/** The SHELL in force at an instruction (own stage, else the stages it is built from); empty: the default, /bin/sh -c. */
export function shellAt(context: LintContext, instruction: Instruction): readonly string[] {
  const stage = context.stageOf(instruction);
  for (const one of ancestry(stage)) {
    const last = context
      .of(one, 'shell')
      .findLast(({ at }) => one !== stage || at.start.offset < instruction.at.start.offset);
    if (last !== undefined) return last.shell;
  }
  return context.file.directives.escape === '`' ? WINDOWS_SHELL : [];
}

/** PowerShell and cmd: their scripts are no shell scripts. */
export function isForeignShell(shell: readonly string[]): boolean {
  return /^(?:pwsh|powershell|cmd)/i.test(shell[0]?.split(/[/\\]/).at(-1) ?? '');
}

/** The shell for checks of scripts: a pragma above, else SHELL, else sh. */
export function dialectAt(context: LintContext, instruction: Instruction): readonly string[] {
  const setting = shellAt(context, instruction);
  const stage = context.stageOf(instruction);
  const first = context.instructions.find(({ kind }) => kind === 'from')?.at.start.line ?? 0;
  const pragma = context.pragmas.all.findLast(
    ({ kind, line }) =>
      kind === 'shell' &&
      line < instruction.at.start.line &&
      (line < first || line > (stage.from?.at.start.line ?? 0)),
  );
  const lastShell = context
    .of(stage, 'shell')
    .findLast(({ at }) => at.start.line < instruction.at.start.line);
  if (pragma === undefined || (lastShell !== undefined && lastShell.at.start.line > pragma.line))
    return setting;
  return pragma.values;
}
