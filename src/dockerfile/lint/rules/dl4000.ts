import type { LintRule } from '../rule.ts';
import { unquote } from '../unquote.ts';

export const dl4000: LintRule = {
  id: 'DL4000',
  severity: 'error',
  title: 'No MAINTAINER',
  *check(context) {
    for (const instruction of context.all('maintainer')) {
      const label = instruction.keyword.value === instruction.keyword.value.toLowerCase() ? 'label' : 'LABEL';
      const name = unquote(instruction.word.value.trim());
      const plain = /^[^"\\$\n]+$/.test(name);
      const text = `${label} org.opencontainers.image.authors="${name}"`;
      yield {
        message: 'MAINTAINER is deprecated: write a LABEL',
        at: instruction.at,
        fix: plain
          ? { title: 'Write a LABEL', safety: 'safe', edits: [{ at: instruction.at, text }] }
          : undefined,
      };
    }
  },
};
