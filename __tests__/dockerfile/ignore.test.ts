import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ignoreFileProblem, ignoreMatcher, readIgnoreFile } from '../../src/dockerfile/ignore.ts';

describe('readIgnoreFile', () => {
  test('cleans, trims and drops comments', () => {
    const text = '\uFEFF# first\r\n\r\n  a/ \n/b//c/../d\n!  /e\n #f\n.\n!\n';
    expect(readIgnoreFile(text)).toEqual(['a', 'b/d', '!e', '#f', '.', '!']);
  });
});

test('what is wrong with an ignore file is told with its line', () => {
  expect(ignoreFileProblem('\ufeffa\n\n# [\n!b\n', '.dockerignore')).toBeUndefined();
  const problem = ignoreFileProblem('a\r\n\n [x-\n!\n', 'web/.dockerignore');
  expect(problem).toMatchObject({ code: 'BAD_PATTERN', message: expect.stringContaining('"[x-"') });
  expect(problem?.at).toEqual({
    file: 'web/.dockerignore',
    start: { line: 3, column: 1, offset: 4 },
    end: { line: 3, column: 5, offset: 8 },
  });
  expect(ignoreFileProblem('!')?.at).toBeUndefined();
});

describe('ignoreMatcher', () => {
  test.each<[readonly string[], string, boolean]>([
    [['a'], 'a', true],
    [['a'], 'a/b/c', true],
    [['a'], 'b/a', false],
    [['**/a'], 'b/c/a/d', true],
    [['*.md'], 'x/y.md', false],
    [['**/*.md'], 'y.md', true],
    [['a/**'], 'a', false],
    [['a/**'], 'a/b', true],
    [['*', '!a'], 'a/b', false],
    [['*', '!a/b'], 'a', true],
    [['*', '!a/b'], 'a/b/c', false],
    [['a', '!a/b', 'a/b/c'], 'a/b/c/d', true],
    [['!a', 'a'], 'a', true],
    // What would change nothing where it matches does not count for what is below.
    [['a', '!a/b/keep', 'a/b'], 'a/b/keep', false],
    [['**/node_modules', '!app'], 'app/node_modules/x', true],
    [['app', '**/node_modules', '!app'], 'app/node_modules/x', false],
    [['a/b', '!a'], 'a/b/c', true],
    [['a/b', '!a', '!a/b'], 'a/b/c', false],
    [['*', '!a', 'a/b', '!a/b/c'], 'a/b/c', false],
    [['a[!x]'], 'a!', true],
    [['a[^x]'], 'ax', false],
    [['a\\*b'], 'a*b', true],
    [['a\\*b'], 'aXb', false],
    [['a.b+(c)'], 'a.b+(c)', true],
    [['a?b'], 'a🚀b', true],
    [['a]b*'], 'a]bc', true],
    [['**end'], 'x/the-end', true],
    [['start**'], 'start/x', true],
    [['**'], 'x', true],
    [[], 'x', false],
  ])('%j and %s: %p', (patterns, path, excluded) => {
    expect(ignoreMatcher(patterns).excludes(path)).toBe(excluded);
    expect(ignoreMatcher(patterns).excludes(path, true)).toBe(excluded);
  });

  test.each(['!', '[', 'a[z-', 'a\\', '[z-a]x', 'a*\\q'])('refuses %j', (pattern) => {
    expect(() => ignoreMatcher([pattern])).toThrow(
      expect.objectContaining({ code: 'BAD_PATTERN' }) as unknown as Error,
    );
  });

  test.each<[readonly string[], string, boolean]>([
    [['a'], 'a', false],
    [['*', '!a/b'], 'a', true],
    [['*', '!a/b'], 'c', false],
    [['*', '!a/b'], 'a/b', false],
    [['*', '!**/*.md'], 'c/d', true],
    [['*', '!a/*/c'], 'a/x', true],
    [['*', '!a/*/c'], 'a/x/y', false],
    [['!a/b', 'a'], 'a', false],
    [['*', '!a*/x'], 'abc', true],
  ])('%j: below %s exceptions are possible: %p', (patterns, folder, possible) => {
    expect(ignoreMatcher(patterns).mayContainExceptionsBelow(folder)).toBe(possible);
  });

  test('where no exception is possible, nothing below an excluded folder is let in', () => {
    const name = fc.constantFrom('a', 'b', 'ab');
    const element = fc.oneof(name, fc.constantFrom('*', '**', 'a*', '?'));
    const pattern = fc
      .tuple(fc.boolean(), fc.array(element, { minLength: 1, maxLength: 3 }))
      .map(([exception, parts]) => `${exception ? '!' : ''}${parts.join('/')}`);
    const path = fc.array(name, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 4 }), path, path, (patterns, folder, below) => {
        const matcher = ignoreMatcher(patterns);
        const parent = folder.join('/');
        fc.pre(matcher.excludes(parent, true) && !matcher.mayContainExceptionsBelow(parent));
        expect(matcher.excludes([...folder, ...below].join('/'))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('answers for 50,000 files quickly', () => {
    const patterns = [
      'node_modules',
      '**/*.log',
      'dist/**',
      '!dist/keep',
      '**/.cache',
      'a*/b?/c',
      '*.tmp',
      '!important.tmp',
    ];
    const matcher = ignoreMatcher(patterns);
    const start = performance.now();
    let excluded = 0;
    for (let index = 0; index < 50_000; index++) {
      if (matcher.excludes(`src/d${index % 500}/sub/file-${index}.${index % 10 === 0 ? 'log' : 'ts'}`))
        excluded++;
    }
    expect(excluded).toBe(5000);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
