import { createServer, request as forward, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { sampleLayer } from '../../support/cache-records.ts';
import { CacheFixture } from '../../support/cache-runner-fixture.ts';

// Processes of others, on machines that may be busy.
jest.setTimeout(120_000);

let fixture: CacheFixture;
beforeEach(async () => {
  fixture = await CacheFixture.start();
});
afterEach(() => fixture[Symbol.asyncDispose]());

describe('an answer that does not come from the service', () => {
  const layer = sampleLayer('layer', { size: 5000 });

  test.each([
    [401, 'status 401'],
    [403, 'status 403'],
  ])('a refusal that is no JSON is no other protocol: %d', async (status, said) => {
    await using page = await pageServer(() => ({ status }));
    const report = await fixture.build([layer], { environment: page.environment, transport: 'auto' });
    expect(report.notices[0]).toMatch(`could not be read: the cache service refused a lookup (${said})`);
    expect(report.notices.join()).not.toMatch('protocol');
  });

  test('429 of a proxy, whose answer is a page: waits for Retry-After and goes on', async () => {
    const refused = new Set<string>();
    await using page = await pageServer(({ url = '' }) => {
      if (!/GetCache|CreateCache/.test(url) || refused.has(url)) return undefined;
      refused.add(url);
      return { status: 429, headers: { 'retry-after': '1' } };
    });
    const report = await fixture.build([layer], { environment: page.environment });
    expect(report).toMatchObject({ recordsSaved: 1, notices: [] });
    expect(refused.size).toBe(2);
  });

  test('what it says is one short line, whatever it is', async () => {
    const msg = `no\n::error::more\r\n\u001b[31m${'x'.repeat(100_000)}`;
    await using page = await pageServer(() => ({ status: 400, body: JSON.stringify({ msg }) }));
    const [notice = ''] = (await fixture.build([], { environment: page.environment })).notices;
    expect(notice).toMatch(
      /^The Actions cache could not be read: .*\(status 400: no ::error::more \[31mxxx.*…$/,
    );
    expect(notice.length).toBeLessThan(1100);
  });

  test('a URL that is none of the web is told as the fault of the service', async () => {
    await fixture.build([layer]);
    await using page = await pageServer(({ url }) =>
      url?.endsWith('GetCacheEntryDownloadURL') === true
        ? { status: 200, body: '{"ok":true,"signed_download_url":"ftp://x/y","matched_key":"k"}' }
        : undefined,
    );
    const report = await fixture.build([], { environment: page.environment });
    expect(report.notices).toEqual([
      'The Actions cache could not be read: the cache service names no valid URL',
    ]);
  });
});

/** The service behind something that answers some requests itself: with a page, unless it says what. */
async function pageServer(
  answer: (request: IncomingMessage) => PageAnswer | undefined,
): Promise<{ readonly environment: Record<string, string> } & AsyncDisposable> {
  const server = createServer((request, response) => {
    const page = answer(request);
    if (page !== undefined) {
      const { status, headers = {}, body = '<html>' } = page;
      request.resume();
      response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
      return;
    }
    const target = new URL(request.url ?? '/', fixture.service.url);
    const { method, headers } = request;
    request.pipe(
      forward(target, { method: method ?? 'GET', headers }, (from) => {
        response.writeHead(from.statusCode ?? 0, from.headers);
        from.pipe(response);
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    environment: { ACTIONS_RESULTS_URL: url, ACTIONS_CACHE_URL: '' },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface PageAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}
