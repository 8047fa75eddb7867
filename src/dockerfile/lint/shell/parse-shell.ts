import { peekKeyword, readCommand } from './compound.ts';
import type { Grammar } from './reader.ts';
import { ShellReader } from './reader.ts';
import type { ParsedScript, Pipeline, Script, ShellCommand, Statement } from './syntax.ts';
import { readOperand, readQuotedParts } from './word.ts';

const OPERATOR = /&&|\|\||;(?![;&])|&(?!&)|\n/y;
const grammar: Grammar = {
  script: readScript,
  heredocParts: (reader) => readQuotedParts(reader, ''),
  operand: readOperand,
};

/**
 * Reads a text as bash (a superset of POSIX sh, XCU 2.10) into commands with exact offsets. Never throws: what cannot be read is told
 * in `problems`, and reading goes on behind it.
 */
export function parseShell(text: string): ParsedScript {
  const reader = new ShellReader(text, grammar);
  const script = readScript(reader, []);
  return { script, problems: reader.problems };
}

/** Reads only the characters [start, end) of a text; offsets stay those of the text. */
export function parseShellPart(text: string, start: number, end: number): ParsedScript {
  const reader = new ShellReader(text, grammar, start, end);
  const script = readScript(reader, []);
  return { script, problems: reader.problems };
}

function readScript(reader: ShellReader, stops: readonly string[]): Script {
  reader.skipLines();
  const start = reader.pos;
  const statements: Statement[] = [];
  while (!reader.done && !atStop(reader, stops)) {
    const before = reader.pos;
    const statement = readStatement(reader);
    if (statement !== undefined) statements.push(statement);
    else if (recover(reader, stops)) break;
    if (reader.pos === before) reader.pos += 1;
    reader.pos = Math.min(reader.pos, reader.end);
    reader.skipLines();
  }
  return { statements, start, end: Math.max(start, statements.at(-1)?.end ?? start) };
}

function atStop(reader: ShellReader, stops: readonly string[]): boolean {
  const keyword = peekKeyword(reader);
  return stops.some((stop) => (/\w|\}/.test(stop) ? keyword === stop : reader.looksAt(stop)));
}

/** Words that close something: inside an open construct they end it, whoever it belongs to. */
const CLOSERS = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}']);

/** Steps over what cannot begin a command. True: it closes an outer construct, so this script ends here. */
function recover(reader: ShellReader, stops: readonly string[]): boolean {
  const keyword = peekKeyword(reader);
  const text = keyword ?? reader.peek();
  const closer = CLOSERS.has(text) || text === ')';
  reader.problem(`Unexpected '${text}'`, reader.pos, reader.pos + text.length);
  if (closer && stops.length > 0) return true;
  reader.pos += Math.max(1, text.length);
  reader.skipBlanks();
  // What joined it to the next command is of no more use.
  if (!reader.looksAt('\n')) reader.pos += reader.match(OPERATOR)?.length ?? 0;
  return false;
}

function readStatement(reader: ShellReader): Statement | undefined {
  const start = reader.pos;
  const pipeline = readPipeline(reader);
  if (pipeline === undefined) return undefined;
  reader.skipBlanks();
  const found = reader.match(OPERATOR) ?? '';
  if (found === '\n') reader.newline();
  else reader.pos += found.length;
  if (found === '&&' || found === '||') expectMore(reader, found);
  if (found === '' && reader.peek() === '(') reader.problem("Unexpected '('");
  return { pipeline, operator: found as Statement['operator'], start, end: pipeline.end };
}

function expectMore(reader: ShellReader, operator: string): void {
  const at = reader.pos - operator.length;
  reader.skipLines();
  if (reader.done || reader.peek() === ')') reader.problem(`A command is missing behind '${operator}'`, at);
}

function readPipeline(reader: ShellReader): Pipeline | undefined {
  const start = reader.pos;
  const { negated, timed } = readPrefix(reader);
  const commands: ShellCommand[] = [];
  for (;;) {
    const command = readCommand(reader);
    if (command === undefined) break;
    commands.push(command);
    reader.skipBlanks();
    if (!takePipe(reader)) break;
    reader.skipLines();
    if (reader.done) reader.problem("A command is missing behind '|'", reader.pos - 1);
  }
  const end = commands.at(-1)?.end;
  return end === undefined ? undefined : { negated, timed, commands, start, end };
}

function takePipe(reader: ShellReader): boolean {
  if (reader.peek() !== '|' || reader.peek(1) === '|') return false;
  return reader.take('|&') || reader.take('|');
}

function readPrefix(reader: ShellReader): { negated: boolean; timed: boolean } {
  let negated = false;
  let timed = false;
  for (;;) {
    const word = reader.match(/(?:!|time(?:[ \t]+-p)?|coproc)(?=[\s(]|$)/y);
    if (word === undefined) return { negated, timed };
    reader.pos += word.length;
    if (word === '!') negated = !negated;
    if (word.startsWith('time')) timed = true;
    reader.skipBlanks();
  }
}
