import type { Instruction, InstructionKind } from '../ast.ts';
import type { LintContext } from './context.ts';

/** The second and later instructions of a kind in each stage. */
export function repeated(context: LintContext, kind: InstructionKind): readonly Instruction[] {
  return context.stages.flatMap((stage) => stage.instructions.filter((one) => one.kind === kind).slice(1));
}
