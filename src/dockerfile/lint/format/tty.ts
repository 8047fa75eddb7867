import type { Diagnostic, Severity } from '../../diagnostic.ts';
import { sourceFrame } from '../../source-frame.ts';
import { allIds, eachFinding, type LintedFile, type RenderOptions } from './linted-file.ts';

/** Colours of ECMA-48: red, yellow, blue, green. */
const COLORS: Readonly<Record<Severity, number>> = { error: 31, warning: 33, info: 34, style: 32 };

/** For people: the finding, the source line and a marker below it. */
export function renderTty(files: readonly LintedFile[], options: RenderOptions): string {
  return eachFinding(files, (diagnostic, { text }) => one(diagnostic, text, options.color === true)).join(
    '\n',
  );
}

function one(diagnostic: Diagnostic, text: string, color: boolean): string {
  const { rule, severity, message, at, fix, url } = diagnostic;
  const head = `${severity}[${allIds(diagnostic)}]`;
  const lines = [
    `${color ? `\u001B[${COLORS[severity]}m${head}\u001B[0m` : head}: ${message}`,
    sourceFrame(text, at),
  ];
  if (fix !== undefined)
    lines.push(`  = fix${fix.safety === 'safe' ? '' : ' (look before you take it)'}: ${fix.title}`);
  lines.push(`  = see ${url ?? `lint --explain ${rule}`}`);
  return `${lines.join('\n')}\n`;
}
