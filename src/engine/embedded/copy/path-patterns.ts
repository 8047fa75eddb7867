import { BuildError } from '../../../base/errors.ts';
import { goMatcher } from './go-match.ts';

/** Per pattern: whether it covers a path, itself or through one of its parents. */
export type PatternState = readonly boolean[];

interface Pattern {
  readonly exception: boolean;
  readonly covers: (path: string) => boolean;
}

/**
 * Patterns of --exclude and --parents, which are read as those of an ignore file (moby/patternmatcher): the last one that covers a
 * path decides, `!` makes an exception, and a pattern covers all that is below what it matches.
 */
export class PathPatterns {
  readonly #patterns: readonly Pattern[];

  /** @throws BuildError `BAD_PATTERN` */
  constructor(texts: readonly string[]) {
    this.#patterns = texts.flatMap(parsePattern);
  }

  /** Whether a path is covered; `parent` is what this gave for the folder that it is in. */
  test(path: string, parent?: PatternState): { readonly covered: boolean; readonly state: PatternState } {
    let covered = false;
    const state = this.#patterns.map((pattern, i) => {
      const here = parent?.[i] === true || pattern.covers(path);
      if (here) covered = !pattern.exception;
      return here;
    });
    return { covered, state };
  }
}

function parsePattern(text: string): readonly Pattern[] {
  let pattern = text.trim();
  if (pattern === '') return [];
  pattern = cleanPattern(pattern);
  const exception = pattern.startsWith('!');
  if (exception) pattern = pattern.slice(1);
  if (pattern === '') throw badPattern(text, 'there is nothing behind the !');
  if (goMatcher(pattern) === undefined) throw badPattern(text, 'a bracket or a backslash has no end');
  const covers = matcher(pattern);
  if (covers === undefined) throw badPattern(text, 'it cannot be understood');
  return [{ exception, covers }];
}

/** As Go's filepath.Clean: relative patterns keep leading `..`. */
function cleanPattern(pattern: string): string {
  const absolute = pattern.startsWith('/');
  const parts: string[] = [];
  for (const part of pattern.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..' || (parts.length === 0 && !absolute) || parts.at(-1) === '..') parts.push(part);
    else parts.pop();
  }
  const joined = parts.join('/');
  if (absolute) return `/${joined}`;
  return joined === '' ? '.' : joined;
}

function matcher(pattern: string): ((path: string) => boolean) | undefined {
  if (!/[*?\\[\]]/.test(pattern)) return (path) => path === pattern;
  // `**name` is a plain test of the end, also in the middle of a name.
  const suffix = /^\*\*(\/?[^*?\\[\]]*)$/.exec(pattern)?.[1];
  if (suffix !== undefined && suffix !== '') {
    const whole = suffix.startsWith('/') ? suffix.slice(1) : undefined;
    return (path) => path.endsWith(suffix) || path === whole;
  }
  let regExp: RegExp;
  try {
    regExp = new RegExp(`^${patternSource(pattern)}$`, 'su');
  } catch {
    return undefined;
  }
  return (path) => regExp.test(path);
}

function patternSource(pattern: string): string {
  return pattern.replaceAll(/\*\*\/?|\\.|\[(?:\\.|[^\]\\])*\]|./gsu, (token, at: number) => {
    if (token.startsWith('**')) return at + token.length === pattern.length ? '.*' : '(?:.*/)?';
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    if (token.startsWith('\\')) return quote(token.slice(1));
    if (token.startsWith('[') && token.length > 1) return token.replaceAll(/[&~(){}|/]/g, '\\$&');
    return quote(token);
  });
}

function quote(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function badPattern(text: string, why: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'BAD_PATTERN',
    message: `The pattern "${text}" is malformed: ${why}`,
    hint: 'Put a backslash before *, ?, [ and \\ that stand for themselves.',
  });
}
