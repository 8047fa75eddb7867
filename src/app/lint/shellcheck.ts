import { accessSync, constants, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import type { ParseResult } from '../../dockerfile/ast.ts';
import type { LintConfig } from '../../dockerfile/lint/config.ts';
import type { ExternalFinding } from '../../dockerfile/lint/external-finding.ts';
import type { ShellcheckComment } from '../../dockerfile/lint/shellcheck/findings.ts';
import { badInput } from '../options/problems.ts';

/** `auto`: used where it is installed. */
export type ShellcheckMode = 'auto' | 'off' | 'required';

export interface ShellcheckRun {
  readonly mode: ShellcheckMode;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** Told when it is there but does not work, and nothing depends on it. */
  readonly onNotice?: (message: string) => void;
}

export interface CheckedFile {
  readonly parsed: ParseResult;
  readonly config: LintConfig;
}

/** @throws BuildError `BAD_INPUT` */
export function shellcheckMode(text: string | undefined): ShellcheckMode {
  switch (text) {
    case undefined:
    case '':
      return 'auto';
    case 'auto':
    case 'off':
    case 'required':
      return text;
    default:
      throw badInput(`"${text}" is not a way to use shellcheck`, 'It is auto, off or required.');
  }
}

/**
 * What ShellCheck finds in the scripts of each file; few processes for all of them.
 * @throws BuildError `SHELLCHECK_NOT_FOUND`, `SHELLCHECK_FAILED` where it is required
 */
export async function shellcheckFiles(
  files: readonly CheckedFile[],
  run: ShellcheckRun,
): Promise<readonly (readonly ExternalFinding[])[]> {
  const program = run.mode === 'off' ? undefined : findProgram(run.environment['PATH'] ?? '');
  if (program === undefined) {
    if (run.mode === 'required') throw notFound();
    return files.map(() => []);
  }
  try {
    return await checkFiles(program, files, run);
  } catch (thrown) {
    run.signal?.throwIfAborted();
    if (run.mode === 'required' || !(thrown instanceof BuildError)) throw thrown;
    run.onNotice?.(`shellcheck is left out: ${thrown.message}`);
    return files.map(() => []);
  }
}

function findProgram(path: string): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'shellcheck'))
    .find((candidate) => {
      try {
        accessSync(candidate, constants.X_OK);
        return statSync(candidate).isFile();
      } catch {
        return false;
      }
    });
}

function notFound(): BuildError {
  return new BuildError({
    kind: 'environment',
    code: 'SHELLCHECK_NOT_FOUND',
    message: 'shellcheck is required, and it is not on this machine',
    hint: 'Install it, or set shellcheck to auto: the most common of its checks are built in.',
  });
}

/** Loaded where it is used: most machines do without, and starting up must stay quick. */
async function checkFiles(
  program: string,
  files: readonly CheckedFile[],
  run: ShellcheckRun,
): Promise<readonly (readonly ExternalFinding[])[]> {
  const { shellcheckScripts } = await import('../../dockerfile/lint/shellcheck/scripts.ts');
  const { shellcheckFindings } = await import('../../dockerfile/lint/shellcheck/findings.ts');
  const { runBatch } = await import('./shellcheck-process.ts');
  const scripts = files.map(({ parsed, config }) => shellcheckScripts(parsed, config));
  const known = knownTo(program);
  // Files of one repository share many of their scripts, to the letter.
  const texts = new Set(scripts.flat().map(({ text }) => text));
  const batches = inBatches([...texts].filter((text) => !known.has(text)));
  await inTurns(batches, async (batch) => {
    const comments = await runBatch(program, batch, run);
    for (const [index, text] of batch.entries()) known.set(text, comments[index] ?? []);
  });
  return scripts.map((own) =>
    own.flatMap((script) => shellcheckFindings(known.get(script.text) ?? [], script)),
  );
}

/** By program, then by script: what was checked once in this process is not checked again. */
const results = new Map<string, Map<string, readonly ShellcheckComment[]>>();

function knownTo(program: string): Map<string, readonly ShellcheckComment[]> {
  const known = results.get(program) ?? new Map<string, readonly ShellcheckComment[]>();
  results.set(program, known);
  return known;
}

/** A process starts in less time than it takes for a few scripts: one for each processor, unless the command line would grow too long. */
const MOST_SCRIPTS = 500;

function inBatches<T>(items: readonly T[]): readonly (readonly T[])[] {
  const size = Math.min(MOST_SCRIPTS, Math.max(8, Math.ceil(items.length / availableParallelism())));
  const batches: T[][] = [];
  for (let at = 0; at < items.length; at += size) batches.push(items.slice(at, at + size));
  return batches;
}

/** As many at a time as there are processors. */
async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const lane = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
}
