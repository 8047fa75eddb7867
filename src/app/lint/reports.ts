import { writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { makeFolder } from '../../base/make-folder.ts';
import type { LintedFile, RenderOptions } from '../../dockerfile/lint/format/linted-file.ts';
import { renderFindings } from '../../dockerfile/lint/format/render.ts';
import { badInput } from '../options/problems.ts';
import { withoutRunnerCommands } from '../report/runner-command.ts';

/** One report that was asked for. */
export interface Report {
  readonly format: string;
  /** Path of a file; undefined: the command's own output. */
  readonly output: string | undefined;
}

/**
 * The n-th output goes with the n-th format; formats without one are printed.
 * @throws BuildError `BAD_INPUT` for an output that has no format, or that is named twice
 */
export function pairReports(formats: readonly string[], outputs: readonly string[]): readonly Report[] {
  const wanted = formats.length === 0 ? ['tty'] : formats;
  const over = outputs[wanted.length];
  if (over !== undefined)
    throw badInput(
      `there is no format for the output ${over}`,
      'The n-th output file goes with the n-th format.',
    );
  const twice = outputs.find((path, at) => outputs.findIndex((other) => isSame(path, other)) < at);
  if (twice !== undefined && !twice.startsWith('/dev/'))
    throw badInput(`two reports cannot be written to ${twice}`, 'Name a file for each.');
  return wanted.map((format, index) => ({ format, output: outputs[index] }));
}

function isSame(one: string, other: string): boolean {
  return resolve(one) === resolve(other);
}

/** Formats that stand in logs as they are. */
const FOR_PEOPLE: readonly string[] = ['tty', 'gnu'];

/**
 * Writes the reports that go to files, with no findings too, and gives the text of the others: where GitHub's runner reads it, without
 * commands to it.
 * @throws BuildError `BAD_INPUT` for a file that cannot be written
 */
export function writeReports(
  reports: readonly Report[],
  files: readonly LintedFile[],
  { inRunnerLog = false, ...options }: RenderOptions & { readonly inRunnerLog?: boolean },
): string {
  let printed = '';
  for (const { format, output } of reports) {
    if (output === undefined) {
      const text = renderFindings(format, files, options);
      printed += inRunnerLog && FOR_PEOPLE.includes(format) ? withoutRunnerCommands(text) : text;
    } else writeReport(output, renderFindings(format, files, { ...options, color: false }));
  }
  return printed;
}

function writeReport(path: string, text: string): void {
  try {
    makeFolder(dirname(path));
    writeFileSync(path, text);
  } catch (cause) {
    throw badInput(`the report ${path} cannot be written: ${(cause as Error).message}`);
  }
}
