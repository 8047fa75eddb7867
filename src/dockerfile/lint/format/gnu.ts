import { printableName } from '../../printable.ts';
import { eachFinding, type LintedFile } from './linted-file.ts';

/** `file:line:column: id severity: message` (GNU coding standards, "Formatting Error Messages"). */
export function renderGnu(files: readonly LintedFile[]): string {
  return eachFinding(
    files,
    ({ rule, severity, message, at }, { path }) =>
      `${printableName(path)}:${at.start.line}:${at.start.column}: ${rule} ${severity}: ${message}\n`,
  ).join('');
}
