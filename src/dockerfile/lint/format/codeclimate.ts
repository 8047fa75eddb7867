import type { Severity } from '../../diagnostic.ts';
import { isAboutSecurity } from '../rule-origin.ts';
import { eachFinding, type LintedFile, type RenderOptions, servicePath } from './linted-file.ts';

/** Code Climate's five levels (spec of the engines, "Issues"). */
const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'blocker',
  warning: 'major',
  info: 'info',
  style: 'minor',
};

function issues(files: readonly LintedFile[], options: RenderOptions): readonly object[] {
  return eachFinding(files, ({ rule, severity, message, at, fingerprint }, { path }) => ({
    type: 'issue',
    check_name: rule,
    description: message,
    categories: [categoryOf(rule, severity)],
    severity: LEVELS[severity],
    fingerprint,
    location: { path: servicePath(path, options), lines: { begin: at.start.line, end: at.end.line } },
  }));
}

function categoryOf(rule: string, severity: Severity): string {
  if (isAboutSecurity(rule)) return 'Security';
  return severity === 'style' ? 'Style' : 'Bug Risk';
}

/** Objects, each ended by a NUL. */
export function renderCodeclimate(files: readonly LintedFile[], options: RenderOptions): string {
  return issues(files, options)
    .map((issue) => `${JSON.stringify(issue)}\0`)
    .join('');
}

/** The same in one array, for GitLab. */
export function renderGitlab(files: readonly LintedFile[], options: RenderOptions): string {
  return `${JSON.stringify(issues(files, options))}\n`;
}
