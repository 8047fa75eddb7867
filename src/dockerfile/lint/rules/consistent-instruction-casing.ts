import { casingOf, withCasing } from '../casing.ts';
import type { LintRule } from '../rule.ts';

export const consistentInstructionCasing: LintRule = {
  id: 'ConsistentInstructionCasing',
  severity: 'warning',
  title: 'Instructions are all upper case or all lower case',
  *check(context) {
    const keywords = context.stages
      .flatMap(({ from, instructions }) => (from === undefined ? [] : [from, ...instructions]))
      .map(({ keyword }) => keyword);
    const casings = keywords.map(({ value }) => casingOf(value));
    const lower = casings.filter((casing) => casing === 'lower').length;
    const upper = casings.filter((casing) => casing === 'upper').length;
    const wanted = lower > upper ? 'lower' : 'upper';
    for (const { value, at } of keywords) {
      if (casingOf(value) === wanted) continue;
      const text = withCasing(value, wanted);
      yield {
        message: `${value} differs in case from most instructions of the file`,
        at,
        fix: { title: `Write ${text}`, safety: 'safe', edits: [{ at, text }] },
      };
    }
  },
};
