import type { SourceRange } from '../../../base/errors.ts';
import type { Instruction } from '../../ast.ts';
import type { LintContext } from '../context.ts';
import type { LintRule } from '../rule.ts';
import type { Word } from '../shell/syntax.ts';
import { walkScript } from '../shell/walk.ts';

const QUOTE = /^[\u2018\u201A\u201C-\u201E]/;
/** A JSON array but for its quotes. */
const ARRAY = /^\s*\[\s*[\u2018-\u201E]/;

/** Text that was copied from a page or a letter: neither a shell nor JSON takes these for quotes. */
export const tsib1024: LintRule = {
  id: 'TSIB1024',
  severity: 'warning',
  title: 'Straight quotes',
  onbuild: true,
  *check(context) {
    for (const instruction of context.instructions) {
      const at = typographic(context, instruction);
      if (at !== undefined) yield { message: 'These quotes are letters like any other: write " or \'', at };
    }
  },
};

function typographic(context: LintContext, instruction: Instruction): SourceRange | undefined {
  const { value } = instruction.args;
  if (!/[\u2018-\u201E]/.test(value)) return undefined;
  if (ARRAY.test(value)) return context.argsRange(instruction, value.indexOf('['), value.trimEnd().length);
  if (instruction.kind === 'env' || instruction.kind === 'label' || instruction.kind === 'arg')
    return instruction.pairs
      .map((pair) => pair.value)
      .find((one) => one !== undefined && QUOTE.test(one.value))?.at;
  for (const script of context.scripts(instruction)) {
    const words: Word[] = [];
    walkScript(script.parsed.script, {
      word(word) {
        const [first] = word.parts;
        if (first?.kind === 'literal' && !first.escaped && QUOTE.test(first.text)) words.push(word);
      },
    });
    const [word] = words;
    if (word !== undefined) return script.rangeOf(word);
  }
  return undefined;
}
