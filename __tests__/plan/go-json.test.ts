import { expect, test } from '@jest/globals';
import { goJson, message } from '../../src/plan/buildkit/go-json.ts';

test.each<[string, string]>([
  ['a<b>&c', String.raw`"a\u003cb\u003e\u0026c"`],
  ['ünï "q" \\', String.raw`"ünï \"q\" \\"`],
  ['\u2028\u2029', String.raw`"\u2028\u2029"`],
  ['\t\n\r\u0001', String.raw`"\t\n\r\u0001"`],
  ['\udcff!', String.raw`"\ufffd!"`],
  ['𝄞', '"𝄞"'],
])('%j as Go writes it', (text, expected) => {
  expect(goJson(text)).toBe(expected);
});

test('zeros are left out, messages are not, told fields stay', () => {
  const fields = { a: 0, b: '', c: false, d: [], e: undefined, f: {}, g: -1, h: 1_600_000_000_000_000_000n };
  expect(goJson(message(fields))).toBe('{"f":{},"g":-1,"h":1600000000000000000}');
  expect(goJson(message({ input: 0, output: 0 }, ['input']))).toBe('{"input":0}');
});
