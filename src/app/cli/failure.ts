import { type BuildError, BuildErrors, type ErrorKind } from '../../base/errors.ts';
import { jsonForRunner } from '../report/runner-command.ts';
import { errorText, type Sources } from '../report/text.ts';
import { harmless } from './cells.ts';
import type { Terminal } from './command.ts';

const EXIT: Readonly<Record<ErrorKind, number>> = { user: 1, environment: 1, remote: 1, bug: 125 };
const USAGE_CODES: ReadonlySet<string> = new Set([
  'USAGE',
  'BAD_INPUT',
  'BAD_LINT_BASELINE',
  'BAD_LINT_CONFIG',
  'BAD_LINT_OPTION',
  'BAD_REFERENCE',
  'CONTEXT_NOT_FOUND',
  'CONTEXT_NOT_SUPPORTED',
  'BAD_GIT_REFERENCE',
  'STDIN_TWICE',
  'TWO_DOCKERFILES',
  'NOT_A_DOCKERFILE',
  'DOCKERFILE_NOT_FOUND',
]);

/** Tells an error and gives the exit code for it. */
export function fail(
  error: BuildError,
  terminal: Pick<Terminal, 'stderr' | 'screen'>,
  sources: Sources,
): number {
  if (error.code === 'CANCELLED') {
    terminal.stderr('ts-image-build: cancelled\n');
    return 1;
  }
  const text = `${errorText(error, sources)}\n`;
  // It quotes what a step printed, which is for logs with their colours, and not for a terminal to obey.
  terminal.stderr(terminal.screen === undefined ? text : harmless(text));
  return exitCodeFor(error);
}

/** The same for programs: one JSON object a line for each error, behind the events of the build. */
export function failAsJson(error: BuildError, { stderr }: Pick<Terminal, 'stderr'>): number {
  for (const { kind, code, message, hint, at, stack } of single(error)) {
    const told = { type: 'error', kind, code, message, hint, at, ...(kind === 'bug' ? { stack } : {}) };
    stderr(`${jsonForRunner(JSON.stringify(told))}\n`);
  }
  return error.code === 'CANCELLED' ? 1 : exitCodeFor(error);
}

function single(error: BuildError): readonly BuildError[] {
  return error instanceof BuildErrors ? error.errors.flatMap(single) : [error];
}

/** 1 failed, 2 wrong usage or input, 125 a fault of ours. What stands in a Dockerfile fails the build, whatever it is. */
function exitCodeFor({ code, kind, at }: BuildError): number {
  return USAGE_CODES.has(code) && at === undefined ? 2 : EXIT[kind];
}
