import { BuildError } from '../base/errors.ts';
import type { Comment, Flag, Heredoc, MappedText, Text } from './ast.ts';
import { skipBlanks, skipBlanksBack } from './blank.ts';
import { findMarkers } from './heredoc.ts';
import type { LineReader, LogicalLine } from './line-reader.ts';
import { rangeIn, sliceMapped, textIn } from './mapped-text.ts';
import { rangeBetween, type Source } from './source.ts';
import { readStringArray } from './string-array.ts';
import { firstWord, splitAtBlanks, splitFlags, splitQuoted, type Word } from './words.ts';

/** A key with its value; `legacy` pairs are written with a blank between them. */
export interface Pair {
  readonly key: Text;
  readonly value: Text;
}

/** The arguments of an instruction, split the way its kind wants it but not judged yet. */
export type Operands =
  | { readonly form: 'none' }
  /** The whole rest of the line. */
  | { readonly form: 'line'; readonly text: Text }
  | { readonly form: 'words'; readonly words: readonly Text[] }
  | { readonly form: 'array'; readonly items: readonly Text[] }
  | { readonly form: 'pairs'; readonly pairs: readonly Pair[]; readonly legacy: boolean }
  /** ARG: names, with or without a value. */
  | { readonly form: 'names'; readonly names: readonly { readonly key: Text; readonly value?: Text }[] }
  /** HEALTHCHECK: NONE or CMD, and what follows. */
  | { readonly form: 'check'; readonly type: Text; readonly command: Operands }
  /** ONBUILD. */
  | { readonly form: 'trigger'; readonly node: Node };

/** An instruction as BuildKit's parser sees it: split, its kind not judged. */
export interface Node {
  readonly keyword: Text;
  /** Lower case. */
  readonly name: string;
  readonly flags: readonly Flag[];
  readonly args: MappedText;
  readonly operands: Operands;
  readonly heredocs: readonly Heredoc[];
  readonly comments: readonly Comment[];
  /** The whole joined line. */
  readonly line: MappedText;
  /** File offsets of the whole instruction. */
  readonly start: number;
  readonly end: number;
  readonly startLine: number;
  readonly endLine: number;
}

/** What a node is read with. */
export interface NodeContext {
  readonly source: Source;
  readonly escape: '\\' | '`';
  /** How many ONBUILDs stand around this node. */
  readonly depth?: number;
}

/** ONBUILD inside ONBUILD is refused anyway; there is no need to follow it far. */
const DEEPEST_TRIGGER = 4;

type Splitter = (context: NodeContext, args: MappedText, name: string) => Operands;

const SPLITTERS: Readonly<Record<string, Splitter>> = {
  add: arrayOrWords,
  arg: names,
  cmd: arrayOrLine,
  copy: arrayOrWords,
  entrypoint: arrayOrLine,
  env: keyValues,
  expose: plainWords,
  from: plainWords,
  healthcheck: check,
  label: keyValues,
  maintainer: wholeLine,
  onbuild: trigger,
  run: arrayOrLine,
  shell: arrayOrLine,
  stopsignal: wholeLine,
  user: wholeLine,
  volume: arrayOrWords,
  workdir: wholeLine,
};

/** Names of all instructions, lower case. */
export const INSTRUCTION_NAMES: readonly string[] = Object.keys(SPLITTERS);

const WITH_HEREDOCS: ReadonlySet<string> = new Set(['add', 'copy', 'run']);

/**
 * Splits a logical line and takes the heredoc bodies it announces from the reader.
 * @throws BuildError `JSON_NOT_STRINGS`, `ENV_NEEDS_VALUE`, `PAIR_NEEDS_EQUALS`, `UNTERMINATED_HEREDOC`, `UNCLOSED_QUOTE`
 */
