import type { Diagnostic, Severity } from '../../diagnostic.ts';
import { isAboutSecurity } from '../rule-origin.ts';
import { eachFinding, type LintedFile } from './linted-file.ts';

const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'CRITICAL',
  warning: 'MAJOR',
  info: 'MINOR',
  style: 'INFO',
};

/** SonarQube's generic issue data. Its columns count from 0, and a range must not be empty. */
export function renderSonarqube(files: readonly LintedFile[]): string {
  const issues = eachFinding(files, (diagnostic, { path }) => ({
    engineId: 'ts-image-build',
    ruleId: diagnostic.rule,
    severity: LEVELS[diagnostic.severity],
    type: typeOf(diagnostic),
    primaryLocation: { message: diagnostic.message, filePath: path, textRange: rangeOf(diagnostic) },
  }));
  return `${JSON.stringify({ issues })}\n`;
}

function typeOf({ rule, severity }: Diagnostic): string {
  if (isAboutSecurity(rule)) return 'VULNERABILITY';
  return severity === 'error' ? 'BUG' : 'CODE_SMELL';
}

function rangeOf({ at: { start, end } }: Diagnostic): object {
  const lines = { startLine: start.line, endLine: end.line };
  if (start.offset === end.offset) return lines;
  return { ...lines, startColumn: start.column - 1, endColumn: end.column - 1 };
}
