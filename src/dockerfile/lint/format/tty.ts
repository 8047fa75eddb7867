import type { Diagnostic, Severity } from '../../diagnostic.ts';
import { sourceFrame } from '../../source-frame.ts';
import { allIds, eachFinding, type LintedFile, type RenderOptions } from './linted-file.ts';

/** Colours of ECMA-48: red, yellow, blue, green. */
const COLORS: Readonly<Record<Severity, number>> = { error: 31, warning: 33, info: 34, style: 32 };

/** For people: the finding, the source line and a marker below it. */
export function renderTty(files: readonly LintedFile[], options: RenderOptions): string {
  const parts = eachFinding(files, (diagnostic, { text }) => one(diagnostic, text, options.color === true));
  return parts.length === 0 ? '' : `${parts.join('\n')}\n${summary(files)}\n`;
}

/** `3 findings in 2 files: 1 error, 2 warnings; lint --fix mends 1` */
function summary(files: readonly LintedFile[]): string {
  const all = files.flatMap(({ diagnostics }) => diagnostics);
  const among = files.filter(({ diagnostics }) => diagnostics.length > 0).length;
  const kinds = (Object.keys(COLORS) as Severity[]).flatMap((kind) => {
    const count = all.filter(({ severity }) => severity === kind).length;
    const many = count > 1 && (kind === 'error' || kind === 'warning');
    return count === 0 ? [] : [`${count} ${kind}${many ? 's' : ''}`];
  });
  const safe = all.filter(({ fix }) => fix?.safety === 'safe').length;
  const unsafe = all.filter(({ fix }) => fix?.safety === 'unsafe').length;
  const fixes = [
    ...(safe === 0 ? [] : [`lint --fix mends ${safe}`]),
    ...(unsafe === 0 ? [] : [`lint --fix=unsafe ${safe === 0 ? 'mends' : 'also'} ${unsafe}`]),
  ];
  const end = fixes.length === 0 ? '' : `; ${fixes.join(', ')}`;
  const where = among === 1 ? '1 file' : `${among} files`;
  return `${all.length} ${all.length === 1 ? 'finding' : 'findings'} in ${where}: ${kinds.join(', ')}${end}`;
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
