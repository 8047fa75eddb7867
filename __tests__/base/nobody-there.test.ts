import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { BuildError } from '../../src/base/errors.ts';
import { isNobodyThere } from '../../src/base/nobody-there.ts';

function coded(code: string): Error {
  return Object.assign(new TypeError(code), { code });
}

test.each([
  ['ECONNREFUSED', true],
  ['ENOTFOUND', true],
  ['EAI_AGAIN', false],
  ['ECONNRESET', false],
  ['ETIMEDOUT', false],
])('%s: %j, however deep it lies', (code, expected) => {
  const cause = coded(code);
  expect(isNobodyThere(cause)).toBe(expected);
  const told = new BuildError({ kind: 'remote', code: 'UNREACHABLE', message: 'no', cause });
  expect(isNobodyThere(new BuildError({ kind: 'remote', code: 'OTHER', message: 'no', cause: told }))).toBe(
    expected,
  );
});

test('what is no error is none; a circle of causes has an end', () => {
  const circle = coded('ECONNRESET');
  circle.cause = circle;
  for (const thrown of [undefined, null, 'ECONNREFUSED', circle]) expect(isNobodyThere(thrown)).toBe(false);
});

test('a port that nobody listens at, by a name with several addresses too', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  for (const host of ['127.0.0.1', 'localhost']) {
    const failure = await fetch(`http://${host}:${port}/`).catch((error: unknown) => error);
    expect(isNobodyThere(failure)).toBe(true);
  }
});
