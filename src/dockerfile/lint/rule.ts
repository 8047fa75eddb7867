import type { SourceRange } from '../../base/errors.ts';
import type { Fix, Severity } from '../diagnostic.ts';
import type { LintContext } from './context.ts';

/** What a rule found; the runner adds id, severity and page. */
export interface Finding {
  readonly message: string;
  readonly at: SourceRange;
  readonly fix?: Fix | undefined;
}

/** One rule: facts, and a check without side effects. Each has a page docs/rules/ID.md. */
export interface LintRule {
  /** hadolint's id, BuildKit's name, ShellCheck's id, or ours. */
  readonly id: string;
  /** `off`: reported only when the configuration gives it a severity. */
  readonly severity: Severity | 'off';
  /** One line for the table of rules. */
  readonly title: string;
  /** For rules about security: how grave a hole may be, from 0.1 to 10 as CVSS counts (3.1, section 5). */
  readonly security?: number;
  /** The rule of which this one is a twin: findings of both in one instruction are told once, with both ids. */
  readonly twin?: string;
  /** Checked a second time over the triggers of ONBUILD alone. */
  readonly onbuild?: boolean;
  check(context: LintContext): Iterable<Finding>;
}
