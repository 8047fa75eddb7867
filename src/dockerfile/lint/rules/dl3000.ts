import type { LintRule } from '../rule.ts';
import { isAnchored } from '../unquote.ts';

/** A relative folder depends on what the base image had. */
export const dl3000: LintRule = {
  id: 'DL3000',
  severity: 'error',
  title: 'WORKDIR with an absolute path',
  *check(context) {
    for (const { word } of context.all('workdir')) {
      if (isAnchored(word.value)) continue;
      yield { message: `WORKDIR ${word.value} is relative: write it from the root`, at: word.at };
    }
  },
};
