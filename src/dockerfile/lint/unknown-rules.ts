import { type LintConfig, SEVERITIES } from './config.ts';
import { isOfOthers, ruleHint } from './rule-hint.ts';
import { RULES } from './rules.ts';

const KNOWN: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));

/** The ids in a configuration that no rule has, once each, with what was meant. */
export function unknownRules({ ignored = [], override = {} }: LintConfig): readonly string[] {
  const named = [...ignored, ...SEVERITIES.flatMap((severity) => override[severity] ?? [])];
  return [...new Set(named)]
    .filter((id) => !KNOWN.has(id) && !isOfOthers(id))
    .map((id) => {
      const hint = ruleHint(id, KNOWN);
      return hint === undefined ? id : `${id} (${hint})`;
    });
}
