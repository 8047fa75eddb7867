import { BuildError } from '../base/errors.ts';
import { replaceAll, replaceFirst, withoutPrefix, withoutSuffix } from './expand-pattern.ts';
import { type ExpandedWord, Pieces } from './expanded-words.ts';

/** What a name stands for; undefined: not set. A `Map` will do. */
export interface Variables {
  get(name: string): string | undefined;
}

export interface ExpandOptions {
  /** Default: backslash. */
  readonly escape?: '\\' | '`';
  /** Keep quotes in the result. */
  readonly rawQuotes?: boolean;
  /** Keep escape characters in the result. */
  readonly rawEscapes?: boolean;
  /** Leave a reference to an unset name as it is written. */
  readonly skipUnset?: boolean;
  /** Quotes are ordinary characters. */
  readonly ignoreQuotes?: boolean;
}

export interface Expansion {
  readonly value: string;
  /** `value` split at blanks that no quote and no escape protects. Empty words only come out of nothing, so there are none. */
  readonly words: readonly ExpandedWord[];
  /** Names that were looked up and found. */
  readonly matched: ReadonlySet<string>;
  /** Names that were looked up and are not set. */
  readonly unmatched: ReadonlySet<string>;
}

/** Deeper nesting than this is an attack or an accident. */
const DEEPEST = 500;

const NO_VARIABLES: Variables = { get: () => undefined };

/**
 * Expands one word: quotes, escapes and `$` forms as in BuildKit's Dockerfile frontend.
 * @throws BuildError `UNCLOSED_QUOTE`, `BAD_SUBSTITUTION`, `BAD_PATTERN`, `VARIABLE_REQUIRED`
 */
export function expandWord(
  word: string,
  variables: Variables = NO_VARIABLES,
  options: ExpandOptions = {},
): Expansion {
  return new Expander(word, variables, options).run();
}

/**
 * Expands a text and gives its words: how EXPOSE is read.
 * @throws BuildError as expandWord
 */
export function processWords(
  text: string,
  variables: Variables,
  options: ExpandOptions = {},
): readonly string[] {
  return expandWord(text, variables, options).words.map((word) => word.value);
}

/**
 * Expands the body of an unquoted heredoc of COPY and ADD: quotes stay, the escape is always the backslash.
 * @throws BuildError `BAD_SUBSTITUTION`, `BAD_PATTERN`, `VARIABLE_REQUIRED`
 */
export function expandHeredoc(body: string, variables: Variables): Expansion {
  return expandWord(body, variables, { ignoreQuotes: true });
}

const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;
const SPECIAL = '@*#?-$!0';

function isNameChar(char: string): boolean {
  return char === '_' || LETTER.test(char) || DIGIT.test(char);
}

class Expander {
  private readonly text: string;
  private readonly variables: Variables;
  private readonly options: ExpandOptions;
  private readonly escape: string;
  private readonly matched = new Set<string>();
  private readonly unmatched = new Set<string>();
  private at = 0;
  private depth = 0;

  constructor(text: string, variables: Variables, options: ExpandOptions) {
    this.text = text;
    this.variables = variables;
    this.options = options;
    this.escape = options.escape ?? '\\';
    if (text.startsWith('\uFEFF')) this.at = 1;
  }

  run(): Expansion {
    const { value, words } = this.until(undefined, this.options.rawEscapes === true);
    return { value, words, matched: this.matched, unmatched: this.unmatched };
  }

  private fail(code: string, why: string, hint?: string): BuildError {
    const word = this.text.length > 80 ? `${this.text.slice(0, 80)}…` : this.text;
    return new BuildError({
      kind: 'user',
      code,
      message: `Cannot expand ${JSON.stringify(word)}: ${why}`,
      hint,
    });
  }

  private ended(): boolean {
    return this.at >= this.text.length;
  }

