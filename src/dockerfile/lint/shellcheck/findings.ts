import { BuildError } from '../../../base/errors.ts';
import type { Severity } from '../../diagnostic.ts';
import type { ExternalFinding } from '../external-finding.ts';
import type { ShellcheckScript } from './scripts.ts';

/** One comment of ShellCheck's output format json1, as far as it is read here. */
interface Comment {
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

/**
 * ShellCheck's findings at their places in the Dockerfiles.
 * @param json what it wrote in the format json1
 * @param scriptOf the script that stood in a file which it names
 * @throws BuildError `SHELLCHECK_FAILED` for a text of another kind
 */
export function shellcheckFindings<T extends ShellcheckScript>(
  json: string,
  scriptOf: (file: string) => T | undefined,
): readonly { readonly script: T; readonly finding: ExternalFinding }[] {
  return readComments(json).flatMap((comment) => {
    const script = DROPPED.has(comment.code) ? undefined : scriptOf(comment.file);
    const at = script?.rangeOf(comment, { line: comment.endLine, column: comment.endColumn });
    if (script === undefined || at === undefined) return [];
    const { level: severity, message, code } = comment;
    const rule = `SC${String(code).padStart(4, '0')}`;
    return [{ script, finding: { rule, severity, message, at } }];
  });
}

function readComments(json: string): readonly Comment[] {
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

function isComment(value: unknown): value is Comment {
  const { file, message, level, ...rest } = value as Partial<Comment>;
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
