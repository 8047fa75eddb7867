import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { cacheScope } from '../../../src/app/options/cache-scope.ts';
import { parseCacheFrom, parseCacheTo, placeName } from '../../../src/app/options/cache-spec.ts';
import { BuildError } from '../../../src/base/errors.ts';

const surroundings = { scope: 'here', compression: { type: 'zstd', level: 3 } } as const;
const from = (text: string): readonly unknown[] =>
  parseCacheFrom(text, surroundings).map((place) => placeName(place));
const to = (text: string): ReturnType<typeof parseCacheTo> => parseCacheTo(text, surroundings);

describe('cache-from', () => {
  test.each([
    ['user/app:cache', ['registry docker.io/user/app:cache']],
    ['debian', ['registry docker.io/library/debian:latest']],
    ['a.example/x:1,b.example/y', ['registry a.example/x:1', 'registry b.example/y:latest']],
    ['type=registry,ref=ghcr.io/o/app:cache', ['registry ghcr.io/o/app:cache']],
    [
      `type=registry,ref=ghcr.io/o/app@sha256:${'a'.repeat(64)}`,
      [`registry ghcr.io/o/app@sha256:${'a'.repeat(64)}`],
    ],
    ['type=gha', ['gha here']],
    ['type=gha,scope=other', ['gha other']],
    ['type=local,src=x', [`local ${resolve('x')}`]],
    ['Type=local,"src=a,b"', [`local ${resolve('a,b')}`]],
  ])('%s', (text, places) => {
    expect(from(text)).toEqual(places);
  });

  test('a registry that speaks plain HTTP', () => {
    expect(
      parseCacheFrom('type=registry,ref=h.example/x,registry.insecure=true', surroundings),
    ).toMatchObject([{ insecure: true }]);
  });

  test.each([
    ['type=s3,bucket=x', /"s3" is not a type/],
    ['type=inline', /"inline" is not a type/],
    ['ref=x/y', /needs a type/],
    ['type=registry', /needs ref=/],
    ['type=local,dest=x', /no attribute "dest" here.*It takes src/],
    ['type=local', /needs src=/],
    ['type=gha,mode=max', /no attribute "mode"/],
    ['type=gha,token=x', /no attribute "token"/],
    ['type=registry,ref=h.example/Upper', /not a valid image name|lower-case/],
    ['type=registry,ref=h.example/x,registry.insecure=perhaps', /registry.insecure is "perhaps"/],
  ])('%s is refused', (text, why) => {
    expect(() => from(text)).toThrow(BuildError);
    try {
      from(text);
    } catch (error) {
      const { message, hint } = error as BuildError;
      expect(`${message} ${hint}`).toMatch(why);
    }
  });
});

describe('cache-to', () => {
  test('all that buildx takes and that is done anyway', () => {
    expect(
      to(
        'type=registry,ref=h.example/x:c,mode=min,oci-mediatypes=true,image-manifest=true,compression=zstd,compression-level=3,force-compression=false,ignore-error=true',
      ),
    ).toMatchObject([{ mode: 'min', ignoreError: true, place: { type: 'registry' } }]);
  });

  test('mode and ignore-error stay open where they are not said', () => {
    expect(to('type=gha')).toEqual([{ place: { type: 'gha', scope: 'here' } }]);
    expect(to('h.example/x')).toMatchObject([{ place: { type: 'registry' } }]);
    expect(to('type=inline')).toEqual(['inline']);
  });

  test.each([
    ['type=registry,ref=h.example/x,oci-mediatypes=false', /oci-mediatypes=false is not offered/],
    ['type=registry,ref=h.example/x,image-manifest=false', /image-manifest=false is not offered/],
    ['type=local,dest=x,force-compression=true', /force-compression=true is not offered/],
    ['type=local,dest=x,compression=gzip', /compression=gzip is not the image's, which is zstd/],
    ['type=local,dest=x,compression-level=9', /compression-level=9 is not the image's, which is 3/],
    ['type=gha,compression=zstd', /no attribute "compression"/],
    ['type=local,dest=x,mode=most', /"most" is not a mode/],
    ['type=local,src=x', /no attribute "src"/],
    ['type=inline,mode=max', /type=inline has no attribute "mode"/],
    [`type=registry,ref=h.example/x@sha256:${'a'.repeat(64)}`, /names a digest/],
    ['type=registry,ref=h.example/x,tls=no', /no attribute "tls"/],
  ])('%s is refused', (text, why) => {
    expect(() => to(text)).toThrow(why);
  });
});

describe('the default scope', () => {
  const environment = { GITHUB_WORKFLOW: 'ci', GITHUB_JOB: 'image' };
  const scope = (context: string): string =>
    cacheScope(environment, { context, file: 'Dockerfile', target: '' });

  test('does not change with the commit', () => {
    const url = 'https://github.com/o/r.git';
    const at = scope(`${url}#${'1'.repeat(40)}`);
    expect(scope(`${url}#refs/pull/7/merge`)).toBe(at);
    expect(scope(`${url}?commit=${'2'.repeat(40)}`)).toBe(at);
    expect(scope(url)).toBe(at);
    expect(scope('https://github.com/o/other.git#main')).not.toBe(at);
  });

  test('keeps the folder of a repository', () => {
    const url = 'https://github.com/o/r.git';
    expect(scope(`${url}#main:sub/dir`)).toBe(scope(`${url}?ref=v1&subdir=sub/dir`));
    expect(scope(`${url}#main:sub/dir`)).not.toBe(scope(`${url}#main`));
  });

  test('tells no password', () => {
    expect(scope('https://user:hunter2@github.com/o/r.git#main')).toBe(scope('https://github.com/o/r.git'));
    expect(scope('https://user:hunter2@host.example/context.tar.gz?token=x')).not.toMatch(/hunter2|token/);
  });
});
