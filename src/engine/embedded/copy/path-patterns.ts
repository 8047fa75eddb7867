import { trimBlanks } from '../../../dockerfile/blank.ts';
import { type IgnorePattern, readIgnorePattern } from '../../../dockerfile/ignore-pattern.ts';
import { coverOf, type PatternState } from '../../../dockerfile/pattern-state.ts';

/**
 * Patterns of --exclude and --parents, which are read as those of an ignore file (moby/patternmatcher): the last one that covers a
 * path decides, `!` makes an exception, and a pattern covers all that is below what it matches.
 */
export class PathPatterns {
  readonly #patterns: readonly IgnorePattern[];

  /** @throws BuildError `BAD_PATTERN` */
  constructor(texts: readonly string[]) {
    this.#patterns = texts
      .map(trimBlanks)
      .filter((text) => text !== '')
      .map(readIgnorePattern);
  }

  /** Whether a path is covered; `parent` is what this gave for the folder that it is in. */
  test(path: string, parent?: PatternState): { readonly covered: boolean; readonly state: PatternState } {
    return coverOf(this.#patterns, path, parent);
  }
}
