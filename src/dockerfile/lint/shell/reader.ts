import type { HeredocBody, Script, ShellProblem, WordPart } from './syntax.ts';

/** What word parsing needs of the layers above it (a word may hold a whole script). */
export interface Grammar {
  /** Reads statements up to the end, or up to (not including) one of `stops` in command position. */
  script(reader: ShellReader, stops: readonly string[]): Script;
  /** Reads the parts of an unquoted heredoc body from the reader to its end. */
  heredocParts(reader: ShellReader): readonly WordPart[];
  /** Reads the word of `${x:-word}` up to its brace. */
  operand(reader: ShellReader, quoted: boolean): readonly WordPart[];
}

export interface PendingHeredoc {
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly chomp: boolean;
  attach(body: HeredocBody): void;
}

/** Nesting beyond which parsing stops: no script of a person is that deep, and the call stack is finite. */
const MAX_DEPTH = 100;

/** A cursor over a script text. Never moves beyond `end`. */
export class ShellReader {
  readonly text: string;
  readonly grammar: Grammar;
  readonly problems: ShellProblem[];
  readonly end: number;
  pos: number;
  depth: number;
  private pending: PendingHeredoc[] = [];

  constructor(text: string, grammar: Grammar, start = 0, end = text.length, parent?: ShellReader) {
    // What looks ahead must not see what is behind the end, as the backtick that ends a substitution.
    this.text = end < text.length ? text.slice(0, end) : text;
    this.grammar = grammar;
    this.pos = start;
    this.end = end;
    this.problems = parent?.problems ?? [];
    this.depth = parent?.depth ?? 0;
  }

  get done(): boolean {
    return this.pos >= this.end;
  }

  /** The character at the cursor (or `ahead` of it); empty at the end. */
  peek(ahead = 0): string {
    const at = this.pos + ahead;
    return at < this.end ? (this.text[at] ?? '') : '';
  }

  looksAt(text: string): boolean {
    return this.pos + text.length <= this.end && this.text.startsWith(text, this.pos);
  }

  /** Moves over `text` when it is next. */
  take(text: string): boolean {
    if (!this.looksAt(text)) return false;
    this.pos += text.length;
    return true;
  }

  /** The match of a sticky expression at the cursor; the cursor stays. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.pos;
    const found = pattern.exec(this.text)?.[0];
    return found !== undefined && this.pos + found.length <= this.end ? found : undefined;
  }

  slice(start: number, end = this.pos): string {
    return this.text.slice(start, end);
  }

  problem(message: string, start = this.pos, end = Math.max(start + 1, this.pos)): void {
    this.problems.push({ message, start, end: Math.min(end, Math.max(this.text.length, start)) });
  }

  /** Runs `read` one level deeper; beyond the limit the rest of the text is given up. */
  nested<T>(read: () => T, otherwise: () => T): T {
    if (this.depth >= MAX_DEPTH) {
      this.problem('Nesting is too deep');
      this.pos = this.end;
      return otherwise();
    }
    this.depth += 1;
    try {
      return read();
    } finally {
      this.depth -= 1;
    }
  }

  expectHeredoc(heredoc: PendingHeredoc): void {
    this.pending.push(heredoc);
  }

  /** Blanks, continued lines and a comment; stops at the line's end. */
  skipBlanks(): void {
    for (;;) {
      const char = this.peek();
      if (char === ' ' || char === '\t' || char === '\r') this.pos += 1;
      else if (char === '\\' && this.peek(1) === '\n') this.pos += 2;
      else if (char === '\\' && this.peek(1) === '\r' && this.peek(2) === '\n') this.pos += 3;
      else break;
    }
    if (this.peek() === '#' && this.atWordStart()) this.skipComment();
  }

  /** Blanks, comments and line ends; heredoc bodies are read where their line ends. */
  skipLines(): void {
    for (;;) {
      this.skipBlanks();
      if (this.peek() !== '\n') return;
      this.newline();
    }
  }

  /** Moves over a line end and the heredoc bodies behind it. */
  newline(): void {
    this.pos += 1;
    const pending = this.pending;
    this.pending = [];
    for (const heredoc of pending) this.readHeredoc(heredoc);
  }

  private atWordStart(): boolean {
    return this.pos === 0 || /[\s;&|()<>`{]/.test(this.text[this.pos - 1] ?? ' ');
  }

  private skipComment(): void {
    const end = this.text.indexOf('\n', this.pos);
    this.pos = end === -1 ? this.end : Math.min(end, this.end);
  }

  private readHeredoc(heredoc: PendingHeredoc): void {
    const start = this.pos;
    let line = start;
    while (line < this.end) {
      const lineEnd = this.lineEnd(line);
      const text = this.text.slice(line, lineEnd).replace(/\r$/, '');
      if ((heredoc.chomp ? text.replace(/^\t+/, '') : text) === heredoc.delimiter) {
        this.attach(heredoc, start, line);
        this.pos = Math.min(lineEnd + 1, this.end);
        return;
      }
      line = lineEnd + 1;
    }
    this.attach(heredoc, start, this.end);
    this.pos = this.end;
  }

  private attach(heredoc: PendingHeredoc, start: number, end: number): void {
    const inner = new ShellReader(this.text, this.grammar, start, end, this);
    const text = this.text.slice(start, end);
    heredoc.attach({
      start,
      end,
      parts: heredoc.quoted
        ? [{ kind: 'single', text, ansi: false, start, end }]
        : this.grammar.heredocParts(inner),
    });
  }

  private lineEnd(from: number): number {
    const found = this.text.indexOf('\n', from);
    return found === -1 ? this.end : Math.min(found, this.end);
  }
}
