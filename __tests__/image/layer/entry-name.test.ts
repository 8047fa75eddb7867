import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareNames, decodeName, encodeName } from '../../../src/image/layer/entry-name.ts';

test.each([
  ['61', 'a'],
  ['c3bc', 'ü'],
  ['f09f9880', '😀'],
  ['ff', '\udcff'],
  ['61c3', 'a\udcc3'],
  ['c3c3bc', '\udcc3ü'],
  // A surrogate in three bytes, and an overlong slash: not valid UTF-8.
  ['edb280', '\udced\udcb2\udc80'],
  ['c0af', '\udcc0\udcaf'],
  ['f09f98', '\udcf0\udc9f\udc98'],
])('the bytes %s are %p', (hex, text) => {
  expect(decodeName(Buffer.from(hex, 'hex'))).toBe(text);
  expect(encodeName(text).toString('hex')).toBe(hex);
});

test('any bytes come back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
      expect(encodeName(decodeName(bytes))).toEqual(Buffer.from(bytes));
    }),
  );
});

test('valid text is what it always was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(decodeName(Buffer.from(text))).toBe(text);
    }),
  );
});

test('names are ordered as their bytes are', () => {
  const name = fc.oneof(
    fc.uint8Array({ maxLength: 6 }).map(decodeName),
    fc
      .string({
        unit: fc.constantFrom('a', 'b', '\u{10000}', '\uffee', '\ud7ff', 'ü', '\udcff', '\udc80'),
        maxLength: 5,
      })
      .map((text) => decodeName(encodeName(text))),
  );
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(Math.sign(compareNames(a, b))).toBe(Buffer.compare(encodeName(a), encodeName(b)));
    }),
  );
});
