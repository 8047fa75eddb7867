import { describe, expect, test } from '@jest/globals';
import { formatGitReference, parseGitReference } from '../../src/plan/git-reference.ts';

describe('parseGitReference', () => {
  test.each([
    'https://example.org/page',
    'https://example.org/x.git/',
    'https://example.org/x.gitlab',
    'ftp://example.org/x.git',
    'example.org/x.git',
    './x.git',
    '../x.git',
    'x.git',
    'C:\\x.git',
    '',
  ])('%s is no Git reference', (text) => {
    expect(parseGitReference(text)).toBeUndefined();
  });

  test('reads address, fragment and name', () => {
    expect(parseGitReference('HTTPS://user:pw@example.org/a/b.git#v1/x:sub/dir')).toEqual({
      remote: 'https://user:pw@example.org/a/b.git',
      shortName: 'b',
      ref: 'v1/x',
      subdir: 'sub/dir',
      looksLocal: false,
    });
    expect(parseGitReference('git@example.org:a/b#:sub')).toEqual({
      remote: 'git@example.org:a/b',
      shortName: 'b',
      subdir: 'sub',
      looksLocal: false,
    });
    expect(parseGitReference('ssh://git@example.org/a/b')?.shortName).toBe('b');
    expect(parseGitReference('github.com/a/b#main')).toMatchObject({ looksLocal: true, ref: 'main' });
  });

  test('reads the query', () => {
    const text =
      'https://example.org/x.git?branch=main&subdir=d&commit=abc&keep-git-dir&submodules=0&mtime=commit&fetch-by-commit=true';
    expect(parseGitReference(text)).toEqual({
      remote: 'https://example.org/x.git',
      shortName: 'x',
      ref: 'refs/heads/main',
      subdir: 'd',
      checksum: 'abc',
      keepGitDir: true,
      submodules: false,
      mtime: 'commit',
      fetchByCommit: true,
      looksLocal: false,
    });
    expect(parseGitReference('https://example.org/x.git?tag=refs/tags/v1')?.ref).toBe('refs/tags/v1');
    expect(parseGitReference('https://example.org/x.git?checksum=abc')?.ref).toBe('abc');
  });

  test.each([
    '?ref=a#b',
    '?ref=a&tag=b',
    '?tag=a&branch=b',
    '?subdir=a#:b',
    '?nonsense=1',
    '?ref=',
    '?ref=a&ref=a',
    '?keep-git-dir=perhaps',
    '?mtime=now',
    '?commit=a&checksum=b',
  ])('%s says two things or something unknown', (suffix) => {
    expect(() => parseGitReference(`https://example.org/x.git${suffix}`)).toThrow(
      expect.objectContaining({ code: 'BAD_GIT_REFERENCE', kind: 'user' }),
    );
  });

  test('formats in the short form', () => {
    const reference = parseGitReference('https://example.org/x.git?tag=v1&subdir=/a/b');
    expect(reference && formatGitReference(reference)).toBe('https://example.org/x.git#refs/tags/v1:a/b');
    expect(reference && formatGitReference(reference, false)).toBe('https://example.org/x.git#refs/tags/v1');
  });
});