export function readNode(context: NodeContext, line: LogicalLine, reader: LineReader): Node {
  const node = splitNode(context, line.joined, line);
  if (!line.joined.value.includes('<<') || !canHoldHeredocs(node)) return node;
  const heredocs = findMarkers(line.joined.value).map((marker) => {
    const at = rangeIn(context.source, line.joined, marker.start, marker.end);
    const body = reader.heredoc(marker.name, marker.chomp);
    if (body === undefined) throw unterminated(marker.name, marker.chomp, at);
    const { name, expand, chomp, fd } = marker;
    const range = rangeBetween(context.source, body.start, body.end);
    return {
      heredoc: { name, expand, chomp, fd, content: body.content, at, body: range },
      end: body.terminatorEnd,
    };
  });
  const last = heredocs.at(-1);
  if (last === undefined) return node;
  return {
    ...node,
    heredocs: heredocs.map(({ heredoc }) => heredoc),
    end: last.end,
    endLine: reader.line,
  };
}

function unterminated(name: string, chomp: boolean, at: Heredoc['at']): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'UNTERMINATED_HEREDOC',
    message: `The heredoc ${name} has no end`,
    hint: `put ${name} on a line of its own behind the text${chomp ? '; only tabs may stand before it' : ', with nothing before it'}`,
    at,
  });
}

function canHoldHeredocs(node: Node): boolean {
  const inner = node.operands.form === 'trigger' ? node.operands.node : node;
  return WITH_HEREDOCS.has(inner.name) && inner.operands.form !== 'array';
}

const NONE: readonly never[] = [];
const NO_FLAGS: { readonly flags: readonly Word[]; readonly rest: number } = { flags: NONE, rest: 0 };

type Place = Pick<Node, 'startLine' | 'endLine' | 'comments' | 'end'>;

function splitNode(context: NodeContext, line: MappedText, place: Place): Node {
  const { source } = context;
  const start = skipBlanks(line.value, 0);
  const end = skipBlanksBack(line.value, start, line.value.length);
  const name = firstWord(line.value.slice(start, end));
  const keyword = textIn(source, line, start, start + name.end);
  const argsFrom = name.rest === undefined ? end : start + name.rest;
  const { flags, rest } = line.value.startsWith('--', skipBlanks(line.value, argsFrom, end))
    ? splitFlags(line.value.slice(argsFrom, end), context.escape)
    : NO_FLAGS;
  const from = skipBlanks(line.value, argsFrom + rest, end);
  const args = sliceMapped(line, from, end);
  const lower = keyword.value.toLowerCase();
  const split = Object.hasOwn(SPLITTERS, lower) ? SPLITTERS[lower] : undefined;
  const { startLine, endLine, comments } = place;
  return {
    keyword,
    name: lower,
    flags: flags.length === 0 ? NONE : flags.map((flag) => readFlag(context, line, argsFrom, flag)),
    args,
    operands: split?.(context, args, lower) ?? { form: 'none' },
    heredocs: NONE,
    comments,
    line,
    start: keyword.at.start.offset,
    end: place.end,
    startLine,
    endLine,
  };
}

function readFlag(context: NodeContext, line: MappedText, from: number, word: Word): Flag {
  const equals = word.value.indexOf('=');
  return {
    name: equals === -1 ? word.value.slice(2) : word.value.slice(2, equals),
    value: equals === -1 ? undefined : word.value.slice(equals + 1),
    at: rangeIn(context.source, line, from + word.start, from + word.end),
  };
}

function texts(context: NodeContext, args: MappedText, words: readonly Word[]): Text[] {
  return words.map((word) => ({
    value: word.value,
    at: rangeIn(context.source, args, word.start, word.end),
  }));
}

function wholeLine(context: NodeContext, args: MappedText): Operands {
  if (args.value === '') return { form: 'none' };
  return { form: 'line', text: textIn(context.source, args, 0, args.value.length) };
}

function plainWords(context: NodeContext, args: MappedText): Operands {
  if (args.value === '') return { form: 'none' };
  return { form: 'words', words: texts(context, args, splitAtBlanks(args.value)) };
}

