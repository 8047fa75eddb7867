import type { Severity } from '../../diagnostic.ts';
import type { LintedFile } from './linted-file.ts';
import { xmlText } from './xml-text.ts';

/** Checkstyle knows error, warning and info. */
const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  style: 'info',
};

export function renderCheckstyle(files: readonly LintedFile[]): string {
  const parts = files.map(({ path, diagnostics }) => {
    const errors = diagnostics.map(
      ({ rule, severity, message, at }) =>
        `    <error line="${at.start.line}" column="${at.start.column}" severity="${LEVELS[severity]}" message="${xmlText(message)}" source="${xmlText(rule)}"/>\n`,
    );
    return `  <file name="${xmlText(path)}">\n${errors.join('')}  </file>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${parts.join('')}</checkstyle>\n`;
}