  /** The character at the cursor, a whole code point. */
  private peek(): string {
    const code = this.text.codePointAt(this.at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  private next(): string {
    const char = this.peek();
    this.at += char.length;
    return char;
  }

  /** Reads up to the stop character, which is taken but not part of the result; without one, to the end of the text. */
  private until(
    stop: string | undefined,
    rawEscapes: boolean,
  ): { value: string; words: readonly ExpandedWord[] } {
    if (++this.depth > DEEPEST)
      throw this.fail('BAD_SUBSTITUTION', `more than ${DEEPEST} nested substitutions`);
    const pieces = new Pieces();
    while (!this.ended()) {
      if (stop !== undefined && this.text[this.at] === stop) {
        this.at++;
        this.depth--;
        return pieces.result();
      }
      this.element(pieces, rawEscapes, stop);
    }
    if (stop !== undefined) throw this.fail('BAD_SUBSTITUTION', `the closing ${stop} is missing`);
    this.depth--;
    return pieces.result();
  }

  /** One quoted stretch, substitution, escape pair or run of ordinary characters. */
  private element(pieces: Pieces, rawEscapes: boolean, stop: string | undefined): void {
    const from = this.at;
    const char = this.text[from] ?? '';
    if (!this.special(char)) {
      while (!this.ended() && !this.special(this.text[this.at] ?? '') && this.text[this.at] !== stop)
        this.at++;
      pieces.addPlain(this.text.slice(from, this.at), from);
    } else if (char === this.escape) this.escaped(pieces, rawEscapes);
    else if (char === '$') {
      const value = this.dollar();
      pieces.add(value, from, this.at);
    } else {
      const value = this.unsplit(char, rawEscapes);
      pieces.addRaw(value, from, this.at);
    }
  }

  private special(char: string): boolean {
    if (char === '"' || char === "'") return this.options.ignoreQuotes !== true;
    return char === '$' || char === '<' || char === this.escape;
  }

  /** A stretch whose blanks do not end the word. */
  private unsplit(char: string, rawEscapes: boolean): string {
    if (char === '<') return this.redirection();
    return char === '"' ? this.doubleQuoted(rawEscapes) : this.singleQuoted();
  }

  private escaped(pieces: Pieces, rawEscapes: boolean): void {
    const from = this.at;
    this.at++;
    if (rawEscapes) pieces.addRaw(this.escape, from, this.at);
    if (this.ended()) return;
    const char = this.next();
    pieces.addRaw(char, from, this.at);
  }

  /** `<`, or `<<`, an optional `-` and the blanks behind it, which do not end the word: `<< EOF` is one. */
  private redirection(): string {
    const from = this.at;
    this.at++;
    if (this.text[this.at] !== '<') return '<';
    this.at++;
    let ahead = this.text[this.at] === '-' ? this.at + 1 : this.at;
    const blanks = ahead;
    while (/[ \t\r\n]/.test(this.text[ahead] ?? '')) ahead++;
    // A `-` with no blank behind it belongs to what follows.
    if (ahead > blanks || blanks === this.at) this.at = ahead;
    return this.text.slice(from, this.at);
  }

  private singleQuoted(): string {
    const end = this.text.indexOf("'", this.at + 1);
    if (end === -1) throw this.fail('UNCLOSED_QUOTE', 'a single quote is not closed');
    const value =
      this.options.rawQuotes === true ? this.text.slice(this.at, end + 1) : this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return value;
  }

  private doubleQuoted(rawEscapes: boolean): string {
    const quote = this.options.rawQuotes === true ? '"' : '';
    const out = [quote];
    this.at++;
    while (!this.ended()) {
      const char = this.text[this.at] ?? '';
      if (char === '"') {
        this.at++;
        return out.join('') + quote;
      }
      if (char === '$') out.push(this.dollar());
      else out.push(char === this.escape ? this.escapedInQuotes(rawEscapes) : this.next());
    }
    throw this.fail('UNCLOSED_QUOTE', 'a double quote is not closed');
  }

  /** Between double quotes the escape only works on `"`, `$` and itself, else it is an ordinary character. */
  private escapedInQuotes(rawEscapes: boolean): string {
    this.at++;
    const kept = rawEscapes ? this.escape : '';
    const char = this.text[this.at];
    if (char === undefined) return kept;
    if (char !== '"' && char !== '$' && char !== this.escape) return kept + this.escape;
    this.at++;
    return kept + char;
  }

  private dollar(): string {
    this.at++;
    if (this.text[this.at] === '{') {
      this.at++;
      return this.braced();
    }
    const name = this.name();
    if (name === '') return '$';
    const value = this.lookUp(name);
    return value ?? (this.options.skipUnset === true ? `$${name}` : '');
  }

  /** A name, the digits of a number, or one special parameter; empty if there is none. */
  private name(): string {
    const from = this.at;
    const first = this.peek();
    if (DIGIT.test(first)) {
      while (DIGIT.test(this.peek())) this.next();
    } else if (first !== '' && SPECIAL.includes(first)) {
      this.at++;
    } else {
      while (isNameChar(this.peek())) this.next();
    }
    return this.text.slice(from, this.at);
  }

  private lookUp(name: string): string | undefined {
    const value = this.variables.get(name);
    (value === undefined ? this.unmatched : this.matched).add(name);
    return value;
  }

  private braced(): string {
    const first = this.text[this.at];
    if (first === undefined) throw this.fail('BAD_SUBSTITUTION', 'the closing } is missing');
    if (first === '{' || first === '}' || first === ':') {
      throw this.fail('BAD_SUBSTITUTION', `\${${first} names no variable`);
    }
    const name = this.name();
    const modifier = this.next();
    switch (modifier) {
      case '}':
        return this.lookUp(name) ?? (this.options.skipUnset === true ? `\${${name}}` : '');
      case ':': {
        const second = this.next();
        return this.modified(name, second, true);
      }
      case '+':
      case '-':
      case '?':
      case '#':
      case '%':
        return this.modified(name, modifier, false);
      case '/':
        return this.replaced(name);
      case '':
        throw this.fail('BAD_SUBSTITUTION', 'the closing } is missing');
      default:
        throw this.unsupported(modifier);
    }
  }

  private unsupported(modifier: string): BuildError {
    return this.fail(
      'BAD_SUBSTITUTION',
      `unsupported modifier (${modifier})`,
      'behind the name stands one of :- :+ :? - + ? # ## % %% / or //',
    );
  }

  /** `${name-word}` and its like; `orEmpty`: a colon stands before the modifier, so empty counts as unset. */
  private modified(name: string, modifier: string, orEmpty: boolean): string {
    const trims = modifier === '#' || modifier === '%';
    const word = this.until('}', trims).value;
    const value = this.lookUp(name);
    const written = `${orEmpty ? ':' : ''}${modifier}`;
    if (value === undefined && this.options.skipUnset === true) return `\${${name}${written}${word}}`;
    const given = orEmpty && value === '' ? undefined : value;
    switch (modifier) {
      case '-':
        return given ?? word;
      case '+':
        return given === undefined ? '' : word;
      case '?':
        if (given === undefined) throw this.required(name, value, word);
        return given;
      default:
        return this.trimmed(written, value ?? '', word);
    }
  }

  private required(name: string, value: string | undefined, word: string): BuildError {
    const why = value === undefined ? 'it must be set' : 'it must not be empty';
    return this.fail(
      'VARIABLE_REQUIRED',
      `${name}: ${word === '' ? why : word}`,
      `set ${name}, for example with --build-arg ${name}=…`,
    );
  }

  private trimmed(modifier: string, value: string, word: string): string {
    if (modifier !== '#' && modifier !== '%') throw this.unsupported(modifier);
    const longest = word.startsWith(modifier);
    const pattern = longest ? word.slice(1) : word;
    const trim = modifier === '#' ? withoutPrefix : withoutSuffix;
    return trim(value, pattern, longest) ?? this.badPattern(pattern);
  }

  private replaced(name: string): string {
    const all = this.text[this.at] === '/';
    if (all) this.at++;
    const pattern = this.until('/', true).value;
    const replacement = this.until('}', true).value;
    const value = this.lookUp(name);
    if (value === undefined && this.options.skipUnset === true)
      return `\${${name}/${pattern}/${replacement}}`;
    const replace = all ? replaceAll : replaceFirst;
    return replace(value ?? '', pattern, replacement) ?? this.badPattern(pattern);
  }

  private badPattern(pattern: string): never {
    throw this.fail(
      'BAD_PATTERN',
      `the pattern ${JSON.stringify(pattern)} has a backslash that protects nothing`,
      'in a pattern a backslash stands before * ? \\ } or /',
    );
  }
}
