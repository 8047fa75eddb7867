import { BuildError } from '../base/errors.ts';
import { trimBlanks } from './blank.ts';
import { cleanPath, type IgnorePattern, readIgnorePattern } from './ignore-pattern.ts';
import { compilePattern, matchesPattern, type PathPattern } from './match.ts';
import { coverOf, type PatternState } from './pattern-state.ts';

export interface IgnoreMatcher {
  /** Paths are relative to the context, with slashes, cleaned. A path is also excluded through its parents. */
  excludes(path: string, isDirectory?: boolean): boolean;
  /** Whether anything below an excluded folder can still be let in by a `!` pattern. If not, the folder need not be walked. */
  mayContainExceptionsBelow(folder: string): boolean;
  /** Whether there is any `!` pattern. */
  readonly hasExceptions: boolean;
}

/**
 * Patterns of a .dockerignore, cleaned and in order, `!` kept. Broken ones are found by ignoreMatcher.
 * A line is a comment only if `#` is its very first character.
 */
export function readIgnoreFile(text: string): string[] {
  const patterns: string[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    if (line.startsWith('#')) continue;
    const trimmed = trimBlanks(line);
    if (trimmed === '') continue;
    const inverted = trimmed.startsWith('!');
    const path = inverted ? trimBlanks(trimmed.slice(1)) : trimmed;
    const cleaned = path === '' ? '' : cleanPath(path).replace(/^\/(?=.)/s, '');
    patterns.push(inverted ? `!${cleaned}` : cleaned);
  }
  return patterns;
}

/**
 * What is wrong with the text of an ignore file: a build refuses it, whatever it copies.
 * @param path to tell the line that is wrong, which is the first
 */
export function ignoreFileProblem(text: string, path?: string): BuildError | undefined {
  let offset = 0;
  for (const [i, line] of text.split('\n').entries()) {
    try {
      // Only the first line can begin with a byte order mark.
      ignoreMatcher(readIgnoreFile(i === 0 ? line : `\n${line}`));
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      const { kind, code, message, hint, cause } = error;
      const start = { line: i + 1, column: 1, offset };
      const end = { line: i + 1, column: line.length + 1, offset: offset + line.length };
      const at = path === undefined ? undefined : { file: path, start, end };
      return new BuildError({
        kind,
        code,
        message: `The ignore file cannot be used: ${message}`,
        hint,
        at,
        cause,
      });
    }
    offset += line.length + 1;
  }
  return undefined;
}

/**
 * Answers for paths by the rules of .dockerignore (see coverOf).
 * @throws BuildError `BAD_PATTERN`
 */
export function ignoreMatcher(patterns: readonly string[]): IgnoreMatcher {
  const compiled = patterns
    .map(trimBlanks)
    .filter((pattern) => pattern !== '')
    .map(readIgnorePattern);
  const reaches = compiled.map((pattern) => (pattern.exception ? reachOf(pattern) : undefined));
  const folders = new Map<string, PatternState>();

  function stateOf(path: string): PatternState {
    const parent = parentOf(path);
    return coverOf(compiled, path, parent === undefined ? undefined : folderState(parent)).state;
  }

  function folderState(path: string): PatternState {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const state = stateOf(path);
    folders.set(path, state);
    return state;
  }

  return {
    hasExceptions: compiled.some((pattern) => pattern.exception),
    excludes(path, isDirectory = false) {
      const decider = (isDirectory ? folderState(path) : stateOf(path)).lastIndexOf(true);
      return compiled[decider]?.exception === false;
    },
    mayContainExceptionsBelow(folder) {
      const parts = folder.split('/');
      // Only a pattern behind the one that excludes the folder can undo it.
      const decider = folderState(folder).lastIndexOf(true);
      return reaches.slice(decider + 1).some((reach) => reach?.(parts) === true);
    },
  };
}

/** Parent folder of a path as Go's filepath.Dir sees it: `a/b/` lies in `a/b`. */
function parentOf(path: string): string | undefined {
  const slash = path.lastIndexOf('/');
  if (slash <= 0) return undefined;
  const parent = cleanPath(path.slice(0, slash));
  return parent === '.' ? undefined : parent;
}

/** Whether a pattern can match something strictly below a folder, given as its path's elements. */
function reachOf({ text }: IgnorePattern): (folder: readonly string[]) => boolean {
  const elements = text.split('/');
  const deep = elements.findIndex((element) => element.includes('**'));
  const compiled = elements.map(elementPattern);
  return (folder) => {
    const count = deep === -1 ? folder.length : Math.min(deep, folder.length);
    if (deep === -1 && elements.length <= folder.length) return false;
    for (let index = 0; index < count; index++) {
      const pattern = compiled[index];
      if (pattern !== undefined && !matchesPattern(pattern, folder[index] ?? '')) return false;
    }
    return true;
  };
}

/** Undefined where a pattern's slash stands inside brackets, so that its elements are none: then anything is possible. */
function elementPattern(element: string): PathPattern | undefined {
  try {
    return compilePattern(element);
  } catch {
    return undefined;
  }
}
