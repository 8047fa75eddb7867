import type { Severity } from '../diagnostic.ts';
import type { LintConfig } from './config.ts';
import type { CheckOptions } from './pragma.ts';
import type { LintRule } from './rule.ts';

/** The gravest listing wins over the rule's own severity (hadolint applies style, info, warning, error in this order). */
const BY_GRAVITY: readonly Severity[] = ['error', 'warning', 'info', 'style'];

/** The severity of a rule under a configuration and the file's own check directive. */
export function severityOf(rule: LintRule, config: LintConfig, check: CheckOptions): Severity | 'off' {
  const listed = BY_GRAVITY.find((severity) => config.override?.[severity]?.includes(rule.id));
  if (listed !== undefined) return listed;
  const named = /\d$/.test(rule.id);
  if (named) return rule.severity;
  const wanted = check.experimentalAll || check.experimental.includes(rule.id);
  const own = rule.severity === 'off' && wanted ? 'warning' : rule.severity;
  return own !== 'off' && check.error ? 'error' : own;
}
