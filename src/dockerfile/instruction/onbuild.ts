import { BuildError } from '../../base/errors.ts';
import type { Instruction, OnbuildInstruction } from '../ast.ts';
import type { Node } from '../node.ts';
import { readFlags } from './flags.ts';
import { baseOf, fault, missing, type Reading } from './reading.ts';

/** Go's `\s`: ASCII blanks without the vertical tab. */
const PREFIX = /^[\t\n\f\r ]*ONBUILD[\t\n\f\r ]*/i;

/**
 * The trigger itself is not judged: that happens in the build that is FROM this image.
 * @throws BuildError `MISSING_ARGUMENT`, `BAD_TRIGGER`, and those of flags
 */
export function readOnbuild(reading: Reading, read: (reading: Reading) => Instruction): OnbuildInstruction {
  const { source, node } = reading;
  if (node.operands.form !== 'trigger') {
    throw missing(node, 'requires at least one argument', 'write an instruction behind it: ONBUILD RUN …');
  }
  readFlags(source, node.flags, {});
  const inner = node.operands.node;
  refuse(inner);
  const trigger = tryRead({ source, node: placed(inner, node) }, read);
  return {
    ...baseOf(reading),
    kind: 'onbuild',
    expression: expressionOf(node),
    ...(trigger === undefined ? {} : { trigger }),
  };
}

function refuse({ name, keyword }: Node): void {
  if (name === 'onbuild') throw fault('BAD_TRIGGER', 'ONBUILD ONBUILD is not allowed', keyword.at);
  if (name !== 'from' && name !== 'maintainer') return;
  throw fault('BAD_TRIGGER', `${name.toUpperCase()} is not allowed as an ONBUILD trigger`, keyword.at);
}

/** Bodies and lines belong to the ONBUILD; its trigger has a share in them. */
function placed(inner: Node, outer: Node): Node {
  const { heredocs, end, startLine, endLine } = outer;
  return { ...inner, heredocs, end, startLine, endLine };
}

function tryRead(reading: Reading, read: (reading: Reading) => Instruction): Instruction | undefined {
  try {
    return read(reading);
  } catch (error) {
    if (error instanceof BuildError) return undefined;
    throw error;
  }
}

function expressionOf(node: Node): string {
  const bodies = node.heredocs.map((heredoc) => `\n${heredoc.content}${heredoc.name}`);
  return node.line.value.replace(PREFIX, '') + bodies.join('');
}
