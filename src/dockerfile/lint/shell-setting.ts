import type { Instruction } from '../ast.ts';
import { type InstructionOf, type LintContext, type LintStage, triggersRun } from './context.ts';
import { inherited } from './inherited.ts';
import { lastBefore } from './last-before.ts';
import { partitionPoint } from './partition-point.ts';
import type { Pragma, Pragmas } from './pragma.ts';

/** A file written with backticks is for Windows, where cmd is the default. */
const WINDOWS_SHELL: readonly string[] = ['cmd', '/S', '/C'];

/**
 * The SHELL in force at an instruction (own stage, else the triggers that its FROM runs, else the stages it is built from); empty: the default,
 * /bin/sh -c.
 */
export function shellAt(context: LintContext, instruction: Instruction): readonly string[] {
  const stage = context.stageOf(instruction);
  const above = shellBefore(context, stage, instruction) ?? ofTriggers(stage) ?? lastShell(stage.parent);
  return above?.shell ?? (context.file.directives.escape === '`' ? WINDOWS_SHELL : []);
}

type Shell = InstructionOf<'shell'>;

function shellBefore(context: LintContext, stage: LintStage, { at }: Instruction): Shell | undefined {
  return lastBefore(context.of(stage, 'shell'), at.start.offset);
}

function ofTriggers(stage: LintStage): Shell | undefined {
  return triggersRun(stage).findLast((one) => one.kind === 'shell');
}

const shellAtEnd = inherited(
  (stage) => stage.instructions.findLast((one) => one.kind === 'shell') ?? ofTriggers(stage),
);

function lastShell(stage: LintStage | undefined): Shell | undefined {
  return stage === undefined ? undefined : shellAtEnd(stage);
}

/** PowerShell and cmd: their scripts are no shell scripts. */
export function isForeignShell(shell: readonly string[]): boolean {
  return /^(?:pwsh|powershell|cmd)/i.test(shell[0]?.split(/[/\\]/).at(-1) ?? '');
}

/** The shell for checks of scripts: a pragma above, else SHELL, else sh. */
export function dialectAt(context: LintContext, instruction: Instruction): readonly string[] {
  const setting = shellAt(context, instruction);
  const { line } = instruction.at.start;
  const stage = context.stageOf(instruction);
  // A trigger stands among the instructions of the stage whose image has it.
  const home = stage.from === undefined ? (stage.parent ?? stage) : stage;
  const pragma = shellPragma(context, line, home.from?.at.start.line ?? 0);
  const own = shellBefore(context, stage, instruction) ?? shellBefore(context, home, instruction);
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