function array(context: NodeContext, args: MappedText): Operands | undefined {
  const items = readStringArray(args.value);
  if (items === undefined) return undefined;
  if (items !== 'mixed') return { form: 'array', items: texts(context, args, items) };
  throw new BuildError({
    kind: 'user',
    code: 'JSON_NOT_STRINGS',
    message: 'The JSON form takes an array of strings only',
    hint: 'put every element in double quotes',
    at: rangeIn(context.source, args, 0, args.value.length),
  });
}

function arrayOrLine(context: NodeContext, args: MappedText): Operands {
  return array(context, args) ?? wholeLine(context, args);
}

function arrayOrWords(context: NodeContext, args: MappedText): Operands {
  return array(context, args) ?? plainWords(context, args);
}

function keyValues(context: NodeContext, args: MappedText, name: string): Operands {
  const words = splitQuoted(args.value, context.escape);
  const [first] = words;
  if (first === undefined) return { form: 'none' };
  if (!first.value.includes('=')) return legacyPair(context, args, name.toUpperCase());
  const pairs = words.map((word) => {
    const pair = pairOf(context, args, word);
    if (pair === undefined) throw noEquals(context, args, word);
    return pair;
  });
  return { form: 'pairs', pairs, legacy: false };
}

/** `key=value`; undefined without an equals sign. */
function pairOf(context: NodeContext, args: MappedText, word: Word): Pair | undefined {
  const equals = word.value.indexOf('=');
  if (equals === -1) return undefined;
  const middle = word.start + equals;
  return {
    key: textIn(context.source, args, word.start, middle),
    value: {
      value: word.value.slice(equals + 1),
      at: rangeIn(context.source, args, middle + 1, word.end),
    },
  };
}

function names(context: NodeContext, args: MappedText): Operands {
  const words = splitQuoted(args.value, context.escape);
  if (words.length === 0) return { form: 'none' };
  const list = words.map(
    (word) =>
      pairOf(context, args, word) ?? {
        key: { value: word.value, at: rangeIn(context.source, args, word.start, word.end) },
      },
  );
  return { form: 'names', names: list };
}

function legacyPair(context: NodeContext, args: MappedText, name: string): Operands {
  const { end, rest } = firstWord(args.value);
  if (rest === undefined) {
    throw new BuildError({
      kind: 'user',
      code: `${name}_NEEDS_VALUE`,
      message: `${name} must have two arguments, a name and a value`,
      hint: `write ${name} ${args.value}=value`,
      at: rangeIn(context.source, args, 0, end),
    });
  }
  const key = textIn(context.source, args, 0, end);
  const value = textIn(context.source, args, rest, args.value.length);
  return { form: 'pairs', pairs: [{ key, value }], legacy: true };
}

function noEquals(context: NodeContext, args: MappedText, word: Word): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'PAIR_NEEDS_EQUALS',
    message: `${JSON.stringify(word.value)} has no =, but the pair before it has`,
    hint: 'write name=value, and put a value with blanks in double quotes',
    at: rangeIn(context.source, args, word.start, word.end),
  });
}

function check(context: NodeContext, args: MappedText): Operands {
  if (args.value === '') return { form: 'none' };
  const { end, rest } = firstWord(args.value);
  const command = sliceMapped(args, rest ?? end, args.value.length);
  return {
    form: 'check',
    type: textIn(context.source, args, 0, end),
    command: arrayOrLine(context, command),
  };
}

function trigger(context: NodeContext, args: MappedText): Operands {
  const depth = (context.depth ?? 0) + 1;
  if (args.value === '' || depth > DEEPEST_TRIGGER) return wholeLine(context, args);
  const lines = { startLine: 0, endLine: 0, comments: [], end: 0 };
  return { form: 'trigger', node: splitNode({ ...context, depth }, args, lines) };
}
