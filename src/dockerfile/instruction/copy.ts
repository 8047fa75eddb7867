import type { CopyInstruction, Heredoc, Text } from '../ast.ts';
import { tryReadMarker } from '../heredoc.ts';
import type { Node } from '../node.ts';
import { rangeBetween } from '../source.ts';
import { type FlagKind, type FlagValues, readFlags } from './flags.ts';
import { baseOf, fault, missing, type Reading, wordsOf } from './reading.ts';

const SHARED: Readonly<Record<string, FlagKind>> = {
  chown: 'text',
  chmod: 'text',
  link: 'bool',
  exclude: 'list',
};
const COPY: Readonly<Record<string, FlagKind>> = { from: 'text', ...SHARED, parents: 'bool' };
const ADD: Readonly<Record<string, FlagKind>> = {
  ...SHARED,
  checksum: 'text',
  'keep-git-dir': 'bool',
  unpack: 'bool',
};

/** @throws BuildError `MISSING_ARGUMENT`, `HEREDOC_AS_DESTINATION`, and those of flags */
export function readCopy(reading: Reading, kind: 'copy' | 'add'): CopyInstruction {
  const { source, node } = reading;
  const words = wordsOf(node.operands);
  const destination = words.at(-1);
  if (destination === undefined || words.length < 2) throw noDestination(node, words.length);
  const flags = readFlags(source, node.flags, kind === 'copy' ? COPY : ADD);
  if (tryReadMarker(destination.value) !== undefined) {
    throw fault(
      'HEREDOC_AS_DESTINATION',
      `${node.keyword.value.toUpperCase()} cannot accept a heredoc as a destination`,
      destination.at,
      'the last argument is the path that is copied to',
    );
  }
  const sources = words.slice(0, -1);
  // Of several bodies with one name the last one counts.
  const bodies = new Map(node.heredocs.map((heredoc) => [heredoc.name, heredoc]));
  const inline = sources.map((word) => inlineSource(reading, word, bodies));
  return {
    ...baseOf(reading),
    kind,
    sources: sources.filter((_, index) => inline[index] === undefined),
    inlineSources: inline.filter((heredoc) => heredoc !== undefined).map((heredoc) => ({ heredoc })),
    destination,
    ...optional(flags),
    link: flags.bool('link') ?? false,
    parents: flags.bool('parents') ?? false,
    exclude: flags.list('exclude'),
  };
}

function noDestination(node: Node, count: number): Error {
  const name = node.keyword.value.toUpperCase();
  return missing(
    node,
    `needs a source and a destination, ${count === 0 ? 'but has neither' : 'but only one of them is given'}`,
    `write ${name} SOURCE… DESTINATION`,
  );
}

type Optional = Pick<CopyInstruction, 'from' | 'chown' | 'chmod' | 'checksum' | 'keepGitDir' | 'unpack'>;

function optional(flags: FlagValues): Optional {
  const texts: { -readonly [K in 'from' | 'chown' | 'chmod' | 'checksum']?: Text } = {};
  for (const name of ['from', 'chown', 'chmod', 'checksum'] as const) {
    const text = flags.text(name);
    if (text !== undefined) texts[name] = text;
  }
  const keepGitDir = flags.bool('keep-git-dir');
  const unpack = flags.bool('unpack');
  return {
    ...texts,
    ...(keepGitDir === undefined ? {} : { keepGitDir }),
    ...(unpack === undefined ? {} : { unpack }),
  };
}

/**
 * The heredoc that a source word names: name, expansion and tabs are those of the word, the body is the last one of that name. In
 * JSON form no bodies are read, yet the word still counts as a heredoc, an empty one.
 */
function inlineSource(
  { source }: Reading,
  word: Text,
  bodies: ReadonlyMap<string, Heredoc>,
): Heredoc | undefined {
  const marker = tryReadMarker(word.value);
  if (marker === undefined) return undefined;
  const body = bodies.get(marker.name);
  const end = word.at.end.offset;
  return {
    ...marker,
    content: body?.content ?? '',
    at: word.at,
    body: body?.body ?? rangeBetween(source, end, end),
  };
}
