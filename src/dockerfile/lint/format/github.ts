import type { Diagnostic, Severity } from '../../diagnostic.ts';
import { allIds, byGravity, eachFinding, type LintedFile, type RenderOptions } from './linted-file.ts';

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  style: 'notice',
};

/**
 * Workflow commands: lines that a runner of GitHub Actions turns into annotations. It keeps 10 of a kind for a step, so the gravest come
 * first.
 */
export function renderGithub(files: readonly LintedFile[], options: RenderOptions): string {
  return eachFinding(files, (diagnostic, { path }) => ({ diagnostic, path: options.pathOf?.(path) ?? path }))
    .toSorted((one, other) => byGravity(one.diagnostic, other.diagnostic))
    .map(({ diagnostic, path }) => commandFor(diagnostic, path))
    .join('');
}

function commandFor(diagnostic: Diagnostic, path: string): string {
  const { severity, message, at } = diagnostic;
  // Columns are taken only where the range is of one line.
  const columns = at.start.line === at.end.line ? `,col=${at.start.column},endColumn=${at.end.column}` : '';
  const place = `file=${property(path)},line=${at.start.line},endLine=${at.end.line}${columns}`;
  return `::${COMMANDS[severity]} ${place},title=${property(allIds(diagnostic))}::${data(message)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
