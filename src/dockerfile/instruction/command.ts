import type { CommandInstruction, ShellInstruction } from '../ast.ts';
import { readFlags } from './flags.ts';
import { baseOf, commandOf, fault, missing, type Reading } from './reading.ts';

/** @throws BuildError those of flags */
export function readCommand(reading: Reading, kind: 'cmd' | 'entrypoint'): CommandInstruction {
  readFlags(reading.source, reading.node.flags, {});
  return { ...baseOf(reading), kind, command: commandOf(reading.node.operands) };
}

/** @throws BuildError `MISSING_ARGUMENT`, `SHELL_NOT_JSON`, and those of flags */
export function readShell(reading: Reading): ShellInstruction {
  const { source, node } = reading;
  readFlags(source, node.flags, {});
  const { operands } = node;
  const hint = 'write SHELL ["/bin/sh", "-c"]';
  if (operands.form === 'line') {
    throw fault('SHELL_NOT_JSON', 'SHELL requires its arguments in JSON form', operands.text.at, hint);
  }
  if (operands.form !== 'array' || operands.items.length === 0) {
    throw missing(node, 'requires at least one argument', hint);
  }
  return { ...baseOf(reading), kind: 'shell', shell: operands.items.map((item) => item.value) };
}
