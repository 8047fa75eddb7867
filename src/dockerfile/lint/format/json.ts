import { eachFinding, type LintedFile } from './linted-file.ts';

/** hadolint's keys, and behind them what it does not know. */
export function renderJson(files: readonly LintedFile[]): string {
  const findings = eachFinding(files, ({ rule, aliases, severity, message, at, fix, url }, { path }) => ({
    code: rule,
    column: at.start.column,
    file: path,
    level: severity,
    line: at.start.line,
    message,
    endLine: at.end.line,
    endColumn: at.end.column,
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(fix === undefined
      ? {}
      : {
          fix: {
            title: fix.title,
            safety: fix.safety,
            edits: fix.edits.map((edit) => ({
              start: edit.at.start.offset,
              end: edit.at.end.offset,
              text: edit.text,
            })),
          },
        }),
    ...(url === undefined ? {} : { url }),
  }));
  return `${JSON.stringify(findings)}\n`;
}
