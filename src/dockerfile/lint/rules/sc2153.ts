import { editDistance } from '../edit-distance.ts';
import { unassignedReferences, writtenNames } from '../shell/references.ts';
import { shellRule } from '../shell-rule.ts';

export const sc2153 = shellRule(
  { id: 'SC2153', severity: 'info', title: 'Variables are spelt as they were assigned' },
  function* ({ script, known }) {
    for (const part of unassignedReferences(script.parsed.script, known)) {
      if (/[a-z]/.test(part.name)) continue;
      const similar = mostSimilar(part.name, writtenNames(script.parsed.script, known));
      if (similar !== undefined)
        yield { at: part, message: `Nothing assigns ${part.name}: did you mean ${similar}?` };
    }
  },
);

/** One slip in a short name, two in a long one. */
function mostSimilar(name: string, names: readonly string[]): string | undefined {
  const [best] = names
    .filter(({ length }) => Math.abs(length - name.length) <= 2)
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .sort((one, other) => one.distance - other.distance);
  if (best === undefined) return undefined;
  const { length } = best.candidate;
  const near = (length > 3 && best.distance <= 1) || (length > 7 && best.distance <= 2);
  return near ? best.candidate : undefined;
}
