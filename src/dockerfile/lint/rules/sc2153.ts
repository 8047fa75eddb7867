import { editDistance } from '../../edit-distance.ts';
import type { LintContext } from '../context.ts';
import { unassignedReferences, writtenNames } from '../shell/references.ts';
import { shellRule } from '../shell-rule.ts';

export const sc2153 = shellRule(
  { id: 'SC2153', severity: 'info', title: 'Variables are spelt as they were assigned' },
  function* ({ script, known, context }) {
    const missing = unassignedReferences(script.parsed.script, known).filter(
      ({ name }) => !/[a-z]/.test(name),
    );
    const before = compared.get(context) ?? 0;
    if (missing.length === 0 || before >= MOST_COMPARED) return;
    const written = writtenNames(script.parsed.script, known);
    compared.set(context, before + written.length * missing.length);
    for (const part of missing.slice(0, Math.ceil((MOST_COMPARED - before) / (written.length + 1)))) {
      const similar = mostSimilar(part.name, written);
      if (similar !== undefined)
        yield { at: part, message: `Nothing assigns ${part.name}: did you mean ${similar}?` };
    }
  },
);

/** Pairs of names in a file; one with more of them has another trouble than its spelling. */
const MOST_COMPARED = 5_000_000;
const compared = new WeakMap<LintContext, number>();

/** One slip in a short name, two in a long one. */
function mostSimilar(name: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let distance = 3;
  for (const candidate of names) {
    const found = editDistance(name, candidate, distance - 1);
    if (found === undefined) continue;
    best = candidate;
    distance = found;
    // What is the same is assigned.
    if (distance <= 1) break;
  }
  if (best === undefined) return undefined;
  const near = (best.length > 3 && distance <= 1) || (best.length > 7 && distance <= 2);
  return near ? best : undefined;
}
