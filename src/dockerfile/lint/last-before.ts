import type { Instruction } from '../ast.ts';
import { partitionPoint } from './partition-point.ts';

/** The last of some instructions, which are in source order, that begins in front of an offset. */
export function lastBefore<I extends Instruction>(instructions: readonly I[], offset: number): I | undefined {
  return instructions[partitionPoint(instructions, ({ at }) => at.start.offset < offset) - 1];
}
