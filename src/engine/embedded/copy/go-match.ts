/**
 * Go's filepath.Match as a function: `*` and `?` stop at `/`, `[a-z]` and `[^a-z]` do not, `\` quotes. Undefined for a pattern
 * that Go calls malformed; such a pattern matches nothing.
 */
export function goMatcher(pattern: string): ((path: string) => boolean) | undefined {
  const source = new GoPattern(pattern).toRegExp();
  if (source === undefined) return undefined;
  const regExp = new RegExp(`^${source}$`, 'su');
  return (path) => regExp.test(path);
}

/** Whether a path element has a wildcard that is not quoted. */
export function hasWildcard(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '\\') i += 1;
    else if (character === '*' || character === '?' || character === '[') return true;
  }
  return false;
}

class GoPattern {
  readonly #characters: readonly string[];
  #at = 0;

  constructor(pattern: string) {
    this.#characters = [...pattern];
  }

  toRegExp(): string | undefined {
    let source = '';
    while (this.#at < this.#characters.length) {
      const piece = this.#next();
      if (piece === undefined) return undefined;
      source += piece;
    }
    return source;
  }

  #next(): string | undefined {
    const character = this.#characters[this.#at] ?? '';
    this.#at += 1;
    if (character === '*') return '[^/]*';
    if (character === '?') return '[^/]';
    if (character === '[') return this.#class();
    if (character !== '\\') return quote(character);
    const quoted = this.#characters[this.#at];
    this.#at += 1;
    return quoted === undefined ? undefined : quote(quoted);
  }

  /** After `[`. At least one range; `]` and `-` have to be quoted to stand for themselves. */
  #class(): string | undefined {
    const negated = this.#characters[this.#at] === '^';
    if (negated) this.#at += 1;
    const ranges: string[] = [];
    for (let empty = true; empty || this.#characters[this.#at] !== ']'; empty = false) {
      const range = this.#range();
      if (range === undefined) return undefined;
      if (range !== '') ranges.push(range);
    }
    this.#at += 1;
    // A class of reversed ranges only holds nothing.
    if (ranges.length === 0) return negated ? '.' : '(?!)';
    return `[${negated ? '^' : ''}${ranges.join('')}]`;
  }

  /** `a` or `a-z`; empty for a reversed range, which holds nothing. */
  #range(): string | undefined {
    const low = this.#bound();
    if (low === undefined || this.#characters[this.#at] !== '-') return low && escapeCode(low);
    this.#at += 1;
    const high = this.#bound();
    if (high === undefined) return undefined;
    return codeOf(low) <= codeOf(high) ? `${escapeCode(low)}-${escapeCode(high)}` : '';
  }

  #bound(): string | undefined {
    let character = this.#characters[this.#at];
    if (character === undefined || character === '-' || character === ']') return undefined;
    this.#at += 1;
    if (character === '\\') {
      character = this.#characters[this.#at];
      this.#at += 1;
    }
    // Go wants something behind a bound, at least the closing bracket.
    return this.#at < this.#characters.length ? character : undefined;
  }
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function escapeCode(character: string): string {
  return `\\u{${codeOf(character).toString(16)}}`;
}

function quote(character: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(character) ? escapeCode(character) : character;
}
