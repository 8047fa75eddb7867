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

type Kind = 'error' | 'warning' | 'notice';

/** One less for errors and warnings: the build's own error, and the one about the linter's configuration, have to have a place. */
const LIMITS: Readonly<Record<Kind, number>> = { error: LIMIT - 1, warning: LIMIT - 1, notice: LIMIT };

const KIND: Readonly<Record<Severity, Kind>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  style: 'notice',
};

const GRAVITY: readonly Severity[] = ['error', 'warning', 'info', 'style'];

export interface Chosen {
  /** Gravest first, else as they came. */
  readonly shown: readonly Diagnostic[];
  /** Those for which the step has no room. */
  readonly left: readonly Diagnostic[];
}

/** Which findings a step can show. */
export function chooseAnnotations(diagnostics: readonly Diagnostic[]): Chosen {
  const used: Record<Kind, number> = { error: 0, warning: 0, notice: 0 };
  const shown: Diagnostic[] = [];
  const left: Diagnostic[] = [];
  for (const diagnostic of gravestFirst(diagnostics)) {
    const kind = KIND[diagnostic.severity];
    (used[kind] < LIMITS[kind] ? shown : left).push(diagnostic);
    used[kind]++;
  }
  return { shown, left };
}

/** Findings as annotations of the pull request. */
export function annotate(core: AnnotationCore, diagnostics: readonly Diagnostic[]): void {
  for (const { severity, message, rule, at } of diagnostics) core[KIND[severity]](message, placeOf(rule, at));
}

function gravestFirst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const gravity = ({ severity }: Diagnostic): number => GRAVITY.indexOf(severity);
  return diagnostics.toSorted((one, other) => gravity(one) - gravity(other));
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
