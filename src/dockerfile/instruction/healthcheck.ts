import type { HealthcheckInstruction, Text } from '../ast.ts';
import type { Node, Operands } from '../node.ts';
import { readDuration } from './duration.ts';
import { readFlags } from './flags.ts';
import { baseOf, commandOf, fault, missing, type Reading } from './reading.ts';

/** A millisecond is the least that the engine which runs the container takes. */
const SHORTEST = 1_000_000;
const MOST_RETRIES = 2 ** 31 - 1;
const UNSET = { interval: 0, timeout: 0, startPeriod: 0, startInterval: 0, retries: 0 };
const HINT = 'write HEALTHCHECK CMD command, or HEALTHCHECK NONE';

/** @throws BuildError `MISSING_ARGUMENT`, `TOO_MANY_ARGUMENTS`, `BAD_HEALTHCHECK`, `BAD_FLAG_VALUE`, and those of flags */
export function readHealthcheck(reading: Reading): HealthcheckInstruction {
  const { node } = reading;
  const { operands } = node;
  if (operands.form !== 'check') throw missing(node, 'requires at least one argument', HINT);
  const type = operands.type.value.toUpperCase();
  if (type === 'NONE') return readNone(reading, operands);
  const flags = readFlags(reading.source, node.flags, {
    interval: 'text',
    timeout: 'text',
    'start-period': 'text',
    'start-interval': 'text',
    retries: 'text',
  });
  if (type !== 'CMD') {
    const message = `HEALTHCHECK is followed by CMD or NONE, not ${JSON.stringify(operands.type.value)}`;
    throw fault('BAD_HEALTHCHECK', message, operands.type.at, HINT);
  }
  if (isEmpty(operands.command)) {
    throw fault('MISSING_ARGUMENT', 'HEALTHCHECK CMD needs a command', operands.type.at, HINT);
  }
  return {
    ...baseOf(reading),
    kind: 'healthcheck',
    none: false,
    command: commandOf(operands.command),
    interval: interval(flags.text('interval')),
    timeout: interval(flags.text('timeout')),
    startPeriod: interval(flags.text('start-period')),
    startInterval: interval(flags.text('start-interval')),
    retries: retries(flags.text('retries')),
  };
}

/** Flags are not looked at, as in BuildKit. */
function readNone(
  reading: Reading,
  operands: Extract<Node['operands'], { form: 'check' }>,
): HealthcheckInstruction {
  const { command } = operands;
  if (command.form === 'line' || !isEmpty(command)) {
    throw fault('TOO_MANY_ARGUMENTS', 'HEALTHCHECK NONE takes no arguments', operands.type.at);
  }
  return { ...baseOf(reading), kind: 'healthcheck', none: true, ...UNSET };
}

function isEmpty(operands: Operands): boolean {
  return operands.form === 'none' || (operands.form === 'array' && operands.items.length === 0);
}

function interval(text: Text | undefined): number {
  if (text === undefined || text.value === '') return 0;
  const duration = readDuration(text.value);
  if (duration === undefined) {
    const message = `${JSON.stringify(text.value)} is not a duration`;
    throw fault('BAD_FLAG_VALUE', message, text.at, 'write a number with a unit, such as 30s or 1m30s');
  }
  if (duration !== 0 && duration < SHORTEST) {
    throw fault('BAD_FLAG_VALUE', `${JSON.stringify(text.value)} is less than 1ms`, text.at);
  }
  return duration;
}

function retries(text: Text | undefined): number {
  if (text === undefined || text.value === '') return 0;
  const count = /^[+-]?\d+$/.test(text.value) ? Number(text.value) : Number.NaN;
  if (!(count >= 0 && count <= MOST_RETRIES)) {
    const message = `${JSON.stringify(text.value)} is no number of retries`;
    throw fault('BAD_FLAG_VALUE', message, text.at, 'write a whole number from 0 on');
  }
  return count;
}
