import type { LintRule } from '../rule.ts';

/** The parser cannot make an instruction of these, so that the problem itself is what is found. */
export const dl3043: LintRule = {
  id: 'DL3043',
  severity: 'error',
  title: 'No ONBUILD, FROM or MAINTAINER behind ONBUILD',
  *check({ parsed, file }) {
    for (const { code, at } of parsed.problems) {
      if (code !== 'BAD_TRIGGER' || at === undefined) continue;
      const word = file.text.slice(at.start.offset, at.end.offset).toUpperCase();
      yield { message: `${word} cannot be a trigger`, at };
    }
  },
};
