import { ShellReader } from './reader.ts';
import type { ArithmeticPart, CommandPart, LiteralPart, ParameterPart, Script, WordPart } from './syntax.ts';

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const BRACED_NAME = /[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[-@*#?$!]/y;
/** `#` in front of a name is its length; in front of an operator it is the parameter itself (`${#:-0}`). */
const LENGTH = /#(?=[A-Za-z0-9_]|[-@*#?$!]\})/y;
const SPECIAL = /[0-9@*#?$!-]/y;
const OPERATOR = /:?[-=?+]|##?|%%?|\/[/#%]?|\^\^?|,,?|@[A-Za-z]?|:|[*@]/y;

/** Reads whatever a `$` begins; the dollar alone when it begins nothing. */
export function readDollar(reader: ShellReader, context: 'plain' | 'quoted'): WordPart {
  if (reader.looksAt('$((')) {
    const end = arithmeticEnd(reader, reader.pos + 3);
    if (end !== -1) return readArithmeticExpansion(reader, end);
  }
  if (reader.looksAt('$(')) return readSubstitution(reader);
  if (reader.looksAt('${')) return readBraces(reader, context === 'quoted');
  return readPlainParameter(reader);
}

function readSubstitution(reader: ShellReader): CommandPart {
  const start = reader.pos;
  reader.pos += 2;
  const script = readScriptUntilParen(reader);
  return { kind: 'command', script, backticks: false, start, end: reader.pos };
}

/** Reads statements and the `)` behind them; the cursor stands behind the opening one. */
export function readScriptUntilParen(reader: ShellReader): Script {
  const start = reader.pos;
  const empty: Script = { statements: [], start, end: start };
  const script = reader.nested(
    () => reader.grammar.script(reader, [')']),
    () => empty,
  );
  if (!reader.take(')')) reader.problem('A parenthesis is not closed', Math.max(0, start - 1));
  return script;
}

/** Backticks: the text up to the next bare backtick is a script of its own. */
export function readBackticks(reader: ShellReader): CommandPart {
  const start = reader.pos;
  reader.pos += 1;
  const from = reader.pos;
  while (!reader.done && reader.peek() !== '`') reader.pos += reader.peek() === '\\' ? 2 : 1;
  reader.pos = Math.min(reader.pos, reader.end);
  const inner = new ShellReader(reader.text, reader.grammar, from, reader.pos, reader);
  const script = reader.nested(
    () => inner.grammar.script(inner, []),
    (): Script => ({ statements: [], start: from, end: from }),
  );
  if (!reader.take('`')) reader.problem('A backtick is not closed', start);
  return { kind: 'command', script, backticks: true, start, end: reader.pos };
}

function readPlainParameter(reader: ShellReader): ParameterPart | LiteralPart {
  const start = reader.pos;
  reader.pos += 1;
  const name = reader.match(NAME) ?? reader.match(SPECIAL);
  if (name === undefined) return { kind: 'literal', text: '$', escaped: false, start, end: reader.pos };
  reader.pos += name.length;
  return {
    kind: 'parameter',
    name,
    braces: false,
    length: false,
    indirect: false,
    operand: [],
    start,
    end: reader.pos,
  };
}

function readBraces(reader: ShellReader, quoted: boolean): ParameterPart {
  const start = reader.pos;
  reader.pos += 2;
  const length = reader.match(LENGTH) !== undefined && reader.take('#');
  const indirect = !length && reader.peek() === '!' && reader.peek(1) !== '}' && reader.take('!');
  const name = reader.match(BRACED_NAME) ?? '';
  reader.pos += name.length;
  if (name === '') reader.problem('An expansion has no name', start);
  const index = readIndex(reader);
  const operator = reader.match(OPERATOR);
  reader.pos += operator?.length ?? 0;
  const operand = reader.nested(
    () => reader.grammar.operand(reader, quoted),
    () => [],
  );
  if (!reader.take('}')) reader.problem('An expansion is not closed', start);
  return {
    kind: 'parameter',
    name,
    braces: true,
    length,
    indirect,
    ...(index === undefined ? {} : { index }),
    ...(operator === undefined ? {} : { operator }),
    operand,
    start,
    end: reader.pos,
  };
}

function readIndex(reader: ShellReader): string | undefined {
  if (reader.peek() !== '[') return undefined;
  const from = reader.pos + 1;
  let depth = 0;
  while (!reader.done) {
    const char = reader.peek();
    if (char === '[') depth += 1;
    if (char === ']') depth -= 1;
    reader.pos += 1;
    if (depth === 0) return reader.slice(from, reader.pos - 1);
  }
  reader.problem('A bracket is not closed', from - 1);
  return reader.slice(from);
}

function readArithmeticExpansion(reader: ShellReader, end: number): ArithmeticPart {
  const start = reader.pos;
  reader.pos += 3;
  const parts = readArithmetic(reader, end);
  reader.pos = end + 2;
  return { kind: 'arithmetic', parts, start, end: reader.pos };
}

/** The expansions and texts of an arithmetic expression that ends at `end`. */
export function readArithmetic(reader: ShellReader, end: number): WordPart[] {
  const inner = new ShellReader(reader.text, reader.grammar, reader.pos, end, reader);
  const parts: WordPart[] = [];
  while (!inner.done) {
    const char = inner.peek();
    if (char === '$') parts.push(readDollar(inner, 'plain'));
    else if (char === '`') parts.push(readBackticks(inner));
    else parts.push(readPlainRun(inner));
  }
  return parts;
}

function readPlainRun(reader: ShellReader): LiteralPart {
  const start = reader.pos;
  while (!reader.done && reader.peek() !== '$' && reader.peek() !== '`') reader.pos += 1;
  return { kind: 'literal', text: reader.slice(start), escaped: false, start, end: reader.pos };
}

/** Where the `))` of an arithmetic expression stands that was opened just before `from`; -1: it is none but nested parentheses. */
export function arithmeticEnd(reader: ShellReader, from: number): number {
  let depth = 0;
  let at = from;
  while (at < reader.end) {
    const char = reader.text[at] ?? '';
    if (char === ')' && depth === 0) return reader.text[at + 1] === ')' && at + 1 < reader.end ? at : -1;
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    at = nextAfter(reader, at, char);
  }
  return -1;
}

function nextAfter(reader: ShellReader, at: number, char: string): number {
  if (char === '\\') return at + 2;
  return char === "'" || char === '"' ? quoteEnd(reader, at) + 1 : at + 1;
}

function quoteEnd(reader: ShellReader, start: number): number {
  const found = reader.text.indexOf(reader.text[start] ?? '', start + 1);
  return found === -1 ? reader.end : found;
}
