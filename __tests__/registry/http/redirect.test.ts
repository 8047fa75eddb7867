import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { sendFollowing } from '../../../src/registry/http/redirect.ts';
import type { HttpRequest, HttpResponse, Transport } from '../../../src/registry/http/transport.ts';

/** Sends the first request to `location`, and what comes there is answered with 200. */
class Redirecting implements Transport {
  readonly seen: HttpRequest[] = [];
  readonly #location: string;

  constructor(location: string) {
    this.#location = location;
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    this.seen.push(request);
    const body = new IncomingMessage(new Socket());
    body.push(null);
    const isFirst = this.seen.length === 1;
    return {
      status: isFirst ? 307 : 200,
      headers: isFirst ? { location: this.#location } : {},
      url: request.url,
      body,
    };
  }

  close(): void {}
}

async function follow(
  location: string,
  request: Partial<HttpRequest> = {},
): Promise<HttpRequest | undefined> {
  const transport = new Redirecting(location);
  await sendFollowing(transport, {
    method: 'GET',
    url: new URL('https://registry.test/v2/a/blobs/x'),
    headers: { Authorization: 'Bearer token', range: 'bytes=5-' },
    ...request,
  });
  return transport.seen[1];
}

describe('a redirect', () => {
  test.each([
    ['/elsewhere', true],
    ['https://registry.test/elsewhere', true],
    ['https://registry.test:444/elsewhere', false],
    ['https://storage.test/x?signature=1', false],
    ['https://registry.test.evil.test/x', false],
    ['https://registry.test@evil.test/x', false],
  ])('to %s takes the token along: %j', async (location, expected) => {
    const followed = await follow(location);
    expect(followed?.headers).toEqual({
      ...(expected ? { Authorization: 'Bearer token' } : {}),
      range: 'bytes=5-',
    });
  });

  test.each(['http://registry.test/x', 'http://storage.test/x', 'http://127.0.0.1/x'])(
    'from TLS to %s is refused, unless the registry may be insecure',
    async (location) => {
      await expect(follow(location)).rejects.toMatchObject({
        code: 'REGISTRY_ERROR',
        message: expect.stringContaining('plain HTTP'),
      });
      expect((await follow(location, { insecure: true }))?.url.href).toBe(location);
    },
  );

  test.each([
    ['https://registry.test/x', true],
    ['https://registry.test:8443/x', true],
    ['https://127.0.0.1/x', true],
    ['https://storage.test/x', false],
  ])('to %s may be insecure where the registry may: %j', async (location, expected) => {
    expect((await follow(location, { insecure: true }))?.insecure).toBe(expected);
    expect((await follow(location))?.insecure ?? false).toBe(false);
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('of a %s is not followed', async (method) => {
    expect(await follow('/elsewhere', { method })).toBeUndefined();
  });
});
