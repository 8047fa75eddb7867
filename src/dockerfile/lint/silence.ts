import type { Instruction } from '../ast.ts';
import type { LintContext, LintStage } from './context.ts';
import { partitionPoint } from './partition-point.ts';
import { type CheckOptions, type Pragma, readCheckOptions } from './pragma.ts';

/** The rule ids that comments and directives switch off, for the whole file and by instruction. */
export interface Silence {
  readonly everywhere: ReadonlySet<string>;
  readonly skipBuildChecks: boolean;
  at(instruction: Instruction | undefined): {
    has(id: string): boolean;
    readonly skipBuildChecks: boolean;
  };
}

const NOTHING = { has: () => false, skipBuildChecks: false };

export function readSilence(context: LintContext, check: CheckOptions): Silence {
  const enabled = context.config.disableIgnorePragma !== true;
  const pragmas = enabled ? context.pragmas.all : [];
  const byInstruction = new Map<Instruction, { ids: Set<string>; skipBuildChecks: boolean }>();
  const entryOf = (instruction: Instruction) => {
    const entry = byInstruction.get(instruction) ?? { ids: new Set<string>(), skipBuildChecks: false };
    byInstruction.set(instruction, entry);
    return entry;
  };
  const byStage = new Map<LintStage, Set<string>>();
  for (const pragma of pragmas) {
    const target = pragmaTarget(pragma, context);
    if (target === undefined) continue;
    if ('instructions' in target) {
      const ids = byStage.get(target) ?? new Set<string>();
      byStage.set(target, ids);
      addAll(ids, pragma.values);
    } else addAll(entryOf(target).ids, pragma.values);
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
    at: (instruction) => {
      if (instruction === undefined) return NOTHING;
      const own = byInstruction.get(instruction);
      const stage = instruction.kind === 'from' ? undefined : byStage.get(context.stageOf(instruction));
      return {
        has: (id) => own?.ids.has(id) === true || stage?.has(id) === true,
        skipBuildChecks: own?.skipBuildChecks === true,
      };
    },
  };
}

function addAll(ids: Set<string>, values: readonly string[]): void {
  for (const value of values) ids.add(value);
}

/** The instruction that an `ignore` comment is about, the stage below its FROM that a `stage ignore` comment is about. */
export function pragmaTarget(pragma: Pragma, context: LintContext): Instruction | LintStage | undefined {
  if (pragma.kind !== 'ignore' && pragma.kind !== 'stage') return undefined;
  const { instructions } = context;
  const next = instructions[partitionPoint(instructions, ({ at }) => at.end.line <= pragma.line)];
  if (next === undefined || pragma.kind === 'ignore') return next;
  return next.kind === 'from' && next.at.start.line >= pragma.line ? context.stageOf(next) : undefined;
}

/** `# check=skip=…` in the comment above an instruction (BuildKit 0.22). */
function checkAbove(instruction: Instruction): CheckOptions | undefined {
  for (const comment of instruction.comments) {
    const text = /^\s*check\s*=\s*(.*)$/im.exec(comment.text)?.[1];
    if (text !== undefined) return readCheckOptions(text);
  }
  return undefined;
}
