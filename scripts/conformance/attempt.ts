import { BuildError } from '../../src/base/errors.ts';
import { fail, type Outcome, pass } from './adapter.ts';

/** Runs something that either gives a value or fails with an error of ours; any other error is a fault and goes on. */
export function attempt<T>(run: () => T): { readonly value: T } | { readonly error: BuildError } {
  try {
    return { value: run() };
  } catch (error) {
    if (error instanceof BuildError) return { error };
    throw error;
  }
}

/** Passes if `run` fails with an error of ours. Wordings are not compared. */
export function mustFail(run: () => unknown): Outcome {
  const result = attempt(run);
  return 'error' in result ? pass : fail('was accepted, should fail');
}

/** Passes if `run` succeeds and `check` is content. */
export function mustWork<T>(run: () => T, check: (value: T) => Outcome): Outcome {
  const result = attempt(run);
  return 'error' in result ? fail(`was refused: ${result.error.message}`) : check(result.value);
}
