import type { Severity } from '../../diagnostic.ts';
import { eachFinding, type LintedFile } from './linted-file.ts';

/** Code Climate's five levels (spec of the engines, "Issues"). */
const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'blocker',
  warning: 'major',
  info: 'info',
  style: 'minor',
};

function issues(files: readonly LintedFile[]): readonly object[] {
  return eachFinding(files, ({ rule, severity, message, at, fingerprint }, { path }) => ({
    type: 'issue',
    check_name: rule,
    description: message,
    categories: ['Bug Risk'],
    severity: LEVELS[severity],
    fingerprint,
    location: { path, lines: { begin: at.start.line, end: at.end.line } },
  }));
}

/** Objects, each ended by a NUL. */
export function renderCodeclimate(files: readonly LintedFile[]): string {
  return issues(files)
    .map((issue) => `${JSON.stringify(issue)}\0`)
    .join('');
}

/** The same in one array, for GitLab. */
export function renderGitlab(files: readonly LintedFile[]): string {
  return `${JSON.stringify(issues(files))}\n`;
}
