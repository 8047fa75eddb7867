import type { SourceRange } from '../../base/errors.ts';
import type { ExternalFinding } from './external-finding.ts';
import type { Finding, LintRule } from './rule.ts';

interface RuleFinding {
  readonly rule: LintRule;
  readonly finding: Finding;
}

/** What others found and we did not: where both tell the same rule at the same place, ours is taken, for it may carry a fix. */
export function newFindings(
  external: readonly ExternalFinding[],
  own: readonly RuleFinding[],
): readonly RuleFinding[] {
  const places = Map.groupBy(own, ({ rule }) => rule.id);
  return external
    .filter(({ rule, at }) => !places.get(rule)?.some(({ finding }) => overlap(finding.at, at)))
    .map(({ rule, severity, message, at }) => ({
      rule: { id: rule, severity, title: message, check: () => [] },
      finding: { message, at },
    }));
}

function overlap(one: SourceRange, other: SourceRange): boolean {
  return one.start.offset <= other.end.offset && other.start.offset <= one.end.offset;
}
