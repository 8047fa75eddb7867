import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  familiarName,
  familiarReference,
  formatReference,
  parseReference,
  repositoryOf,
  withDefaultTag,
  withTag,
} from '../../src/image/reference.ts';
import { codeOf } from '../support/bytes.ts';

const sha = `sha256:${'0123456789abcdef'.repeat(4)}`;

test.each([
  ['alpine', 'docker.io/library/alpine', 'alpine'],
  ['alpine:3.20', 'docker.io/library/alpine:3.20', 'alpine:3.20'],
  ['me/app', 'docker.io/me/app', 'me/app'],
  ['docker.io/alpine', 'docker.io/library/alpine', 'alpine'],
  ['index.docker.io/alpine', 'docker.io/library/alpine', 'alpine'],
  ['docker.io/library/a/b', 'docker.io/library/a/b', 'library/a/b'],
  ['ghcr.io/o/app:v1', 'ghcr.io/o/app:v1', 'ghcr.io/o/app:v1'],
  ['localhost/app', 'localhost/app', 'localhost/app'],
  ['localhost:5000/app:1', 'localhost:5000/app:1', 'localhost:5000/app:1'],
  ['localhost:5000', 'docker.io/library/localhost:5000', 'localhost:5000'],
  ['UPPER/app', 'UPPER/app', 'UPPER/app'],
  ['[::1]:5000/app', '[::1]:5000/app', '[::1]:5000/app'],
  [`app@${sha}`, `docker.io/library/app@${sha}`, `app@${sha}`],
  [
    `r.example/a_b/c__d/e-f.g:T_1@${sha}`,
    `r.example/a_b/c__d/e-f.g:T_1@${sha}`,
    `r.example/a_b/c__d/e-f.g:T_1@${sha}`,
  ],
])('%s is %s', (text, full, familiar) => {
  const reference = parseReference(text);
  expect(formatReference(reference)).toBe(full);
  expect(familiarReference(reference)).toBe(familiar);
  expect(parseReference(full)).toEqual(reference);
  expect(parseReference(familiar)).toEqual(reference);
});

test.each([
  '',
  ':tag',
  'app:',
  'app:-x',
  `app:${'x'.repeat(129)}`,
  'App',
  'me/App',
  'a//b',
  'a/',
  '/a',
  'a..b',
  'a___b',
  '-a',
  'a-',
  'a b',
  'https://host/app',
  'app@sha256:abc',
  `app@sha256:${'A'.repeat(64)}`,
  `app@md5:${'a'.repeat(32)}`,
  'f'.repeat(64),
  'a'.repeat(256),
  'app\n',
])('%p is refused', async (text) => {
  expect(await codeOf(() => parseReference(text))).toBe('BAD_REFERENCE');
});

test('long names that almost fit are refused in no time', async () => {
  const started = performance.now();
  for (const text of [`${'a-'.repeat(20_000)}!`, `${'a/'.repeat(20_000)}!`, `${'a.'.repeat(20_000)}:!`]) {
    expect(await codeOf(() => parseReference(text))).toBe('BAD_REFERENCE');
  }
  expect(performance.now() - started).toBeLessThan(5000);
});

describe('parts', () => {
  test('the repository, and the name without tag and digest', () => {
    const reference = parseReference(`alpine:3@${sha}`);
    expect(repositoryOf(reference)).toEqual({ host: 'docker.io', path: 'library/alpine' });
    expect(familiarName(reference)).toBe('alpine');
  });

  test('a tag is put on, or checked', async () => {
    expect(formatReference(withTag(parseReference('a:1'), '2.0'))).toBe('docker.io/library/a:2.0');
    for (const tag of ['', '.a', 'a/b', 'a:b', 'x'.repeat(129)]) {
      expect(await codeOf(() => withTag(parseReference('a'), tag))).toBe('BAD_TAG');
    }
  });

  test('latest is what a name without tag and digest means', () => {
    expect(formatReference(withDefaultTag(parseReference('a')))).toBe('docker.io/library/a:latest');
    expect(withDefaultTag(parseReference('a:1')).tag).toBe('1');
    expect(withDefaultTag(parseReference(`a@${sha}`)).tag).toBeUndefined();
  });
});

test('whatever is read can be written and read again', () => {
  const word = fc.stringMatching(/^[a-zA-Z0-9._:@/-]{1,40}$/);
  fc.assert(
    fc.property(word, (text) => {
      let reference: ReturnType<typeof parseReference>;
      try {
        reference = parseReference(text);
      } catch (error) {
        expect(error).toMatchObject({ code: 'BAD_REFERENCE' });
        return;
      }
      expect(parseReference(formatReference(reference))).toEqual(reference);
      expect(parseReference(familiarReference(reference))).toEqual(reference);
    }),
  );
});
