import { arithmeticEnd, readArithmetic } from './expansion.ts';
import type { ShellReader } from './reader.ts';
import { readRedirect } from './redirect.ts';
import { readSimpleCommand } from './simple.ts';
import type {
  CaseCommand,
  ForCommand,
  FunctionCommand,
  IfCommand,
  Redirect,
  Script,
  ShellCommand,
  TestCommand,
  WhileCommand,
  Word,
} from './syntax.ts';
import { readParts, readWord } from './word.ts';

const KEYWORD =
  /(?:if|then|elif|else|fi|for|while|until|do|done|case|esac|select|function|\{|\}|\[\[)(?=[\s;&|()<>]|$)/y;
const FUNCTION_HEAD = /[^\s;&|()<>'"`$\\{}=#]+[ \t]*\([ \t]*\)/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const CLOSERS = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}']);

/** The reserved word in command position, if there is one. */
export function peekKeyword(reader: ShellReader): string | undefined {
  return reader.match(KEYWORD);
}

/** Reads one command of any kind with its redirections; undefined when none begins here. */
export function readCommand(reader: ShellReader): ShellCommand | undefined {
  reader.skipBlanks();
  return reader.nested(
    () => readCommandHere(reader),
    () => undefined,
  );
}

function readCommandHere(reader: ShellReader): ShellCommand | undefined {
  const start = reader.pos;
  const keyword = peekKeyword(reader);
  if (keyword !== undefined) return readReserved(reader, keyword, start);
  if (reader.looksAt('((')) {
    const end = arithmeticEnd(reader, reader.pos + 2);
    if (end !== -1) return readArithmeticCommand(reader, end, start);
  }
  if (reader.peek() === '(') return readSubshell(reader, start);
  const head = reader.match(FUNCTION_HEAD);
  if (head !== undefined) return readFunction(reader, head, false, start);
  return readSimpleCommand(reader);
}

function readReserved(reader: ShellReader, keyword: string, start: number): ShellCommand | undefined {
  if (CLOSERS.has(keyword)) return undefined;
  reader.pos += keyword.length;
  switch (keyword) {
    case 'if':
      return readIf(reader, start);
    case 'for':
    case 'select':
      return readFor(reader, keyword === 'select', start);
    case 'while':
    case 'until':
      return readWhile(reader, keyword === 'until', start);
    case 'case':
      return readCase(reader, start);
    case 'function':
      return readFunction(reader, undefined, true, start);
    case '{':
      return readBraceGroup(reader, start);
    default:
      return readTest(reader, start);
  }
}

function readRedirects(reader: ShellReader): Redirect[] {
  const redirects: Redirect[] = [];
  for (;;) {
    reader.skipBlanks();
    const redirect = readRedirect(reader);
    if (redirect === undefined) return redirects;
    redirects.push(redirect);
  }
}

/** The end of what was read, without the blanks that looking for a redirection skipped. */
function finish(reader: ShellReader, end: number): { redirects: Redirect[]; end: number } {
  const redirects = readRedirects(reader);
  return { redirects, end: redirects.at(-1)?.end ?? end };
}

function readBody(reader: ShellReader, stops: readonly string[]): Script {
  return reader.grammar.script(reader, stops);
}

/** Moves over a reserved word; tells when another thing stands there. */
function expectKeyword(reader: ShellReader, word: string, opener: string, start: number): boolean {
  reader.skipLines();
  if (peekKeyword(reader) === word) return reader.take(word);
  reader.problem(`'${word}' is missing for this '${opener}'`, start, start + opener.length);
  return false;
}

function readSubshell(reader: ShellReader, start: number): ShellCommand {
  reader.pos += 1;
  const body = readBody(reader, [')']);
  if (!reader.take(')')) reader.problem('A parenthesis is not closed', start);
  return { kind: 'group', subshell: true, body, start, ...finish(reader, reader.pos) };
}

function readBraceGroup(reader: ShellReader, start: number): ShellCommand {
  const body = readBody(reader, ['}']);
  expectKeyword(reader, '}', '{', start);
  return { kind: 'group', subshell: false, body, start, ...finish(reader, reader.pos) };
}

function readArithmeticCommand(reader: ShellReader, end: number, start: number): ShellCommand {
  reader.pos += 2;
  const parts = readArithmetic(reader, end);
  reader.pos = end + 2;
  return { kind: 'arithmetic', parts, start, ...finish(reader, reader.pos) };
}

function readIf(reader: ShellReader, start: number): IfCommand {
  const branches: { condition: Script; body: Script }[] = [];
  let otherwise: Script | undefined;
  let more = true;
  while (more) {
    const condition = readBody(reader, ['then']);
    more = expectKeyword(reader, 'then', 'if', start);
    const body = readBody(reader, ['elif', 'else', 'fi']);
    branches.push({ condition, body });
    if (more) more = reader.match(/elif(?=[\s;&|()]|$)/y) !== undefined && reader.take('elif');
  }
  if (peekKeyword(reader) === 'else') {
    reader.take('else');
    otherwise = readBody(reader, ['fi']);
  }
  expectKeyword(reader, 'fi', 'if', start);
  const rest = finish(reader, reader.pos);
  return { kind: 'if', branches, ...(otherwise === undefined ? {} : { otherwise }), start, ...rest };
}

function readFor(reader: ShellReader, select: boolean, start: number): ShellCommand {
  reader.skipBlanks();
  if (reader.looksAt('((')) return readArithmeticFor(reader, start);
  const variable = reader.match(NAME) ?? '';
  reader.pos += variable.length;
  if (variable === '') reader.problem('A loop variable is missing', start);
  reader.skipLines();
  const words = reader.match(/in(?=[\s;]|$)/y) === undefined ? undefined : readForWords(reader);
  reader.skipBlanks();
  reader.take(';');
  const body = readLoopBody(reader, select ? 'select' : 'for', start);
  const head = { kind: 'for', select, variable, ...(words === undefined ? {} : { words }) } as const;
  const command: ForCommand = { ...head, body, start, ...finish(reader, reader.pos) };
  return command;
}

function readForWords(reader: ShellReader): Word[] {
  reader.pos += 2;
  const words: Word[] = [];
  for (;;) {
    reader.skipBlanks();
    const word = readWord(reader);
    if (word === undefined) return words;
    words.push(word);
  }
}

function readArithmeticFor(reader: ShellReader, start: number): ShellCommand {
  const end = arithmeticEnd(reader, reader.pos + 2);
  if (end === -1) reader.problem('A parenthesis is not closed', reader.pos);
  reader.pos += 2;
  const parts = readArithmetic(reader, end === -1 ? reader.end : end);
  reader.pos = end === -1 ? reader.end : end + 2;
  reader.skipBlanks();
  reader.take(';');
  const body = readLoopBody(reader, 'for', start);
  return { kind: 'for-arithmetic', parts, body, start, ...finish(reader, reader.pos) };
}

/** `do … done`, or the braces that bash takes too. */
function readLoopBody(reader: ShellReader, opener: string, start: number): Script {
  reader.skipLines();
  if (peekKeyword(reader) === '{') {
    reader.take('{');
    const inBraces = readBody(reader, ['}']);
    expectKeyword(reader, '}', opener, start);
    return inBraces;
  }
  const opened = expectKeyword(reader, 'do', opener, start);
  const body = readBody(reader, ['done']);
  if (opened || peekKeyword(reader) === 'done') expectKeyword(reader, 'done', opener, start);
  return body;
}

function readWhile(reader: ShellReader, until: boolean, start: number): WhileCommand {
  const condition = readBody(reader, ['do']);
  const body = readLoopBody(reader, until ? 'until' : 'while', start);
  return { kind: 'while', until, condition, body, start, ...finish(reader, reader.pos) };
}

function readCase(reader: ShellReader, start: number): CaseCommand {
  reader.skipBlanks();
  const word = readWord(reader) ?? { parts: [], start: reader.pos, end: reader.pos };
  reader.skipLines();
  if (reader.match(/in(?=[\s;(]|$)/y) === undefined) reader.problem("'in' is missing for this 'case'", start);
  else reader.pos += 2;
  const items: { patterns: Word[]; body: Script }[] = [];
  for (;;) {
    reader.skipLines();
    if (reader.done || peekKeyword(reader) === 'esac') break;
    const item = readCaseItem(reader);
    if (item === undefined) break;
    items.push(item);
  }
  expectKeyword(reader, 'esac', 'case', start);
  return { kind: 'case', word, items, start, ...finish(reader, reader.pos) };
}

function readCaseItem(reader: ShellReader): { patterns: Word[]; body: Script } | undefined {
  const start = reader.pos;
  reader.take('(');
  const patterns: Word[] = [];
  for (;;) {
    reader.skipBlanks();
    const pattern = readWord(reader);
    if (pattern !== undefined) patterns.push(pattern);
    reader.skipBlanks();
    if (!reader.take('|')) break;
  }
  if (!reader.take(')')) {
    reader.problem("')' is missing behind this pattern", start);
    return undefined;
  }
  const body = readBody(reader, [';;', ';&', 'esac']);
  if (!reader.take(';;&') && !reader.take(';;')) reader.take(';&');
  return { patterns, body };
}

function readFunction(
  reader: ShellReader,
  head: string | undefined,
  keyword: boolean,
  start: number,
): FunctionCommand | undefined {
  reader.skipBlanks();
  const text = head ?? reader.match(/[^\s;&|()<>'"`$\\]+(?:[ \t]*\([ \t]*\))?/y) ?? '';
  reader.pos += text.length;
  const name = text.replace(/[ \t]*\([ \t]*\)$/, '');
  reader.skipLines();
  const body = readCommand(reader);
  if (body === undefined) {
    reader.problem(`The function '${name}' has no body`, start);
    return undefined;
  }
  return { kind: 'function', name, keyword, body, redirects: [], start, end: body.end };
}

/** `[[ … ]]`: words and operators alike become words. */
function readTest(reader: ShellReader, start: number): TestCommand {
  const words: Word[] = [];
  let closed = false;
  while (!closed) {
    reader.skipLines();
    if (reader.done) break;
    if (reader.match(/\]\](?=[\s;&|()<>]|$)/y) !== undefined) {
      reader.pos += 2;
      closed = true;
    } else words.push(readTestWord(reader, words.at(-1)));
  }
  if (!closed) reader.problem("']]' is missing for this '[['", start, start + 2);
  return { kind: 'test', words, start, ...finish(reader, reader.pos) };
}

function readTestWord(reader: ShellReader, previous: Word | undefined): Word {
  const start = reader.pos;
  const operator = reader.match(/&&|\|\||[()<>]|[;&|]/y);
  const regex = previous !== undefined && reader.slice(previous.start, previous.end) === '=~';
  if (operator === undefined || regex) {
    const parts = regex ? readParts(reader, regexStop()) : (readWord(reader)?.parts ?? []);
    if (parts.length > 0) return { parts, start, end: reader.pos };
  }
  const text = operator ?? reader.peek();
  reader.pos += text.length;
  const part = { kind: 'literal', text, escaped: false, start, end: reader.pos } as const;
  return { parts: [part], start, end: reader.pos };
}

/** A regular expression goes on to the next blank outside parentheses. */
function regexStop(): (char: string) => boolean {
  let depth = 0;
  return (char) => {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    return depth < 0 || (depth === 0 && /\s/.test(char)) || char === '';
  };
}
