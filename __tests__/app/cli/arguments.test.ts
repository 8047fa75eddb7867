import { describe, expect, test } from '@jest/globals';
import { type FlagSpecs, parseArguments } from '../../../src/app/cli/arguments.ts';
import { InputProblems } from '../../../src/app/options/problems.ts';

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

  test('all that is wrong is collected, with what was meant, and the rest is read', () => {
    const problems = new InputProblems();
    const argv = ['--pusch', '--tags', 'x', '-z', '--push=perhaps', '--no-push=true', '-f', '--tag', '.'];
    const args = parseArguments([...argv, '--no-cache', '--tag'], SPECS, problems);
    expect([args.flag('no-cache'), args.text('file'), args.hasUnknown]).toEqual([true, undefined, true]);
    expect(() => problems.throwIfAny()).toThrow(
      expect.objectContaining({
        message: [
          '7 inputs are wrong:',
          '- --pusch: there is no such flag; did you mean --push?',
          '- --tags: there is no such flag; did you mean --tag?',
          '- -z: there is no such flag',
          '- --push: "perhaps" is neither true nor false',
          '- --no-push: it takes no value; write --push=false',
          '- -f: its value is missing. A value that begins with a dash is written -f--tag',
          '- --tag: its value is missing',
        ].join('\n'),
      }),
    );
  });

  test('short flags may stand together, and their values beside them', () => {
    const specs: FlagSpecs = { ...SPECS, quiet: { type: 'boolean', short: 'q', help: '' } };
    const args = parseArguments(['-qf', 'a', '-tb', '-t=c'], specs);
    expect([args.flag('quiet'), args.text('file'), args.list('tag')]).toEqual([true, 'a', ['b', 'c']]);
  });
});
