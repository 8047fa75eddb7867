import type { ListInstruction, WordInstruction } from '../ast.ts';
import { trimBlanks } from '../blank.ts';
import { readFlags } from './flags.ts';
import { baseOf, fault, missing, type Reading, wholeLine, wordsOf } from './reading.ts';

const EXAMPLES: Readonly<Record<WordInstruction['kind'], string>> = {
  workdir: 'write WORKDIR /path',
  user: 'write USER name or USER uid:gid',
  stopsignal: 'write STOPSIGNAL SIGTERM',
  maintainer: 'write LABEL org.opencontainers.image.authors="…" instead',
};

/** STOPSIGNAL drops flags unread, as in BuildKit. @throws BuildError `MISSING_ARGUMENT`, and those of flags */
export function readWord(reading: Reading, kind: WordInstruction['kind']): WordInstruction {
  const word = wholeLine(reading.node, EXAMPLES[kind]);
  if (kind !== 'stopsignal') readFlags(reading.source, reading.node.flags, {});
  return { ...baseOf(reading), kind, word };
}

/** @throws BuildError `MISSING_ARGUMENT`, `EMPTY_VOLUME`, and those of flags */
export function readList(reading: Reading, kind: 'expose' | 'volume'): ListInstruction {
  const { source, node } = reading;
  const words = wordsOf(node.operands);
  if (words.length === 0) {
    throw missing(
      node,
      'requires at least one argument',
      kind === 'expose' ? 'write EXPOSE 80' : 'write VOLUME /path',
    );
  }
  readFlags(source, node.flags, {});
  if (kind === 'expose') return { ...baseOf(reading), kind, words };
  const trimmed = words.map((word) => ({ value: trimBlanks(word.value), at: word.at }));
  const empty = trimmed.find((word) => word.value === '');
  if (empty !== undefined) throw fault('EMPTY_VOLUME', 'A VOLUME can not be an empty string', empty.at);
  return { ...baseOf(reading), kind, words: trimmed };
}
