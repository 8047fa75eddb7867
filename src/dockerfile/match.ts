import { BuildError } from '../base/errors.ts';

type Token =
  | { readonly kind: 'star' }
  | { readonly kind: 'any' }
  | { readonly kind: 'char'; readonly char: string }
  | {
      readonly kind: 'set';
      readonly negated: boolean;
      readonly ranges: readonly (readonly [string, string])[];
    };

/** A path pattern taken apart; made by compilePattern. */
export type PathPattern = readonly Token[];

const STAR: Token = { kind: 'star' };
const ANY: Token = { kind: 'any' };

/**
 * Reads a pattern of Go's filepath.Match: `*` and `?` (not over a slash), `[a-z]`, `[^a-z]`, `\` before a character that is meant.
 * @throws BuildError `BAD_PATTERN`
 */
export function compilePattern(pattern: string): PathPattern {
  const chars = Array.from(pattern);
  const tokens: Token[] = [];
  let at = 0;
  while (at < chars.length) {
    const { token, next } = readToken(chars, at, pattern);
    // Two stars in a row are one.
    if (token.kind !== 'star' || tokens.at(-1)?.kind !== 'star') tokens.push(token);
    at = next;
  }
  return tokens;
}

/**
 * Whether a whole name matches a pattern as Go's filepath.Match does it on Linux: what COPY and ADD use for each wildcard.
 * @throws BuildError `BAD_PATTERN`
 */
export function matchPattern(pattern: string, name: string): boolean {
  return matchesPattern(compilePattern(pattern), name);
}

/** As matchPattern, for a pattern that is used more than once. */
export function matchesPattern(pattern: PathPattern, name: string): boolean {
  const chars = Array.from(name);
  let token = 0;
  let at = 0;
  let star = -1;
  let starEnd = 0;
  while (at < chars.length || token < pattern.length) {
    const current = pattern[token];
    if (current?.kind === 'star') {
      star = token++;
      starEnd = at;
    } else if (current !== undefined && at < chars.length && fits(current, chars[at] ?? '')) {
      token++;
      at++;
    } else {
      // Let the last star take one character more.
      if (star === -1 || starEnd >= chars.length || chars[starEnd] === '/') return false;
      at = ++starEnd;
      token = star + 1;
    }
  }
  return true;
}

function fits(token: Token, char: string): boolean {
  if (token.kind === 'char') return token.char === char;
  if (token.kind === 'any') return char !== '/';
  if (token.kind === 'star') return false;
  const code = char.codePointAt(0) ?? 0;
  const inside = token.ranges.some(
    ([low, high]) => (low.codePointAt(0) ?? 0) <= code && code <= (high.codePointAt(0) ?? 0),
  );
  return inside !== token.negated;
}

interface Read<T> {
  readonly token: T;
  readonly next: number;
}

function readToken(chars: readonly string[], at: number, pattern: string): Read<Token> {
  const char = chars[at] ?? '';
  if (char === '*') return { token: STAR, next: at + 1 };
  if (char === '?') return { token: ANY, next: at + 1 };
  if (char === '[') return readSet(chars, at + 1, pattern);
  if (char !== '\\') return { token: { kind: 'char', char }, next: at + 1 };
  const meant = chars[at + 1];
  if (meant === undefined) throw bad(pattern, 'it ends with a backslash');
  return { token: { kind: 'char', char: meant }, next: at + 2 };
}

function readSet(chars: readonly string[], start: number, pattern: string): Read<Token> {
  const negated = chars[start] === '^';
  const ranges: [string, string][] = [];
  let at = negated ? start + 1 : start;
  while (chars[at] !== ']' || ranges.length === 0) {
    const low = readSetChar(chars, at, pattern);
    const high = chars[low.next] === '-' ? readSetChar(chars, low.next + 1, pattern) : low;
    ranges.push([low.token, high.token]);
    at = high.next;
  }
  return { token: { kind: 'set', negated, ranges }, next: at + 1 };
}

function readSetChar(chars: readonly string[], at: number, pattern: string): Read<string> {
  const first = chars[at];
  if (first === '-' || first === ']')
    throw bad(pattern, `${first} stands in [ ] where a character must stand`);
  const place = first === '\\' ? at + 1 : at;
  const char = chars[place];
  if (char === undefined || place + 1 === chars.length) throw bad(pattern, 'a [ is not closed');
  return { token: char, next: place + 1 };
}

function bad(pattern: string, why: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'BAD_PATTERN',
    message: `The pattern ${JSON.stringify(pattern)} cannot be read: ${why}`,
    hint: 'put a backslash before a character that is no wildcard',
  });
}
