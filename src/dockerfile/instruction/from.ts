import type { FromInstruction, Text } from '../ast.ts';
import { readFlags } from './flags.ts';
import { baseOf, fault, missing, type Reading, wordsOf } from './reading.ts';

const STAGE_NAME = /^[a-z][a-z0-9\-_.]*$/;

/** @throws BuildError `MISSING_ARGUMENT`, `TOO_MANY_ARGUMENTS`, `BAD_STAGE_NAME`, and those of flags */
export function readFrom(reading: Reading): FromInstruction {
  const { source, node } = reading;
  const words = wordsOf(node.operands);
  const [image, asKeyword, alias] = words;
  if (image === undefined) throw missing(node, 'needs an image', 'write FROM image, or FROM image AS stage');
  const named = words.length === 3 && asKeyword?.value.toLowerCase() === 'as';
  if (words.length !== 1 && !named) throw wrongWords(image, words);
  const stageName = alias === undefined ? undefined : stageNameOf(alias);
  const flags = readFlags(source, node.flags, { platform: 'text' });
  const platform = flags.text('platform');
  return {
    ...baseOf(reading),
    kind: 'from',
    image,
    ...(platform === undefined ? {} : { platform }),
    ...(stageName === undefined ? {} : { stageName }),
    ...(alias === undefined ? {} : { alias }),
    ...(asKeyword === undefined ? {} : { asKeyword }),
  };
}

function wrongWords(image: Text, words: readonly Text[]): Error {
  const second = words[1] ?? image;
  const last = words.at(-1) ?? image;
  return fault(
    'TOO_MANY_ARGUMENTS',
    'FROM requires either one argument (an image) or three (image AS stage)',
    { file: second.at.file, start: second.at.start, end: last.at.end },
    wrongWordsHint(second.value, words),
  );
}

function wrongWordsHint(second: string, words: readonly Text[]): string | undefined {
  if (words.some((word) => word.value.startsWith('#'))) return 'a comment must have a line of its own';
  return words.length === 2 && second.toLowerCase() === 'as' ? 'a stage name must follow AS' : undefined;
}

function stageNameOf(alias: Text): string {
  const name = alias.value.toLowerCase();
  if (STAGE_NAME.test(name)) return name;
  throw fault(
    'BAD_STAGE_NAME',
    `${JSON.stringify(alias.value)} is not a valid name for a build stage`,
    alias.at,
    'a stage name begins with a letter and holds only letters, digits, - _ and .',
  );
}

/** Stands in for a FROM that cannot be read, so that what follows it still has a stage. */
export function brokenFrom(reading: Reading): FromInstruction {
  const image = wordsOf(reading.node.operands)[0] ?? { value: '', at: reading.node.keyword.at };
  return { ...baseOf(reading), kind: 'from', image };
}
