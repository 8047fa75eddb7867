import { describe, expect, test } from '@jest/globals';
import {
  accessNotice,
  cacheAccess,
  whyNoService,
  whyNotDirect,
} from '../../../src/cache/backends/actions/environment.ts';

function token(claims: unknown): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part(claims)}.signature`;
}

function access(scopes: unknown, mode?: string): ReturnType<typeof cacheAccess> {
  return cacheAccess({
    ACTIONS_RUNTIME_TOKEN: token({ ac: JSON.stringify(scopes) }),
    ACTIONS_CACHE_MODE: mode,
  });
}

const MAIN = { Scope: 'refs/heads/main', Permission: 3 };

describe('cacheAccess', () => {
  test('a push to main reads and writes its own scope', () => {
    expect(access([MAIN])).toEqual({
      readable: ['refs/heads/main'],
      writeScope: 'refs/heads/main',
      canRead: true,
      canWrite: true,
      reasons: {},
    });
  });

  test('a pull request reads main too; its own scope comes first, wherever the token names it', () => {
    const scopes = [
      { Scope: 'refs/heads/main', Permission: 1 },
      { Scope: 'refs/pull/7/merge', Permission: 3 },
    ];
    expect(access(scopes)).toMatchObject({
      readable: ['refs/pull/7/merge', 'refs/heads/main'],
      writeScope: 'refs/pull/7/merge',
      canWrite: true,
    });
  });

  test('a read-only token and why', () => {
    const readOnly = access([{ Scope: 'refs/heads/main', Permission: 1 }]);
    expect(readOnly).toMatchObject({ canRead: true, canWrite: false, writeScope: undefined });
    expect(readOnly.reasons).toEqual({ writing: expect.stringContaining('read-only') });
    expect(accessNotice(readOnly, true)).toMatch(/^Nothing is saved in the Actions cache: .*read-only/);
    expect(accessNotice(readOnly, false)).toBeUndefined();
  });

  test.each([
    ['none', false, false],
    ['read', true, false],
    ['write', true, true],
    ['write-only', false, true],
    [' Read ', true, false],
    ['', true, true],
    ['something new', true, true],
  ])('cache-mode "%s": reads %s, writes %s', (mode, canRead, canWrite) => {
    const found = access([MAIN], mode);
    expect(found).toMatchObject({ canRead, canWrite });
    expect(Object.keys(found.reasons)).toEqual([
      ...(canRead ? [] : ['reading']),
      ...(canWrite ? [] : ['writing']),
    ]);
  });

  test('what is not possible is one line', () => {
    const notice = (mode: string, wantsSaving = true): string | undefined =>
      accessNotice(access([MAIN], mode), wantsSaving);
    expect(notice('none')).toBe(
      'The Actions cache is neither read nor written: the workflow sets cache-mode "none"',
    );
    expect(notice('none', false)).toBe(
      'Nothing is read from the Actions cache: the workflow sets cache-mode "none"',
    );
    expect(notice('write-only')).toBe(
      'Nothing is read from the Actions cache: the workflow sets cache-mode "write-only"; nothing is saved in it: its index can only be extended by who reads it',
    );
    expect(notice('read')).toBe('Nothing is saved in the Actions cache: the workflow sets cache-mode "read"');
    expect([notice('read', false), notice('write')]).toEqual([undefined, undefined]);
  });

  test.each([
    ['no token', undefined],
    ['no JWT', 'secret'],
    ['no JSON', 'a.b.c'],
    ['no claim', token({ sub: 'x' })],
    ['a claim that is no list', token({ ac: '{}' })],
  ])('%s: unknown scopes are tried', (_, ACTIONS_RUNTIME_TOKEN) => {
    expect(cacheAccess({ ACTIONS_RUNTIME_TOKEN })).toMatchObject({
      readable: [],
      canRead: true,
      canWrite: true,
    });
  });
});

describe('which service there is', () => {
  const hosted = {
    ACTIONS_CACHE_SERVICE_V2: 'True',
    ACTIONS_RESULTS_URL: 'https://results.example/',
    ACTIONS_CACHE_URL: 'https://cache.example/',
    ACTIONS_RUNTIME_TOKEN: 'token',
    GITHUB_SERVER_URL: 'https://github.com',
  };

  test('a hosted runner has version 2', () => {
    expect(whyNoService(hosted)).toBeUndefined();
    expect(whyNotDirect(hosted)).toBeUndefined();
    expect(whyNotDirect({ ...hosted, GITHUB_SERVER_URL: 'https://corp.ghe.com' })).toBeUndefined();
  });

  test('an enterprise server has version 1 alone', () => {
    const server = { ...hosted, GITHUB_SERVER_URL: 'https://git.corp.example' };
    expect(whyNoService(server)).toBeUndefined();
    expect(whyNotDirect(server)).toContain('github.com');
    expect(
      whyNoService({ ...server, ACTIONS_CACHE_URL: undefined, ACTIONS_RESULTS_URL: undefined }),
    ).toContain('step');
  });

  test('the command line has none', () => {
    expect(whyNoService({})).toContain('not run as a step');
    expect(whyNoService({ ...hosted, ACTIONS_RUNTIME_TOKEN: '' })).toContain('ACTIONS_RUNTIME_TOKEN');
    expect(whyNotDirect({ ...hosted, ACTIONS_CACHE_SERVICE_V2: undefined })).toContain('version 2');
  });
});
