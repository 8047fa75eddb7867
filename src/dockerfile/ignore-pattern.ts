import { BuildError } from '../base/errors.ts';
import { compilePattern } from './match.ts';

/** One line of an ignore file, ready for use. */
export interface IgnorePattern {
  /** As matched: cleaned, without the `!`. */
  readonly text: string;
  /** `!`: what it matches is not ignored after all. */
  readonly exception: boolean;
  matches(path: string): boolean;
}

/** Go's filepath.Clean. */
export function cleanPath(path: string): string {
  const rooted = path.startsWith('/');
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') out.push(part);
    else if (out.length > 0 && out.at(-1) !== '..') out.pop();
    else if (!rooted) out.push(part);
  }
  const cleaned = (rooted ? '/' : '') + out.join('/');
  return cleaned === '' ? '.' : cleaned;
}

/**
 * Reads a pattern that is trimmed and not empty.
 * @throws BuildError `BAD_PATTERN`
 */
export function readIgnorePattern(pattern: string): IgnorePattern {
  const cleaned = cleanPath(pattern);
  const exception = cleaned.startsWith('!');
  const text = exception ? cleaned.slice(1) : cleaned;
  if (text === '') throw bad(pattern, 'nothing follows the !');
  compilePattern(text);
  return { text, exception, matches: matcherOf(text) };
}

/** Plain names and the commonest uses of `**` need no regular expression; `**name` is a plain test of the end, as in BuildKit. */
function matcherOf(text: string): (path: string) => boolean {
  const special = /[*?[\]\\]/;
  if (!special.test(text)) return (path) => path === text;
  if (/^\*\*\/?[^*?[\]\\]+$/.test(text)) return endMatcher(text.slice(2));
  if (/^\*\*\/?$/.test(text)) return () => true;
  if (/^[^*?[\]\\]+\*\*$/.test(text)) {
    const start = text.slice(0, -2);
    return (path) => path.startsWith(start);
  }
  const regexp = toRegExp(text);
  return (path) => regexp.test(path);
}

function endMatcher(end: string): (path: string) => boolean {
  const alone = end.startsWith('/') ? end.slice(1) : undefined;
  return (path) => path.endsWith(end) || path === alone;
}

/**
 * The regular expression that moby/patternmatcher makes of a pattern.
 * @throws BuildError `BAD_PATTERN` where that one cannot be compiled
 */
export function toRegExp(pattern: string): RegExp {
  try {
    return new RegExp(`^${regExpSource(pattern)}$`, 'u');
  } catch (cause) {
    if (cause instanceof BuildError) throw cause;
    throw bad(pattern, 'it has a range that makes no sense');
  }
}

const DEPTH = '(?:[^\\n]*/)?';

function regExpSource(pattern: string): string {
  const out: string[] = [];
  const units = [...pattern.matchAll(/\*\*\/?|\\.?|./gsu)].map(([unit]) => unit);
  let inSet = false;
  for (const [index, unit] of units.entries()) {
    const source = wildcardSource(unit, index + 1 === units.length) ?? plainSource(unit, inSet, pattern);
    // Two of these in a row say no more than one, but take far longer.
    if (source !== DEPTH || out.at(-1) !== DEPTH) out.push(source);
    // A wildcard inside brackets closes them, strange as it is.
    inSet = unit === '[' || (inSet && unit !== ']' && unit !== '*' && unit !== '?');
  }
  return out.join('');
}

function wildcardSource(unit: string, last: boolean): string | undefined {
  if (unit === '*') return '[^/]*';
  if (unit === '?') return '[^/]';
  if (!unit.startsWith('**')) return undefined;
  return last ? '[^\\n]*' : DEPTH;
}

/** Brackets and `^` go into the expression as they are; a closing bracket that closes nothing is itself. */
function plainSource(unit: string, inSet: boolean, pattern: string): string {
  if (unit.startsWith('\\')) return escapedSource(unit.slice(1), inSet, pattern);
  if (unit === '[' || unit === '^') return unit;
  if (unit === ']') return inSet ? unit : '\\]';
  return unit === '-' ? unit : literal(unit);
}

function literal(char: string): string {
  return /[\^$.*+?()[\]{}|/\\]/.test(char) ? `\\${char}` : char;
}

const CONTROLS: Readonly<Record<string, string>> = {
  a: '\\x07',
  f: '\\f',
  n: '\\n',
  r: '\\r',
  t: '\\t',
  v: '\\v',
};

/** A backslash and a letter mean what they mean in a regular expression: so it is in moby/patternmatcher. */
function escapedSource(char: string, inSet: boolean, pattern: string): string {
  if (char === '') return '\\\\';
  if (char === '-') return inSet ? '\\-' : '-';
  if (!/[A-Za-z0-9]/.test(char)) return literal(char);
  if (/[dDsSwW]/.test(char) || (!inSet && /[bB]/.test(char))) return `\\${char}`;
  const control = CONTROLS[char];
  if (control !== undefined) return control;
  throw bad(pattern, `a backslash stands before ${JSON.stringify(char)}`);
}

function bad(pattern: string, why: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'BAD_PATTERN',
    message: `The ignore pattern ${JSON.stringify(pattern)} cannot be read: ${why}`,
    hint: 'put a backslash before a * ? or [ that is part of a name',
  });
}
