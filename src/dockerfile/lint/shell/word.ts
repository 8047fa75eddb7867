import { readBackticks, readDollar, readScriptUntilParen } from './expansion.ts';
import type { ShellReader } from './reader.ts';
import type { DoublePart, LiteralPart, ProcessPart, SinglePart, Word, WordPart } from './syntax.ts';

const META = new Set([' ', '\t', '\n', '\r', '|', '&', ';', '<', '>', '(', ')', '']);
const EXTGLOB = new Set(['@', '?', '*', '+', '!']);

/** Reads one word; undefined when none begins at the cursor. */
export function readWord(reader: ShellReader, extraStop = ''): Word | undefined {
  const start = reader.pos;
  const parts = readParts(reader, (char) => META.has(char) || (extraStop !== '' && extraStop.includes(char)));
  return parts.length === 0 ? undefined : { parts, start, end: reader.pos };
}

/** Reads unquoted parts up to a character that `stops`; process substitutions and extended globs belong to the word. */
export function readParts(reader: ShellReader, stops: (char: string) => boolean): WordPart[] {
  const parts: WordPart[] = [];
  while (!reader.done) {
    const part = readPart(reader, stops, parts.length === 0);
    if (part === undefined) break;
    if (part !== 'nothing') parts.push(part);
  }
  return parts;
}

function readPart(
  reader: ShellReader,
  stops: (char: string) => boolean,
  first: boolean,
): WordPart | 'nothing' | undefined {
  const char = reader.peek();
  if ((char === '<' || char === '>') && reader.peek(1) === '(' && first) return readProcess(reader, char);
  if (stops(char)) return undefined;
  switch (char) {
    case "'":
      return readSingle(reader, false);
    case '"':
      return readDouble(reader);
    case '`':
      return readBackticks(reader);
    case '$':
      return readDollarPart(reader);
    case '\\':
      return readEscape(reader);
    default:
      return readLiteral(reader, stops);
  }
}

/** `$'…'` and `$"…"` are quotes, everything else behind a dollar an expansion. */
function readDollarPart(reader: ShellReader): WordPart {
  if (reader.peek(1) === "'") {
    reader.pos += 1;
    return readSingle(reader, true);
  }
  if (reader.peek(1) === '"') reader.pos += 1;
  return reader.peek() === '"' ? readDouble(reader) : readDollar(reader, 'plain');
}

function readProcess(reader: ShellReader, direction: '<' | '>'): ProcessPart {
  const start = reader.pos;
  reader.pos += 2;
  const script = readScriptUntilParen(reader);
  return { kind: 'process', direction, script, start, end: reader.pos };
}

function readEscape(reader: ShellReader): LiteralPart | 'nothing' {
  const start = reader.pos;
  if (reader.peek(1) === '\n') {
    reader.pos += 2;
    return 'nothing';
  }
  const text = reader.peek(1);
  reader.pos += text === '' ? 1 : 2;
  return { kind: 'literal', text: text === '' ? '\\' : text, escaped: true, start, end: reader.pos };
}

function readSingle(reader: ShellReader, ansi: boolean): SinglePart {
  const start = ansi ? reader.pos - 1 : reader.pos;
  reader.pos += 1;
  const from = reader.pos;
  while (!reader.done && reader.peek() !== "'") reader.pos += ansi && reader.peek() === '\\' ? 2 : 1;
  reader.pos = Math.min(reader.pos, reader.end);
  const text = reader.slice(from);
  if (!reader.take("'")) reader.problem('A single quote is not closed', start);
  return { kind: 'single', text, ansi, start, end: reader.pos };
}

function readDouble(reader: ShellReader): DoublePart {
  const start = reader.pos;
  reader.pos += 1;
  const parts = readQuotedParts(reader, '"');
  if (!reader.take('"')) reader.problem('A double quote is not closed', start);
  return { kind: 'double', parts, start, end: reader.pos };
}

/** Reads what double quotes, heredoc bodies and quoted operands hold, up to `stop` (empty: to the reader's end). */
export function readQuotedParts(reader: ShellReader, stop: string): WordPart[] {
  const parts: WordPart[] = [];
  const quote = stop === '"';
  while (!reader.done && (stop === '' || reader.peek() !== stop)) {
    const char = reader.peek();
    if (char === '$') parts.push(readDollar(reader, 'quoted'));
    else if (char === '`') parts.push(readBackticks(reader));
    else if (char === '\\') pushIfPart(parts, readQuotedEscape(reader, quote));
    else
      parts.push(readRun(reader, (next) => next === '$' || next === '`' || next === '\\' || next === stop));
  }
  return parts;
}

function pushIfPart(parts: WordPart[], part: WordPart | 'nothing'): void {
  if (part !== 'nothing') parts.push(part);
}

function readQuotedEscape(reader: ShellReader, quote: boolean): LiteralPart | 'nothing' {
  const start = reader.pos;
  const next = reader.peek(1);
  if (next === '\n') {
    reader.pos += 2;
    return 'nothing';
  }
  const special = next === '$' || next === '`' || next === '\\' || (next === '"' && quote);
  reader.pos += special ? 2 : 1;
  return { kind: 'literal', text: special ? next : '\\', escaped: special, start, end: reader.pos };
}

function readRun(reader: ShellReader, stops: (char: string) => boolean): LiteralPart {
  const start = reader.pos;
  do reader.pos += 1;
  while (!reader.done && !stops(reader.peek()));
  return { kind: 'literal', text: reader.slice(start), escaped: false, start, end: reader.pos };
}

function readLiteral(reader: ShellReader, stops: (char: string) => boolean): LiteralPart {
  const start = reader.pos;
  while (!reader.done) {
    const char = reader.peek();
    if (EXTGLOB.has(char) && reader.peek(1) === '(') skipExtendedGlob(reader);
    else if (stops(char) || char === "'" || char === '"' || char === '`' || char === '$' || char === '\\')
      break;
    else reader.pos += 1;
  }
  return { kind: 'literal', text: reader.slice(start), escaped: false, start, end: reader.pos };
}

/** Reads the word of `${x:-word}` up to its closing brace. */
export function readOperand(reader: ShellReader, quoted: boolean): WordPart[] {
  if (!quoted) return readParts(reader, (char) => char === '}');
  const parts: WordPart[] = [];
  while (!reader.done && reader.peek() !== '}') {
    const char = reader.peek();
    if (char === '"') parts.push(readDouble(reader));
    else if (char === '$') parts.push(readDollar(reader, 'quoted'));
    else if (char === '`') parts.push(readBackticks(reader));
    else if (char === '\\') pushIfPart(parts, readEscape(reader));
    else parts.push(readRun(reader, (next) => '"$`\\}'.includes(next)));
  }
  return parts;
}

/** `@(a|b)` and its like: kept as written. */
function skipExtendedGlob(reader: ShellReader): void {
  const start = reader.pos;
  reader.pos += 1;
  let depth = 0;
  while (!reader.done) {
    const char = reader.peek();
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    reader.pos += char === '\\' && reader.pos + 1 < reader.end ? 2 : 1;
    if (depth === 0) return;
  }
  reader.problem('A parenthesis is not closed', start);
}
