import type { BuildError } from '../../base/errors.ts';
import { BuildErrors } from '../../base/errors.ts';
import type { Diagnostic, Severity } from '../../dockerfile/diagnostic.ts';

/** As @actions/core's AnnotationProperties. */
export interface AnnotationPlace {
  readonly title: string;
  readonly file?: string;
  readonly startLine?: number;
  readonly endLine?: number;
  readonly startColumn?: number;
  readonly endColumn?: number;
}

export interface AnnotationCore {
  error(message: string, place: AnnotationPlace): void;
  warning(message: string, place: AnnotationPlace): void;
  notice(message: string, place: AnnotationPlace): void;
}

/** The runner keeps 10 annotations of a kind for a step and drops the rest without a word. */
const LIMIT = 10;

/** One less for errors: the build's own error has to have a place. */
const LIMITS: Readonly<Record<'error' | 'warning' | 'notice', number>> = {
  error: LIMIT - 1,
  warning: LIMIT,
  notice: LIMIT,
};

const KIND: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  style: 'notice',
};

/** Findings as annotations of the pull request, the first of each kind; the number that found no room is returned. */
export function annotate(core: AnnotationCore, diagnostics: readonly Diagnostic[]): number {
  const used = { error: 0, warning: 0, notice: 0 };
  let left = 0;
  for (const diagnostic of diagnostics) {
    const kind = KIND[diagnostic.severity];
    if (used[kind] >= LIMITS[kind]) left++;
    else core[kind](diagnostic.message, placeOf(diagnostic.rule, diagnostic.at));
    used[kind]++;
  }
  return left;
}

/** The error that failed the step, at its place in the Dockerfile. */
export function annotateError(core: AnnotationCore, error: BuildError): void {
  const errors = error instanceof BuildErrors ? error.errors : [error];
  for (const each of errors.slice(0, LIMIT)) {
    const message = each.hint === undefined ? each.message : `${each.message}\n${each.hint}`;
    core.error(message, each.at === undefined ? { title: each.code } : placeOf(each.code, each.at));
  }
}

function placeOf(title: string, at: Diagnostic['at']): AnnotationPlace {
  const oneLine = at.start.line === at.end.line;
  return {
    title,
    file: at.file,
    startLine: at.start.line,
    endLine: at.end.line,
    // Columns are only valid within one line.
    ...(oneLine ? { startColumn: at.start.column, endColumn: at.end.column } : {}),
  };
}
