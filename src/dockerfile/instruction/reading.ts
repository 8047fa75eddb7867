import { BuildError, type SourceRange } from '../../base/errors.ts';
import type { Command, InstructionBase, Text } from '../ast.ts';
import type { Node, Operands } from '../node.ts';
import { rangeBetween, type Source } from '../source.ts';

/** One instruction on its way from a node to its type. */
export interface Reading {
  readonly source: Source;
  readonly node: Node;
}

/** What every instruction has. */
export function baseOf({ source, node }: Reading): InstructionBase {
  return {
    at: rangeBetween(source, node.start, Math.max(node.end, node.start)),
    keyword: node.keyword,
    flags: node.flags,
    args: node.args,
    heredocs: node.heredocs,
    comments: node.comments,
  };
}

/** A fault of the Dockerfile's author. */
export function fault(code: string, message: string, at: SourceRange, hint?: string): BuildError {
  return new BuildError({ kind: 'user', code, message, hint, at });
}

/** `NAME …` needs something and has nothing. */
export function missing(node: Node, what: string, hint: string): BuildError {
  return fault('MISSING_ARGUMENT', `${node.keyword.value.toUpperCase()} ${what}`, node.keyword.at, hint);
}

/** The single argument of WORKDIR, USER and the like: the whole line. */
export function wholeLine(node: Node, hint: string): Text {
  if (node.operands.form === 'line') return node.operands.text;
  throw missing(node, 'requires exactly one argument', hint);
}

/** The words of plain or JSON form. */
export function wordsOf(operands: Operands): readonly Text[] {
  if (operands.form === 'words') return operands.words;
  return operands.form === 'array' ? operands.items : [];
}

export function commandOf(operands: Operands): Command {
  if (operands.form === 'array') return { form: 'exec', argv: operands.items.map((item) => item.value) };
  return { form: 'shell', text: operands.form === 'line' ? operands.text.value : '' };
}
