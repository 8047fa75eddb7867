import { BuildError } from '../base/errors.ts';
import type { Comment, MappedText } from './ast.ts';
import { skipBlanks } from './blank.ts';
import { DirectiveReader, escapeOf, textStart } from './directives.ts';
import { rangeBetween, type Source } from './source.ts';

/** BuildKit reads lines through a buffer of 64 KiB. */
const LONGEST_LINE = 65_535;
const NO_COMMENTS: readonly Comment[] = [];

/** Physical lines joined to one instruction. Lines count from 1. */
export interface LogicalLine {
  readonly joined: MappedText;
  readonly startLine: number;
  readonly endLine: number;
  /** File offset behind the last character. */
  readonly end: number;
  readonly comments: readonly Comment[];
  readonly emptyContinuation: boolean;
}

interface PhysicalLine {
  /** Without its line end. */
  readonly text: string;
  readonly start: number;
  /** Offset behind the line end. */
  readonly next: number;
}

/** Reads a Dockerfile's physical lines: comments, directives, continuations and heredoc bodies. Errors are collected, not thrown. */
export class LineReader {
  readonly comments: Comment[] = [];
  readonly problems: BuildError[] = [];
  escape: '\\' | '`' = '\\';
  /** Lines read so far. */
  line = 0;
  private readonly source: Source;
  private readonly directives: DirectiveReader;
  private at: number;
  /** Comments that belong to the next instruction. */
  private pending: Comment[] = [];

  constructor(source: Source) {
    this.source = source;
    this.directives = new DirectiveReader(source);
    this.at = textStart(source.text);
  }

  /** The next instruction's lines; undefined at the end of the file. */
  next(): LogicalLine | undefined {
    for (let first = this.physical(); first !== undefined; first = this.physical()) {
      const startLine = this.line;
      const from = skipBlanks(first.text, 0);
      const isComment = this.comment(first, from, true);
      this.directive(first.text.slice(from), first.start + from);
      const text = isComment ? '' : first.text.slice(from);
      const cut = continued(text, this.escape);
      if (cut === undefined && text === '') continue;
      return this.join(text, first.start + from, cut, startLine);
    }
    return undefined;
  }

  /**
   * The lines up to the terminator. Undefined when the file ends before it.
   */
  heredoc(
    name: string,
    chomp: boolean,
  ):
    | {
        readonly content: string;
        readonly start: number;
        readonly end: number;
        readonly terminatorEnd: number;
      }
    | undefined {
    const start = this.at;
    for (let line = this.physical(); line !== undefined; line = this.physical()) {
      const text = chomp ? line.text.replace(/^\t+/, '') : line.text;
      if (text !== name) continue;
      const content = this.source.text.slice(start, line.start);
      return { content, start, end: line.start, terminatorEnd: line.start + line.text.length };
    }
    return undefined;
  }

  private join(
    firstText: string,
    start: number,
    firstCut: number | undefined,
    startLine: number,
  ): LogicalLine {
    if (firstCut === undefined) return this.single(firstText, start, startLine);
    const texts = [firstText.slice(0, firstCut)];
    const pieces = [{ text: 0, source: start }];
    let length = firstCut;
    let end = start + firstText.length;
    let emptyContinuation = false;
    let open = true;
    while (open) {
      const line = this.physical();
      if (line === undefined) break;
      const from = skipBlanks(line.text, 0);
      if (this.comment(line, from, false)) continue;
      if (from === line.text.length) {
        emptyContinuation = true;
        continue;
      }
      const cut = continued(line.text, this.escape);
      open = cut !== undefined;
      pieces.push({ text: length, source: line.start });
      texts.push(line.text.slice(0, cut));
      length += cut ?? line.text.length;
      end = line.start + line.text.length;
    }
    return {
      joined: { value: texts.join(''), pieces },
      startLine,
      endLine: this.line,
      end,
      comments: this.takeComments(),
      emptyContinuation,
    };
  }

  private single(value: string, start: number, line: number): LogicalLine {
    return {
      joined: { value, pieces: [{ text: 0, source: start }] },
      startLine: line,
      endLine: line,
      end: start + value.length,
      comments: this.takeComments(),
      emptyContinuation: false,
    };
  }

  private takeComments(): readonly Comment[] {
    if (this.pending.length === 0) return NO_COMMENTS;
    const comments = this.pending;
    this.pending = [];
    return comments;
  }

  private physical(): PhysicalLine | undefined {
    const { text } = this.source;
    const start = this.at;
    if (start >= text.length) return undefined;
    const newline = text.indexOf('\n', start);
    const next = newline === -1 ? text.length : newline + 1;
    let end = newline === -1 ? text.length : newline;
    this.at = next;
    this.line++;
    this.checkLength(start, end);
    while (end > start && text[end - 1] === '\r') end--;
    return { text: text.slice(start, end), start, next };
  }

  private checkLength(start: number, end: number): void {
    if ((end - start) * 3 <= LONGEST_LINE) return;
    if (Buffer.byteLength(this.source.text.slice(start, end)) <= LONGEST_LINE) return;
    this.problems.push(
      new BuildError({
        kind: 'user',
        code: 'LINE_TOO_LONG',
        message: `A line of a Dockerfile holds at most ${LONGEST_LINE} bytes`,
        hint: 'break it up, or COPY the data from a file',
        at: rangeBetween(this.source, start, start + 1),
      }),
    );
  }

  /** Takes note of a comment line; `leading`: it stands before an instruction, not inside one. */
  private comment(line: PhysicalLine, from: number, leading: boolean): boolean {
    if (line.text[from] !== '#') return false;
    const comment = {
      text: line.text.slice(from + 1),
      at: rangeBetween(this.source, line.start + from, line.start + line.text.length),
    };
    this.comments.push(comment);
    if (!leading) return true;
    // Only an empty comment at the very beginning of a line parts what is above it from the instruction.
    if (from === 0 && skipBlanks(comment.text, 0) === comment.text.length) this.pending = [];
    else this.pending.push(comment);
    return true;
  }

  private directive(line: string, start: number): void {
    try {
      const directive = this.directives.read(line, start);
      if (directive === undefined) return;
      this.pending = [];
      if (directive.name === 'escape') this.escape = escapeOf(directive.value);
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      this.pending = [];
      this.problems.push(error);
    }
  }
}

/**
 * Where the text of a continued line ends: at an escape character that is last but for spaces and tabs and is not itself behind an
 * escape character. Undefined for a line that is not continued.
 */
function continued(text: string, escapeChar: string): number | undefined {
  let end = text.length;
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  if (end === 0 || text[end - 1] !== escapeChar || text[end - 2] === escapeChar) return undefined;
  return end - 1;
}
