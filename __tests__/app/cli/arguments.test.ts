import { describe, expect, test } from '@jest/globals';
import { type FlagSpecs, parseArguments } from '../../../src/app/cli/arguments.ts';

const SPECS: FlagSpecs = {
  push: { type: 'boolean', help: '' },
  'no-cache': { type: 'boolean', help: '' },
  tag: { type: 'string', multiple: true, short: 't', help: '' },
  file: { type: 'string', short: 'f', help: '' },
};

const flags = (...argv: readonly string[]): readonly (boolean | undefined)[] => {
  const args = parseArguments(argv, SPECS);
  return [args.flag('push'), args.flag('no-cache')];
};

describe('flags', () => {
  test('yes or no may be written out, as in docker; the last one counts', () => {
    expect(flags('--push', '--no-cache')).toEqual([true, true]);
    expect(flags('--push=true', '--no-cache=1')).toEqual([true, true]);
    expect(flags('--push=false', '--no-cache=F')).toEqual([false, undefined]);
    expect(flags('--no-push', '--push=TRUE')).toEqual([true, undefined]);
    expect(flags('--push=true', '--push=0', '--no-cache', '--no-cache=false')).toEqual([false, undefined]);
    expect(flags('--no-cache=false', '--no-cache')).toEqual([undefined, true]);
    expect(() => flags('--push=maybe')).toThrow(/--push: "maybe"/);
  });

  test('what stands where a value is wanted, or behind --, is no flag', () => {
    expect(() => flags('--tag', '--push=true')).toThrow(/tag/);
    expect(parseArguments(['--', '--push=true'], SPECS).positionals).toEqual(['--push=true']);
    const args = parseArguments(['-t', 'a', '--tag=b=c', '-f', '-', '.'], SPECS);
    expect([args.list('tag'), args.text('file'), args.positionals]).toEqual([['a', 'b=c'], '-', ['.']]);
  });

  test('flags that there are not are wrong usage', () => {
    for (const argv of [['--no-tag'], ['--constructor'], ['--pusch=true'], ['--cache']]) {
      expect(() => parseArguments(argv, SPECS)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    }
  });
});
