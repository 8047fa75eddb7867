import type { BuildOptions } from '../build-options.ts';
import { type CacheOptions, decideCaches, INLINE_IS_NOT_SIGNED, inlineIn } from '../options/cache-options.ts';
import { type CacheSurroundings, parseCacheFrom, parseCacheTo } from '../options/cache-spec.ts';
import { badInput, type InputProblems } from '../options/problems.ts';
import { secretFromSpec } from '../options/secrets.ts';
import { parseSize } from '../options/sizes.ts';
import type { FlagSpecs, ParsedArguments } from './arguments.ts';

export const CACHE_FLAGS: FlagSpecs = {
  'cache-from': {
    type: 'string',
    multiple: true,
    value: 'SPEC',
    help: 'a further cache to read: type=registry,ref=NAME (or NAME), type=local,src=DIR, type=gha,scope=NAME',
  },
  'cache-to': {
    type: 'string',
    multiple: true,
    value: 'SPEC',
    help: 'a further cache to write: type=registry,ref=NAME, type=local,dest=DIR, type=gha,scope=NAME, type=inline',
  },
  'cache-mode': {
    type: 'string',
    value: 'MODE',
    help: 'max (every step), min (those of the final image), read-only or off (default: max)',
  },
  'cache-strict': { type: 'boolean', help: 'fail when a cache cannot be read or written' },
  'cache-key-secret': {
    type: 'string',
    value: 'SPEC',
    help: 'src=PATH or env=NAME: signs what registry and Actions caches say',
  },
  'cache-max-size': {
    type: 'string',
    value: 'SIZE',
    help: 'size of the state folder, and of each type=local folder, after the build',
  },
};

/** The flags above; what is wrong with them is added to `problems`. */
export function cacheOptions(
  args: ParsedArguments,
  problems: InputProblems,
  surroundings: CacheSurroundings & Pick<BuildOptions, 'buildArgs'>,
  environment: Readonly<Record<string, string | undefined>>,
): CacheOptions {
  const each = <T>(name: string, read: (item: string) => readonly T[]): readonly T[] =>
    args.list(name).flatMap((item) => problems.attempt(`--${name}`, () => read(item)) ?? []);
  const attempt = <T>(name: string, read: (text: string) => T): T | undefined => {
    const text = args.text(name);
    return text === undefined ? undefined : problems.attempt(`--${name}`, () => read(text));
  };
  const to = [
    ...each('cache-to', (item) => parseCacheTo(item, surroundings)),
    ...inlineIn(surroundings.buildArgs),
  ];
  const secret = attempt('cache-key-secret', (text) => secretText(text, environment));
  if (secret !== undefined && to.includes('inline')) {
    problems.add('--cache-key-secret', INLINE_IS_NOT_SIGNED);
  }
  return decideCaches({
    mode: attempt('cache-mode', modeOf) ?? 'max',
    automatic: undefined,
    from: each('cache-from', (item) => parseCacheFrom(item, surroundings)),
    to,
    strict: args.flag('cache-strict') ?? false,
    secret,
    maxSize: attempt('cache-max-size', parseSize),
  });
}

/** Never the value itself: a command line can be read by everybody on the machine. */
function secretText(spec: string, environment: Readonly<Record<string, string | undefined>>): string {
  const [, bytes] = secretFromSpec(spec, environment);
  // Inputs of the action come without blanks around them.
  const text = Buffer.from(bytes).toString('utf8').trim();
  if (text === '') throw badInput('the secret is empty');
  return text;
}

function modeOf(text: string): 'max' | 'min' | 'read-only' | 'off' {
  if (text === 'max' || text === 'min' || text === 'read-only' || text === 'off') return text;
  throw badInput(`"${text}" is not a mode`, 'It is max, min, read-only or off.');
}
