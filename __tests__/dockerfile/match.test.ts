import { expect, test } from '@jest/globals';
import { matchPattern } from '../../src/dockerfile/match.ts';

test.each<[string, string, boolean]>([
  ['abc', 'abc', true],
  ['*', 'abc', true],
  ['*', '', true],
  ['*', 'a/b', false],
  ['a*', 'ab/c', false],
  ['a*/b', 'abc/b', true],
  ['a*/b', 'a/c/b', false],
  ['a*b*c*d*e*/f', 'axbxcxdxexxx/f', true],
  ['a*b?c*x', 'abxbbxdbxebxczzx', true],
  ['a*b?c*x', 'abxbbxdbxebxczzy', false],
  ['ab[c]', 'abc', true],
  ['ab[b-d]', 'abc', true],
  ['ab[e-g]', 'abc', false],
  ['ab[^c]', 'abc', false],
  ['ab[^e-g]', 'abc', true],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'ab', false],
  ['a?b', 'a☺b', true],
  ['a?b', 'a/b', false],
  ['a[^a]b', 'a/b', true],
  ['[[]x', '[x', true],
  ['[\\-]', '-', true],
  ['[a-ζ]*', 'α', true],
  ['*[a-ζ]', 'A', false],
  ['**', 'a/b', false],
  ['', '', true],
  ['', 'a', false],
])('%s and %s: %p', (pattern, name, matches) => {
  expect(matchPattern(pattern, name)).toBe(matches);
});

test.each(['[', '[a', '[]a]', '[-]', '[x-]', '[^', 'a[', 'a\\', '[a-', 'a[\\'])(
  'refuses %s whatever the name is',
  (pattern) => {
    for (const name of ['', 'a', 'zzz']) {
      expect(() => matchPattern(pattern, name)).toThrow(
        expect.objectContaining({ code: 'BAD_PATTERN' }) as unknown as Error,
      );
    }
  },
);
