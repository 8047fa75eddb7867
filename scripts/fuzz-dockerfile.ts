import { parseArgs } from 'node:util';
import { BuildError } from '../src/base/errors.ts';
import { expandWord } from '../src/dockerfile/expand.ts';
import { ignoreMatcher, readIgnoreFile } from '../src/dockerfile/ignore.ts';
import { readMount } from '../src/dockerfile/instruction/run-mount.ts';
import { matchPattern } from '../src/dockerfile/match.ts';
import { parseDockerfile, parseTrigger } from '../src/dockerfile/parse.ts';
import { renderError } from '../src/dockerfile/source-frame.ts';

/**
 * Throws random texts at everything that reads text in src/dockerfile. Only errors of ours may come out, and nothing may take long.
 * `node scripts/fuzz-dockerfile.ts [--count 200000] [--seed 1] [--slowest 250]` (milliseconds); prints figures, exit code 1 on a find.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
    slowest: { type: 'string', default: '250' },
  },
});

/** A small fast generator (mulberry32), so that a seed gives the same run everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = generator(Number(values.seed));
const below = (limit: number): number => Math.floor(random() * limit);
const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;

const WORDS = [
  ...'FROM RUN COPY ADD ENV LABEL ARG CMD ENTRYPOINT EXPOSE VOLUME USER WORKDIR SHELL HEALTHCHECK ONBUILD STOPSIGNAL MAINTAINER'.split(
    ' ',
  ),
  ...'from a AS b a=b "a b" \'x\' c="d --from=x --mount=type=cache,target=/x --link -- -x [ ] ["a"] ["a", "b"] ["a",1] NONE'.split(
    ' ',
  ),
  ...'$A ${A} ${A:-b} ${A#*x} ${A//a/b} ${A:?m} ${ $ <<EOF <<-EOF <<"E" 3<<X EOF << <<< # #! # escape=` # syntax=x'.split(
    ' ',
  ),
  ...[
    '\n',
    '\n',
    '\n',
    ' ',
    ' ',
    '\t',
    '\\\n',
    '\\ \n',
    '`\n',
    '\r\n',
    '\r',
    '\\',
    '`',
    '"',
    "'",
    '\0',
    '\ufeff',
    '\u00a0',
    '\u2028',
  ],
  ...[
    '안녕',
    '🚀',
    '\ud800',
    'é',
    '*',
    '**',
    '**/',
    '?',
    '[a-z]',
    '[^a]',
    '!',
    '/',
    './',
    '../',
    '=',
    ',',
    ';',
    '{',
    '}',
    '(',
    ')',
  ],
];

const MOUNT_WORDS =
  'type= bind cache tmpfs secret ssh , , , = target=/x id=a mode=0755 uid=1 size=1g ro rw required sharing= locked from=b env=A " $A'.split(
    ' ',
  );

/** Text of the kind that a target reads, with noise in it. */
function textFor(name: string): string {
  if (name === 'mount' && random() < 0.9)
    return Array.from({ length: 1 + below(8) }, () => pick(MOUNT_WORDS)).join('');
  return name === 'trigger' && random() < 0.8
    ? `${pick(WORDS.slice(0, 18))} ${randomText().replaceAll('\n', ' ')}`
    : randomText();
}

function randomText(): string {
  const parts: string[] = [];
  const length = 1 + below(pick([4, 20, 80]));
  for (let index = 0; index < length; index++) {
    const kind = below(20);
    if (kind === 0) parts.push(String.fromCharCode(below(0x250)));
    else if (kind === 1) parts.push(pick(WORDS).repeat(below(30)));
    else parts.push(pick(WORDS), kind < 8 ? ' ' : '');
  }
  return parts.join('');
}

const at = { line: 1, column: 1, offset: 0 };
const range = { file: 'fuzz', start: at, end: at };
const variables = new Map([
  ['A', 'a value/with * and \\ in it'],
  ['B', ''],
]);

const TARGETS: Readonly<Record<string, (text: string) => unknown>> = {
  parse: (text) => {
    const { problems } = parseDockerfile(text, 'fuzz');
    for (const problem of problems) renderError(problem, text);
    const untold = problems.filter(({ at: place }) => place === undefined || place.end.offset > text.length);
    if (untold.length > 0) throw new TypeError('a problem has no place inside the text');
  },
  trigger: (text) => parseTrigger(text),
  expand: (text) =>
    expandWord(text, variables, {
      escape: pick(['\\', '`']),
      skipUnset: random() < 0.3,
      rawQuotes: random() < 0.3,
    }),
  ignore: (text) => ignoreMatcher(readIgnoreFile(text)).excludes('some/path/to a/file.txt'),
  match: (text) => matchPattern(text, 'some-name.txt'),
  mount: (text) => readMount({ value: text, at: range }, (value) => value),
};

const count = Number(values.count);
const names = Object.keys(TARGETS);
const accepted = new Map<string, number>();
const refused = new Map<string, number>();
const finds: string[] = [];
let slowest = { time: 0, name: '', text: '' };
const begin = performance.now();
for (let index = 0; index < count && finds.length < 10; index++) {
  // Half of all texts go to the parser, which has the most to get wrong.
  const name = index % 2 === 0 ? 'parse' : (names[(index >> 1) % names.length] as string);
  const text = textFor(name);
  const start = performance.now();
  try {
    TARGETS[name]?.(text);
    accepted.set(name, (accepted.get(name) ?? 0) + 1);
  } catch (error) {
    if (error instanceof BuildError && error.kind === 'user') refused.set(name, (refused.get(name) ?? 0) + 1);
    else finds.push(`${name} ${JSON.stringify(text)}: ${error}`);
  }
  const time = performance.now() - start;
  if (time > slowest.time) slowest = { time, name, text };
}
const seconds = ((performance.now() - begin) / 1000).toFixed(1);
for (const name of names)
  console.log(`${name}: ${accepted.get(name) ?? 0} accepted, ${refused.get(name) ?? 0} refused`);
console.log(`slowest: ${slowest.time.toFixed(1)} ms, ${slowest.name}, ${slowest.text.length} characters`);
for (const find of finds) console.log(`FOUND ${find}`);
console.log(`${count} texts in ${seconds} s, ${finds.length} finds`);
if (finds.length > 0 || slowest.time > Number(values.slowest)) process.exitCode = 1;
