import type { IgnorePattern } from './ignore-pattern.ts';

/** Per pattern: whether it is known to cover a path, itself or through one of its parents. */
export type PatternState = readonly boolean[];

/**
 * Whether patterns in order cover a path: the last one that does decides, and `!` makes an exception. As in BuildKit
 * (moby/patternmatcher, MatchesUsingParentResults) a pattern that would change nothing is not looked at, and so does not count for what is
 * below: after `a/b`, `!a` does not let `a/b` in, since `a` was not left out before.
 * @param parent what this gave for the folder that the path is in
 */
export function coverOf(
  patterns: readonly IgnorePattern[],
  path: string,
  parent?: PatternState,
): { readonly covered: boolean; readonly state: PatternState } {
  let covered = false;
  const state = patterns.map((pattern, i) => {
    const here = parent?.[i] === true || (pattern.exception === covered && pattern.matches(path));
    if (here) covered = !pattern.exception;
    return here;
  });
  return { covered, state };
}
