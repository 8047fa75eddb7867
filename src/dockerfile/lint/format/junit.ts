import type { LintedFile } from './linted-file.ts';
import { xmlText } from './xml-text.ts';

/** A suite a file, a case a finding; a clean file is one passed case. Some readers show the attributes of a failure, others its text. */
export function renderJunit(files: readonly LintedFile[]): string {
  const count = files.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0);
  const suites = files.map(suite).join('');
  const cases = files.reduce((sum, { diagnostics }) => sum + Math.max(1, diagnostics.length), 0);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites tests="${cases}" failures="${count}">\n${suites}</testsuites>\n`;
}

function suite({ path, diagnostics }: LintedFile): string {
  const name = xmlText(path);
  const cases = diagnostics.map(({ rule, severity, message, at }) => {
    const place = `${path}:${at.start.line}:${at.start.column}`;
    return `    <testcase classname="${name}" file="${name}" name="${xmlText(`${rule} ${place}`)}"><failure type="${severity}" message="${xmlText(message)}">${xmlText(`${place}: ${message}`)}</failure></testcase>\n`;
  });
  const body = cases.length === 0 ? `    <testcase classname="${name}" name="lint"/>\n` : cases.join('');
  return `  <testsuite name="${name}" tests="${Math.max(1, cases.length)}" failures="${cases.length}">\n${body}  </testsuite>\n`;
}
