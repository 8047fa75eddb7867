import type { Instruction, ParseResult } from '../ast.ts';
import { readInstruction } from '../instruction/read.ts';
import { sourceOf } from '../mapped-text.ts';
import { readNodes } from '../parse.ts';

/** The readable instructions before the first FROM that are no ARG: no part of any stage, but worth a look. */
export function readOrphans({ file, problems }: ParseResult): readonly Instruction[] {
  if (!problems.some(({ code }) => code === 'NO_STAGE')) return [];
  const source = sourceOf(file);
  const orphans: Instruction[] = [];
  for (const node of readNodes(source).nodes) {
    if (node.name === 'from') break;
    if (node.name === 'arg') continue;
    try {
      orphans.push(readInstruction({ source, node }));
    } catch {
      // It is among the problems already.
    }
  }
  return orphans;
}
