import type { Comment } from '../../src/dockerfile/ast.ts';
import { trimBlanks } from '../../src/dockerfile/blank.ts';
import type { Node, Operands } from '../../src/dockerfile/node.ts';

/** Nodes in the S-expression form that BuildKit's parser dumps: one instruction a line. */
export function dumpNodes(nodes: readonly Node[]): string {
  return nodes.map((node) => `(${dumpNode(node)})`).join('\n');
}

function dumpNode(node: Node): string {
  const flags = flagTexts(node);
  const head = flags.length === 0 ? node.name : `${node.name} [${flags.map(quote).join(' ')}]`;
  return [head, ...operandTexts(node)].join(' ');
}

function operandTexts(node: Node): string[] {
  // A name that is no instruction has one empty argument, whatever follows it.
  if (node.operands.form === 'none' && !KNOWN.has(node.name)) return ['""'];
  if (node.operands.form === 'trigger') return [`(${dumpNode(node.operands.node)})`];
  return argumentsOf(node.operands).map(quote);
}

const KNOWN = new Set(
  'add arg cmd copy entrypoint env expose from healthcheck label maintainer onbuild run shell stopsignal user volume workdir'.split(
    ' ',
  ),
);

/** The arguments of an instruction as BuildKit chains them: pairs as key, value, sign. */
export function argumentsOf(operands: Operands): string[] {
  switch (operands.form) {
    case 'none':
    case 'trigger':
      return [];
    case 'line':
      return [operands.text.value];
    case 'words':
      return operands.words.map((word) => word.value);
    case 'array':
      return operands.items.map((item) => item.value);
    case 'pairs':
      return operands.pairs.flatMap(({ key, value }) => [key.value, value.value, operands.legacy ? '' : '=']);
    case 'names':
      return operands.names.map(({ key, value }) =>
        value === undefined ? key.value : `${key.value}=${value.value}`,
      );
    case 'check':
      return [operands.type.value, ...argumentsOf(operands.command)];
  }
}

export function flagTexts(node: Pick<Node, 'flags'>): string[] {
  return node.flags.map(({ name, value }) => (value === undefined ? `--${name}` : `--${name}=${value}`));
}

/** BuildKit cuts one byte off a comment line, so an indented comment keeps its `#`. */
export function commentText({ text, at }: Comment): string {
  return trimBlanks(at.start.column > 1 ? `#${text}` : text);
}

const SHORT: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

/** Go's strconv.Quote. */
export function quote(text: string): string {
  return `"${Array.from(text, quoteChar).join('')}"`;
}

function quoteChar(char: string): string {
  const short = SHORT[char];
  if (short !== undefined) return short;
  if (char === ' ' || /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(char)) return char;
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
