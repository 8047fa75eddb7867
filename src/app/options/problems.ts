import { BuildError, BuildErrors } from '../../base/errors.ts';

/** Collects all that is wrong with the inputs, so that it is told in one message. */
export class InputProblems {
  readonly #problems: string[] = [];

  /** `input` is named as the user wrote it: `--tag`, `build-args`. */
  add(input: string, message: string): void {
    this.#problems.push(`${input}: ${message}`);
  }

  /** The value, or undefined after noting why there is none. */
  attempt<T>(input: string, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof BuildError) || error.kind !== 'user') throw error;
      for (const { message, hint } of error instanceof BuildErrors ? error.errors : [error])
        this.add(input, hint === undefined ? message : `${message}. ${hint}`);
      return undefined;
    }
  }

  /** @throws BuildError with that code */
  throwIfAny(code?: string, hint?: string): void {
    const error = this.error(code, hint);
    if (error !== undefined) throw error;
  }

  /** All that was noted; undefined when that is nothing. */
  error(code = 'BAD_INPUT', hint?: string): BuildError | undefined {
    const [first, ...more] = this.#problems;
    if (first === undefined) return undefined;
    return new BuildError({
      kind: 'user',
      code,
      hint,
      message:
        more.length === 0
          ? first
          : `${this.#problems.length} inputs are wrong:\n${this.#problems.map((text) => `- ${text}`).join('\n')}`,
    });
  }
}

/** An input that cannot be read. Caught and collected by InputProblems. */
export function badInput(message: string, hint?: string): BuildError {
  return new BuildError({ kind: 'user', code: 'BAD_INPUT', message, hint });
}
