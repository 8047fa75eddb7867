import type { Instruction } from '../ast.ts';
import type { LintContext } from './context.ts';
import { partitionPoint } from './partition-point.ts';
import { type CheckOptions, type Pragma, readCheckOptions } from './pragma.ts';

/** The rule ids that comments and directives switch off, for the whole file and by instruction. */
export interface Silence {
  readonly everywhere: ReadonlySet<string>;
  readonly skipBuildChecks: boolean;
  at(instruction: Instruction | undefined): {
    readonly ids: ReadonlySet<string>;
    readonly skipBuildChecks: boolean;
  };
}

const NOTHING = { ids: new Set<string>(), skipBuildChecks: false };

export function readSilence(context: LintContext, check: CheckOptions): Silence {
  const enabled = context.config.disableIgnorePragma !== true;
  const pragmas = enabled ? context.pragmas.all : [];
  const byInstruction = new Map<Instruction, { ids: Set<string>; skipBuildChecks: boolean }>();
  const entryOf = (instruction: Instruction) => {
    const entry = byInstruction.get(instruction) ?? { ids: new Set<string>(), skipBuildChecks: false };
    byInstruction.set(instruction, entry);
    return entry;
  };
  for (const pragma of pragmas) {
    for (const instruction of pragmaTargets(pragma, context)) addAll(entryOf(instruction).ids, pragma.values);
  }
  for (const instruction of context.instructions) {
    const own = checkAbove(instruction);
    if (own === undefined) continue;
    const entry = entryOf(instruction);
    addAll(entry.ids, own.skip);
    entry.skipBuildChecks ||= own.skipAll;
  }
  const everywhere = new Set<string>(check.skip);
  for (const pragma of pragmas) if (pragma.kind === 'global') addAll(everywhere, pragma.values);
  return {
    everywhere,
    skipBuildChecks: check.skipAll,
    at: (instruction) => (instruction === undefined ? NOTHING : (byInstruction.get(instruction) ?? NOTHING)),
  };
}

function addAll(ids: Set<string>, values: readonly string[]): void {
  for (const value of values) ids.add(value);
}

/** The instructions that an `ignore` or `stage ignore` comment is about. */
export function pragmaTargets(pragma: Pragma, context: LintContext): readonly Instruction[] {
  if (pragma.kind !== 'ignore' && pragma.kind !== 'stage') return [];
  const { instructions } = context;
  const next = instructions[partitionPoint(instructions, ({ at }) => at.end.line <= pragma.line)];
  if (next === undefined) return [];
  if (pragma.kind === 'ignore') return [next];
  if (next.kind !== 'from' || next.at.start.line < pragma.line) return [];
  return context.stageOf(next).instructions;
}

/** `# check=skip=…` in the comment above an instruction (BuildKit 0.22). */
function checkAbove(instruction: Instruction): CheckOptions | undefined {
  for (const comment of instruction.comments) {
    const text = /^\s*check\s*=\s*(.*)$/im.exec(comment.text)?.[1];
    if (text !== undefined) return readCheckOptions(text);
  }
  return undefined;
}
