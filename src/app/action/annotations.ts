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

/** The annotations of a step. What is told first has its place for sure. */
export class Annotations {
  readonly #core: AnnotationCore;
  /** Places of errors, as offsets by file. */
  readonly #errors = new Set<string>();
  readonly #used: Record<Kind, number> = { error: 0, warning: 0, notice: 0 };

  constructor(core: AnnotationCore) {
    this.#core = core;
  }

  /** The error that failed the step, at its place in the Dockerfile. */
  tellError(error: BuildError): void {
    const errors = error instanceof BuildErrors ? error.errors : [error];
    for (const each of errors.slice(0, LIMIT)) {
      if (each.at !== undefined) this.#errors.add(placeKey(each.at));
      const message = each.hint === undefined ? each.message : `${each.message}\n${each.hint}`;
      this.#tell(
        'error',
        message,
        each.at === undefined ? { title: each.code } : placeOf(each.code, each.at),
      );
    }
  }

  warn(title: string, message: string): void {
    this.#tell('warning', message, { title });
  }

  /** Which findings the step has room for now. What an error has told of a line that cannot be read is not told again. */
  choose(diagnostics: readonly Diagnostic[]): Chosen {
    const used = { ...this.#used };
    const shown: Diagnostic[] = [];
    const left: Diagnostic[] = [];
    for (const diagnostic of gravestFirst(diagnostics)) {
      if (diagnostic.rule === 'DL1000' && this.#errors.has(placeKey(diagnostic.at))) continue;
      const kind = KIND[diagnostic.severity];
      (used[kind] < LIMIT ? shown : left).push(diagnostic);
      used[kind]++;
    }
    return { shown, left };
  }

  tellFindings(diagnostics: readonly Diagnostic[]): void {
    for (const { severity, message, rule, at } of diagnostics)
      this.#tell(KIND[severity], message, placeOf(rule, at));
  }

  #tell(kind: Kind, message: string, place: AnnotationPlace): void {
    this.#used[kind]++;
    this.#core[kind](message, place);
  }
}

function placeKey({ file, start }: Diagnostic['at']): string {
  return `${start.offset} ${file}`;
}

function gravestFirst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const gravity = ({ severity }: Diagnostic): number => GRAVITY.indexOf(severity);
  return diagnostics.toSorted((one, other) => gravity(one) - gravity(other));
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
