import { eachFinding, type LintedFile } from './linted-file.ts';

/** One JSON object a line. */
export function renderCodacy(files: readonly LintedFile[]): string {
  return eachFinding(
    files,
    ({ rule, message, at }, { path }) =>
      `${JSON.stringify({ filename: path, line: at.start.line, message, patternId: rule })}\n`,
  ).join('');
}
