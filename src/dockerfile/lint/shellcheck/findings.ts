import { BuildError } from '../../../base/errors.ts';
import type { Severity } from '../../diagnostic.ts';
import type { ExternalFinding } from '../external-finding.ts';
import type { ShellcheckScript } from './scripts.ts';

/** One comment of ShellCheck's output format json1, as far as it is read here. */
export interface ShellcheckComment {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly level: Severity;
  readonly code: number;
  readonly message: string;
}

/** Ash is told to be read as dash; files that a script reads cannot be followed: no news about a Dockerfile (hadolint drops them too). */
const DROPPED: ReadonlySet<number> = new Set([1090, 1091, 2187]);

/** ShellCheck's findings in a script, at their places in the Dockerfile. */
export function shellcheckFindings(
  comments: readonly ShellcheckComment[],
  script: ShellcheckScript,
): readonly ExternalFinding[] {
  return comments.flatMap((comment) => {
    if (DROPPED.has(comment.code)) return [];
    const at = script.rangeOf(comment, { line: comment.endLine, column: comment.endColumn });
    const { level: severity, message, code } = comment;
    return at === undefined ? [] : [{ rule: `SC${String(code).padStart(4, '0')}`, severity, message, at }];
  });
}

/**
 * What ShellCheck wrote in its format json1.
 * @throws BuildError `SHELLCHECK_FAILED` for a text of another kind
 */
export function readComments(json: string): readonly ShellcheckComment[] {
  let read: unknown;
  try {
    read = JSON.parse(json);
  } catch (cause) {
    throw unreadable(cause);
  }
  const comments = (read as { comments?: unknown } | null)?.comments;
  if (!Array.isArray(comments) || !comments.every(isComment)) throw unreadable();
  return comments;
}

const LEVELS: ReadonlySet<unknown> = new Set(['error', 'warning', 'info', 'style']);

function isComment(value: unknown): value is ShellcheckComment {
  const { file, message, level, ...rest } = (value ?? {}) as Partial<ShellcheckComment>;
  const numbers = [rest.line, rest.column, rest.endLine, rest.endColumn, rest.code];
  return (
    typeof file === 'string' &&
    typeof message === 'string' &&
    LEVELS.has(level) &&
    numbers.every((number) => Number.isInteger(number))
  );
}

function unreadable(cause?: unknown): BuildError {
  return new BuildError({
    kind: 'environment',
    code: 'SHELLCHECK_FAILED',
    message: 'shellcheck did not answer in its format json1',
    hint: 'Versions from 0.7 on have it. "off" (shellcheck) does without.',
    cause,
  });
}
