import type { Instruction } from '../ast.ts';

/** The last of some instructions, which are in source order, that begins in front of an offset; found by halving. */
export function lastBefore<I extends Instruction>(instructions: readonly I[], offset: number): I | undefined {
  let low = 0;
  let high = instructions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((instructions[middle]?.at.start.offset ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return instructions[low - 1];
}
