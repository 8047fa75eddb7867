import { BuildError } from '../../base/errors.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { fingerprintPath } from './fingerprint.ts';
import type { LintedFile } from './format/linted-file.ts';

/** A finding that was there when the baseline was written. */
export interface BaselineEntry {
  /** From the folder in which the linter was started. */
  readonly path: string;
  readonly rule: string;
  /** The line it stood in, for people who read the file. */
  readonly text: string;
  readonly fingerprint: string;
}

export type Baseline = readonly BaselineEntry[];

/** What a baseline leaves of the findings. */
export interface Compared {
  readonly files: readonly LintedFile[];
  /** Number of findings that it holds. */
  readonly known: number;
  /** Entries for these files that nothing matches any more. */
  readonly stale: readonly BaselineEntry[];
}

const VERSION = 1;
/** UTF-16 units of a line that are kept. */
const LONGEST = 120;

/**
 * The text of a baseline with all findings: JSON, a finding a line, sorted so that a change shows as one changed line.
 * @param folder absolute path of the folder from which paths count
 */
export function renderBaseline(files: readonly LintedFile[], folder: string | undefined): string {
  const lines = files
    .flatMap((file) => file.diagnostics.map((diagnostic) => entryOf(file, diagnostic, folder)))
    .toSorted(byKeys)
    .map((entry) => `    ${JSON.stringify(entry)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "version": ${VERSION},\n  "findings": ${list}\n}\n`;
}

function entryOf(
  { path, text }: LintedFile,
  { rule, at, fingerprint }: Diagnostic,
  folder: string | undefined,
): BaselineEntry {
  const end = text.indexOf('\n', at.start.offset);
  const start = at.start.offset - at.start.column + 1;
  const line = text
    .slice(start, end === -1 ? undefined : end)
    .trim()
    .replace(/\s+/g, ' ');
  return { path: fingerprintPath(path, folder), rule, text: line.slice(0, LONGEST), fingerprint };
}

function byKeys(one: BaselineEntry, other: BaselineEntry): number {
  for (const key of ['path', 'rule', 'text', 'fingerprint'] as const) {
    if (one[key] !== other[key]) return one[key] < other[key] ? -1 : 1;
  }
  return 0;
}

/**
 * @param path as messages name the file
 * @throws BuildError `BAD_LINT_BASELINE`
 */
export function parseBaseline(text: string, path: string): Baseline {
  let read: unknown;
  try {
    // Some editors put a mark in front.
    read = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw badBaseline(path, `it is no JSON: ${(cause as Error).message}`, cause);
  }
  const { version, findings } = (read ?? {}) as { version?: unknown; findings?: unknown };
  if (version !== VERSION) throw badBaseline(path, `its version is not ${VERSION}`);
  if (!Array.isArray(findings) || !findings.every(isEntry))
    throw badBaseline(path, 'each finding has to have path, rule, text and fingerprint');
  return findings;
}

function isEntry(value: unknown): value is BaselineEntry {
  const { path, rule, text, fingerprint } = (value ?? {}) as Partial<BaselineEntry>;
  return [path, rule, text, fingerprint].every((one) => typeof one === 'string');
}

function badBaseline(path: string, message: string, cause?: unknown): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'BAD_LINT_BASELINE',
    message: `The baseline ${path} cannot be used: ${message}`,
    hint: 'Write it anew with "lint --write-baseline".',
    cause,
  });
}

/**
 * Takes the findings out that a baseline holds.
 * @param folder absolute path of the folder from which paths count
 */
export function compareBaseline(
  files: readonly LintedFile[],
  baseline: Baseline,
  folder: string | undefined,
): Compared {
  const names = new Set(baseline.map(({ fingerprint }) => fingerprint));
  const found = new Set(
    files.flatMap(({ diagnostics }) => diagnostics.map(({ fingerprint }) => fingerprint)),
  );
  const paths = new Set(files.map(({ path }) => fingerprintPath(path, folder)));
  return {
    files: files.map((file) => ({
      ...file,
      diagnostics: file.diagnostics.filter(({ fingerprint }) => !names.has(fingerprint)),
    })),
    known: [...found].filter((name) => names.has(name)).length,
    stale: baseline.filter(({ path, fingerprint }) => paths.has(path) && !found.has(fingerprint)),
  };
}
