import { readFileSync, writeFileSync } from 'node:fs';
import {
  type Baseline,
  type Compared,
  compareBaseline,
  parseBaseline,
  renderBaseline,
} from '../../dockerfile/lint/baseline.ts';
import type { LintedFile } from '../../dockerfile/lint/format/linted-file.ts';
import { printable } from '../../dockerfile/printable.ts';
import { badInput } from '../options/problems.ts';

/** A baseline and where it was read. */
export interface BaselineFile {
  readonly path: string;
  readonly entries: Baseline;
}

/** Paths count from where the program was started, as those of Dockerfiles in reports. */
export const baselineFolder = (): string => process.cwd();

/** @throws BuildError `BAD_INPUT` for a file that cannot be read, `BAD_LINT_BASELINE` */
export function readBaseline(path: string): BaselineFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw badInput(
      `the baseline ${path} cannot be read: ${(cause as Error).message}`,
      'Write one with "lint --write-baseline".',
    );
  }
  return { path, entries: parseBaseline(text, path) };
}

/** Writes all findings and gives the files without them. @throws BuildError `BAD_INPUT` for a file that cannot be written */
export function writeBaseline(
  path: string,
  files: readonly LintedFile[],
  onNotice: (message: string) => void,
): readonly LintedFile[] {
  try {
    writeFileSync(path, renderBaseline(files, baselineFolder()));
  } catch (cause) {
    throw badInput(`the baseline ${path} cannot be written: ${(cause as Error).message}`);
  }
  const count = files.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0);
  onNotice(
    `the baseline ${path} is written: ${counted(count, 'finding')} in ${counted(files.length, 'file')}`,
  );
  return files.map((file) => ({ ...file, diagnostics: [] }));
}

/** The files without the findings of a baseline, and a word on what it held. */
export function againstBaseline(
  baseline: BaselineFile | undefined,
  files: readonly LintedFile[],
  onNotice: (message: string) => void,
): readonly LintedFile[] {
  if (baseline === undefined) return files;
  const compared = compareBaseline(files, baseline.entries, baselineFolder());
  for (const message of noticesOn(baseline.path, compared)) onNotice(message);
  return compared.files;
}

/** Entries that are told one by one. */
const SHOWN = 10;

function noticesOn(path: string, { known, stale }: Compared): readonly string[] {
  const notices: string[] = [];
  if (known > 0) notices.push(`not told, for the baseline ${path} holds them: ${counted(known, 'finding')}`);
  if (stale.length > 0) {
    const list = stale.slice(0, SHOWN).map((one) => printable(`  ${one.path} ${one.rule}: ${one.text}`));
    if (stale.length > SHOWN) list.push(`  and ${stale.length - SHOWN} more`);
    notices.push(
      `the baseline ${path} holds what is no longer found (${stale.length}): write it anew with "lint --write-baseline"\n${list.join('\n')}`,
    );
  }
  return notices;
}

/** `1 finding`, `2 findings` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
