import type { LintStage } from '../context.ts';
import type { LintRule } from '../rule.ts';

export const dl3022: LintRule = {
  id: 'DL3022',
  severity: 'warning',
  title: 'COPY --from names an earlier stage',
  *check(context) {
    const first = new Map<string, number>();
    for (const { index, alias } of context.stages) {
      const name = alias?.toLowerCase();
      if (name !== undefined && !first.has(name)) first.set(name, index);
    }
    for (const copy of context.all('copy')) {
      const { from } = copy;
      if (from === undefined || from.value.includes(':')) continue;
      if (isKnown(first, context.stageOf(copy), from.value)) continue;
      yield { message: `No earlier stage is called ${from.value}`, at: from.at };
    }
  },
};

/** `first`: the number of the first stage of each name, in lower case. */
function isKnown(first: ReadonlyMap<string, number>, stage: LintStage, name: string): boolean {
  const number = /^\d+/.exec(name)?.[0];
  if (number !== undefined && Number(number) <= stage.index) return true;
  return (first.get(name.toLowerCase()) ?? Number.POSITIVE_INFINITY) <= stage.index;
}
