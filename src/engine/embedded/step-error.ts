import { BuildError, BuildErrors, toBuildError } from '../../base/errors.ts';
import type { Vertex } from '../../plan/graph.ts';

/** Longer ones tell no more. Characters. */
const LONGEST = 80;

/** What a step failed with, at its place. A trigger of a base image stands in no file of this build: it is told with its own words. */
export function stepError(vertex: Pick<Vertex, 'name' | 'at'>, thrown: unknown): BuildError {
  const error = toBuildError(thrown);
  const trigger = /^\[[^\]]*\] (ONBUILD [^\n]*)/.exec(vertex.name)?.[1];
  if (trigger === undefined || error.at !== undefined || error.code === 'CANCELLED')
    return error.located(vertex.at);
  const words = trigger.length > LONGEST ? `${trigger.slice(0, LONGEST - 1)}…` : trigger;
  const errors = (error instanceof BuildErrors ? error.errors : [error]).map(
    ({ kind, code, message, hint }) =>
      new BuildError({ kind, code, message: `${words}: ${message}`, hint, at: vertex.at, cause: error }),
  );
  const [first, second] = errors;
  return first !== undefined && second === undefined ? first : new BuildErrors(errors);
}
