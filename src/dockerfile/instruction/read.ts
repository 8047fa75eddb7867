import type { Instruction } from '../ast.ts';
import { INSTRUCTION_NAMES } from '../node.ts';
import { nearest } from '../suggest.ts';
import { readCommand, readShell } from './command.ts';
import { readCopy } from './copy.ts';
import { readFrom } from './from.ts';
import { readHealthcheck } from './healthcheck.ts';
import { readArg, readPairs } from './key-value.ts';
import { readOnbuild } from './onbuild.ts';
import { fault, type Reading } from './reading.ts';
import { readRun } from './run.ts';
import { readList, readWord } from './word.ts';

const READERS: Readonly<Record<string, (reading: Reading) => Instruction>> = {
  add: (reading) => readCopy(reading, 'add'),
  arg: readArg,
  cmd: (reading) => readCommand(reading, 'cmd'),
  copy: (reading) => readCopy(reading, 'copy'),
  entrypoint: (reading) => readCommand(reading, 'entrypoint'),
  env: (reading) => readPairs(reading, 'env'),
  expose: (reading) => readList(reading, 'expose'),
  from: readFrom,
  healthcheck: readHealthcheck,
  label: (reading) => readPairs(reading, 'label'),
  maintainer: (reading) => readWord(reading, 'maintainer'),
  onbuild: (reading) => readOnbuild(reading, readInstruction),
  run: readRun,
  shell: readShell,
  stopsignal: (reading) => readWord(reading, 'stopsignal'),
  user: (reading) => readWord(reading, 'user'),
  volume: (reading) => readList(reading, 'volume'),
  workdir: (reading) => readWord(reading, 'workdir'),
};

/**
 * Turns a node into its instruction.
 * @throws BuildError `UNKNOWN_INSTRUCTION` and everything that the single readers throw, always with a place
 */
export function readInstruction(reading: Reading): Instruction {
  const { name, keyword } = reading.node;
  const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  if (reader !== undefined) return reader(reading);
  const near = nearest(name, INSTRUCTION_NAMES)?.toUpperCase();
  throw fault(
    'UNKNOWN_INSTRUCTION',
    `unknown instruction: ${keyword.value}`,
    keyword.at,
    near === undefined
      ? 'if this belongs to the line before, that line must end with a continuation character'
      : `did you mean ${near}?`,
  );
}
