/** One element of a shell pattern without brackets: a character, `?` (any one) or `*` (any stretch). No wildcard matches a newline. */
export type PatternToken =
  | { readonly kind: 'one' }
  | { readonly kind: 'any' }
  | { readonly kind: 'literal'; readonly char: string };

const ONE: PatternToken = { kind: 'one' };
const ANY: PatternToken = { kind: 'any' };

/**
 * Reads a pattern. `\*`, `\?` and `\\` are those characters; the backslash before `}` and `/` only protected them inside `${}` and is
 * dropped. Undefined for any other backslash: BuildKit refuses it.
 */
export function readPattern(pattern: string): readonly PatternToken[] | undefined {
  const tokens: PatternToken[] = [];
  for (const [unit] of pattern.matchAll(/\\[}/*?\\]?|[^\\]/gsu)) {
    const token = tokenOf(unit);
    if (token === undefined) return undefined;
    tokens.push(token);
  }
  return tokens;
}

function tokenOf(unit: string): PatternToken | undefined {
  if (unit === '*') return ANY;
  if (unit === '?') return ONE;
  if (!unit.startsWith('\\')) return { kind: 'literal', char: unit };
  const char = unit.slice(1);
  return char === '' ? undefined : { kind: 'literal', char };
}

/** The pattern back to front, with each backslash still before the character that it protects. */
export function reversePattern(pattern: string): string {
  const chars = Array.from(pattern);
  const units: string[] = [];
  for (let index = 0; index < chars.length; index++) {
    const char = chars[index] ?? '';
    const pair = char === '\\' && index + 1 < chars.length;
    units.push(pair ? char + chars[index + 1] : char);
    if (pair) index++;
  }
  return units.reverse().join('');
}

/** All positions in `chars` that a match beginning at `start` can end at, ascending. Linear in text times pattern. */
function ends(tokens: readonly PatternToken[], chars: readonly string[], start: number): number[] {
  let reached = [start];
  for (const token of tokens) {
    reached = token.kind === 'any' ? spread(reached, chars) : step(token, reached, chars);
    if (reached.length === 0) break;
  }
  return reached;
}

function step(token: PatternToken, from: readonly number[], chars: readonly string[]): number[] {
  const reached: number[] = [];
  for (const at of from) {
    const char = chars[at];
    if (char === undefined) continue;
    if (token.kind === 'literal' ? char === token.char : char !== '\n') reached.push(at + 1);
  }
  return reached;
}

function spread(from: readonly number[], chars: readonly string[]): number[] {
  const reached: number[] = [];
  let next = -1;
  for (const at of from) {
    if (at < next) continue;
    next = at;
    while (next < chars.length && chars[next] !== '\n') reached.push(next++);
    reached.push(next++);
  }
  return reached;
}

/** Length in characters of the shortest or longest prefix that matches, -1 if none does. */
function prefixLength(tokens: readonly PatternToken[], chars: readonly string[], longest: boolean): number {
  const found = ends(tokens, chars, 0);
  return (longest ? found.at(-1) : found[0]) ?? -1;
}

/** `${value#pattern}`, `##` with `longest`; undefined if the pattern cannot be read. */
export function withoutPrefix(value: string, pattern: string, longest: boolean): string | undefined {
  const tokens = readPattern(pattern);
  if (tokens === undefined) return undefined;
  const chars = Array.from(value);
  const length = prefixLength(tokens, chars, longest);
  return length === -1 ? value : chars.slice(length).join('');
}

/** `${value%pattern}`, `%%` with `longest`; undefined if the pattern cannot be read. */
export function withoutSuffix(value: string, pattern: string, longest: boolean): string | undefined {
  const reversed = Array.from(value).reverse().join('');
  const rest = withoutPrefix(reversed, reversePattern(pattern), longest);
  return rest === undefined ? undefined : Array.from(rest).reverse().join('');
}

/** For every position, whether a match can begin there. */
function starts(tokens: readonly PatternToken[], chars: readonly string[]): Uint8Array {
  let can = new Uint8Array(chars.length + 1).fill(1);
  for (const token of tokens.toReversed()) {
    can = token.kind === 'any' ? spreadBack(can, chars) : stepBack(token, can, chars);
  }
  return can;
}

function stepBack(token: PatternToken, can: Uint8Array, chars: readonly string[]): Uint8Array<ArrayBuffer> {
  const before = new Uint8Array(can.length);
  for (const [at, char] of chars.entries()) {
    const fits = token.kind === 'literal' ? char === token.char : char !== '\n';
    if (fits) before[at] = can[at + 1] ?? 0;
  }
  return before;
}

function spreadBack(can: Uint8Array, chars: readonly string[]): Uint8Array<ArrayBuffer> {
  const before = new Uint8Array(can);
  for (let at = chars.length - 1; at >= 0; at--) {
    if (chars[at] !== '\n' && before[at + 1] === 1) before[at] = 1;
  }
  return before;
}

/** `${value/pattern/replacement}`: the leftmost match, as long as it can be. */
export function replaceFirst(value: string, pattern: string, replacement: string): string | undefined {
  const tokens = readPattern(pattern);
  if (tokens === undefined) return undefined;
  const chars = Array.from(value);
  const start = starts(tokens, chars).indexOf(1);
  if (start === -1) return value;
  const end = ends(tokens, chars, start).at(-1) ?? start;
  return chars.slice(0, start).join('') + replacement + chars.slice(end).join('');
}

/**
 * `${value//pattern/replacement}`. As BuildKit does it with Go's regexp, the replacement is a template (`$0` is the match) and an
 * empty match right after another one does not count.
 */
export function replaceAll(value: string, pattern: string, replacement: string): string | undefined {
  const tokens = readPattern(pattern);
  if (tokens === undefined) return undefined;
  const chars = Array.from(value);
  const can = starts(tokens, chars);
  const out: string[] = [];
  let done = 0;
  let from = 0;
  for (let start = can.indexOf(1); start !== -1; start = can.indexOf(1, from)) {
    const end = ends(tokens, chars, start).at(-1) ?? start;
    out.push(chars.slice(done, start).join(''));
    if (end > done || start === 0) out.push(fillTemplate(replacement, chars.slice(start, end).join('')));
    done = end;
    from = Math.max(end, from + 1);
    if (from > chars.length) break;
  }
  out.push(chars.slice(done).join(''));
  return out.join('');
}

/** Go's regexp.Expand for a pattern without groups: `$0` and `${0}` are the match, other names nothing, `$$` is a dollar. */
function fillTemplate(template: string, match: string): string {
  return template.replace(
    /\$(?:(\$)|(?:\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+)))/gu,
    (_, dollar: string | undefined, braced: string | undefined, bare: string | undefined) => {
      if (dollar !== undefined) return '$';
      return (braced ?? bare) === '0' ? match : '';
    },
  );
}
