import type { Instruction } from '../ast.ts';
import type { InstructionOf, LintContext } from './context.ts';
import { inherited } from './inherited.ts';
import { lastBefore } from './last-before.ts';
import { partitionPoint } from './partition-point.ts';
import type { Pragma, Pragmas } from './pragma.ts';

/** A file written with backticks is for Windows, where cmd is the default. */
const WINDOWS_SHELL: readonly string[] = ['cmd', '/S', '/C'];

/** The SHELL in force at an instruction (own stage, else the stages it is built from); empty: the default, /bin/sh -c. */
export function shellAt(context: LintContext, instruction: Instruction): readonly string[] {
  const { own, parent } = shellsAround(context, instruction);
  const above = own ?? (parent === undefined ? undefined : lastShell(parent));
  return above?.shell ?? (context.file.directives.escape === '`' ? WINDOWS_SHELL : []);
}

function shellsAround(context: LintContext, instruction: Instruction) {
  const stage = context.stageOf(instruction);
  return {
    own: lastBefore(context.of(stage, 'shell'), instruction.at.start.offset),
    parent: stage.parent,
  };
}

/** At the end of a stage. */
const lastShell = inherited(({ instructions }) =>
  instructions.findLast((one): one is InstructionOf<'shell'> => one.kind === 'shell'),
);

/** PowerShell and cmd: their scripts are no shell scripts. */
export function isForeignShell(shell: readonly string[]): boolean {
  return /^(?:pwsh|powershell|cmd)/i.test(shell[0]?.split(/[/\\]/).at(-1) ?? '');
}

/** The shell for checks of scripts: a pragma above, else SHELL, else sh. */
export function dialectAt(context: LintContext, instruction: Instruction): readonly string[] {
  const setting = shellAt(context, instruction);
  const { line } = instruction.at.start;
  const pragma = shellPragma(context, line, context.stageOf(instruction).from?.at.start.line ?? 0);
  const own = shellsAround(context, instruction).own;
  if (pragma === undefined || (own !== undefined && own.at.start.line > pragma.line)) return setting;
  return pragma.values;
}

/** The last one above a line, in its stage or before the first FROM. */
function shellPragma({ pragmas, file }: LintContext, line: number, from: number): Pragma | undefined {
  const first = file.stages[0]?.from.at.start.line ?? 0;
  const all = shellPragmas.get(pragmas) ?? pragmas.all.filter(({ kind }) => kind === 'shell');
  shellPragmas.set(pragmas, all);
  const nearest = all[partitionPoint(all, (pragma) => pragma.line < line) - 1];
  if (nearest === undefined || nearest.line < first || nearest.line > from) return nearest;
  return all.findLast((pragma) => pragma.line < first);
}

const shellPragmas = new WeakMap<Pragmas, readonly Pragma[]>();
