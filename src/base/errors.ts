/**
 * Who has to act on an error. Decides the exit code, whether a stack is shown and whether a report is asked for.
 * - `user`: the Dockerfile, an input or a command that it runs is wrong
 * - `environment`: this machine cannot do what is asked (no privilege, no disk space, a tool is missing)
 * - `remote`: a registry or another server refused or failed
 * - `bug`: a fault of ours
 */
export type ErrorKind = 'user' | 'environment' | 'remote' | 'bug';

/** A place in a text. `line` and `column` count from 1, `offset` from 0; columns and offsets are UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A stretch of a source file; `end` is exclusive. */
export interface SourceRange {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

export interface BuildErrorFacts {
  readonly kind: ErrorKind;
  /** Stable upper-case name, e.g. `RUN_FAILED`. Callers tell errors apart by this, never by the message. */
  readonly code: string;
  /** What happened: one sentence, no trailing period needed. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string | undefined;
  /** Where in the Dockerfile. */
  readonly at?: SourceRange | undefined;
  readonly cause?: unknown;
}

/** The only error that our code throws on purpose. */
export class BuildError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly hint: string | undefined;
  readonly at: SourceRange | undefined;

  constructor(facts: BuildErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'BuildError';
    this.kind = facts.kind;
    this.code = facts.code;
    this.hint = facts.hint;
    this.at = facts.at;
  }

  /** The same error with a place, unless it has one already. */
  located(at: SourceRange | undefined): BuildError {
    if (this.at !== undefined || at === undefined) return this;
    return new BuildError({
      kind: this.kind,
      code: this.code,
      message: this.message,
      hint: this.hint,
      at,
      cause: this.cause ?? this,
    });
  }
}

/** Several errors that were found together; shown one below the other. Never empty. */
export class BuildErrors extends BuildError {
  readonly errors: readonly BuildError[];

  constructor(errors: readonly BuildError[]) {
    const first = errors[0];
    super({
      kind: first?.kind ?? 'bug',
      code: first?.code ?? 'NO_ERRORS',
      message: errors.map((error) => error.message).join('\n'),
      hint: first?.hint,
      at: first?.at,
    });
    this.errors = errors;
  }

  /** Each of them gets the place unless it has one. */
  override located(at: SourceRange | undefined): BuildError {
    return at === undefined ? this : new BuildErrors(this.errors.map((error) => error.located(at)));
  }
}

/** Throws nothing for an empty list, the error itself for one, all of them together otherwise. */
export function throwAll(errors: readonly BuildError[]): void {
  const [first, second] = errors;
  if (first === undefined) return;
  throw second === undefined ? first : new BuildErrors(errors);
}

/**
 * What `read` makes of each item.
 * @throws BuildError what is wrong with all of them together
 */
export function readAll<I, T>(items: readonly I[], read: (item: I) => T): readonly T[] {
  const errors: BuildError[] = [];
  const values = items.flatMap((item) => {
    try {
      return [read(item)];
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      errors.push(error);
      return [];
    }
  });
  throwAll(errors);
  return values;
}

/** What `read` gives, or undefined after adding to `errors` why it gives nothing. Throws what is no BuildError. */
export async function noted<T>(errors: BuildError[], read: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    errors.push(...(error instanceof BuildErrors ? error.errors : [error]));
    return undefined;
  }
}

/** Anything thrown as a BuildError: ours unchanged, aborts as `CANCELLED`, everything else as a bug. */
export function toBuildError(thrown: unknown): BuildError {
  if (thrown instanceof BuildError) return thrown;
  // The platform's own mark of an abort; it is a DOMException, which need not be an Error of this realm.
  if (typeof thrown === 'object' && thrown !== null && 'name' in thrown && thrown.name === 'AbortError') {
    return new BuildError({
      kind: 'user',
      code: 'CANCELLED',
      message: 'The build was cancelled',
      cause: thrown,
    });
  }
  return (
    fromSystem(thrown) ??
    new BuildError({
      kind: 'bug',
      code: 'UNEXPECTED',
      message: reasonOf(thrown),
      cause: thrown,
    })
  );
}

interface Refusal {
  readonly code: string;
  readonly what: string;
  readonly hint: string;
}

/** What the kernel refuses wherever it is asked for it, by errno(3). */
const REFUSALS: ReadonlyMap<unknown, Refusal> = new Map([
  [
    'ENOSPC',
    {
      code: 'NO_SPACE',
      what: 'There is no space left on the disk',
      hint: 'Free some space on the disk, or put the state folder on another one.',
    },
  ],
  [
    'EDQUOT',
    {
      code: 'NO_SPACE',
      what: 'The disk quota is used up',
      hint: 'Free some space, or put the state folder on another disk.',
    },
  ],
  [
    'EROFS',
    {
      code: 'READ_ONLY',
      what: 'The file system can only be read',
      hint: 'Put the state folder on a file system that can be written.',
    },
  ],
  [
    'EMFILE',
    {
      code: 'TOO_MANY_FILES',
      what: 'This process has too many files open',
      hint: 'Raise the limit on open files (ulimit -n).',
    },
  ],
  [
    'ENFILE',
    {
      code: 'TOO_MANY_FILES',
      what: 'The whole machine has too many files open',
      hint: 'End other programs, or raise the limit (fs.file-max).',
    },
  ],
  [
    'ENOMEM',
    {
      code: 'NO_MEMORY',
      what: 'This machine has no memory left',
      hint: 'End other programs, or run fewer steps at a time.',
    },
  ],
  [
    'EIO',
    {
      code: 'DISK_FAILED',
      what: 'The disk failed',
      hint: 'See what the kernel says of the disk (dmesg).',
    },
  ],
]);

function fromSystem(thrown: unknown): BuildError | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  const refusal = REFUSALS.get(thrown.code);
  if (refusal === undefined) return undefined;
  const { code, what, hint } = refusal;
  const message = `${what} (${reasonOf(thrown)})`;
  return new BuildError({ kind: 'environment', code, message, hint, cause: thrown });
}

/** What was thrown, in words for the end of a sentence; not only for Errors of this realm. */
export function reasonOf(error: unknown): string {
  // Of a host with several addresses that all failed Node tells nothing but each one's reason.
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join('; ');
  if (typeof error !== 'object' || error === null) return String(error);
  // Of AbortSignal.timeout, whose own words tell of an operation that nobody knows.
  if ('name' in error && error.name === 'TimeoutError') return 'there was no answer in time';
  return 'message' in error && typeof error.message === 'string' ? error.message : String(error);
}

/** The same, and what to do about it where that is known: for what is told and does not end the build. */
export function reasonWithHint(error: unknown): string {
  const hint = error instanceof BuildError ? error.hint : undefined;
  return hint === undefined ? reasonOf(error) : `${reasonOf(error)}. ${hint}`;
}
