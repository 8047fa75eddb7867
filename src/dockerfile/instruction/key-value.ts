import type { ArgInstruction, EnvInstruction, LabelInstruction, Text } from '../ast.ts';
import { readFlags } from './flags.ts';
import { baseOf, fault, missing, type Reading } from './reading.ts';

/** @throws BuildError `MISSING_ARGUMENT`, `BLANK_NAME`, and those of flags */
export function readPairs(reading: Reading, kind: 'env' | 'label'): EnvInstruction | LabelInstruction {
  const { source, node } = reading;
  readFlags(source, node.flags, {});
  if (node.operands.form !== 'pairs') {
    throw missing(node, 'requires at least one argument', `write ${kind.toUpperCase()} name=value`);
  }
  const { pairs, legacy } = node.operands;
  for (const { key } of pairs) if (key.value === '') throw blank(kind, key);
  return { ...baseOf(reading), kind, pairs, legacy };
}

/** Flags are dropped unread, as in BuildKit. @throws BuildError `MISSING_ARGUMENT`, `BLANK_NAME` */
export function readArg(reading: Reading): ArgInstruction {
  const { operands } = reading.node;
  if (operands.form !== 'names') {
    throw missing(reading.node, 'requires at least one argument', 'write ARG NAME or ARG NAME=default');
  }
  for (const { key } of operands.names) if (key.value === '') throw blank('arg', key);
  return { ...baseOf(reading), kind: 'arg', pairs: operands.names };
}

function blank(kind: string, key: Text): Error {
  return fault(
    'BLANK_NAME',
    `${kind.toUpperCase()} names can not be blank`,
    key.at,
    'a name must stand before the =; no blank may stand around it',
  );
}
