import type { Instruction } from '../../ast.ts';
import type { LintRule } from '../rule.ts';

/** The comment above an ARG or a named stage is its description, for `docker build --call outline`. */
export const invalidDefinitionDescription: LintRule = {
  id: 'InvalidDefinitionDescription',
  severity: 'off',
  title: 'Descriptions begin with the name of what they describe',
  *check(context) {
    for (const instruction of context.instructions) {
      const names = namesOf(instruction);
      const lines = instruction.comments.flatMap(({ text }) => text.split('\n'));
      const word = lines.at(-1)?.trim().split(' ')[0];
      if (word === undefined || names.length === 0 || names.includes(word)) continue;
      yield { message: `The comment above should begin with ${names.join(' or ')}`, at: instruction.at };
    }
  },
};

function namesOf(instruction: Instruction): readonly string[] {
  if (instruction.kind === 'arg') return instruction.pairs.map(({ key }) => key.value);
  return instruction.kind === 'from' && instruction.stageName !== undefined ? [instruction.stageName] : [];
}
