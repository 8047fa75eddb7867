import { hash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { memoryStore } from '../../../src/image/store/memory.ts';
import { createTransport } from '../../../src/registry/http/transport.ts';
import { openDownload } from '../../../src/worker/source/remote.ts';
import { sampleTar } from '../../support/sample-layers.ts';

let server: Server;
let url: string;
let bodies: Readonly<Record<string, Buffer>> = {};

function options(): Parameters<typeof openDownload>[1] {
  const get = createTransport({ userAgent: 'test' }).send;
  return { store: memoryStore(), get, folder: '', environment: {} };
}

beforeAll(async () => {
  const tar = await sampleTar([
    { path: 'old', content: 'x', mtime: 1_000 },
    { path: 'd', type: 'directory', mtime: 2_000 },
    { path: 'd/new', content: 'y', mtime: 3_000.5 },
  ]);
  bodies = {
    '/told': tar,
    '/archive': tar,
    '/archive.gz': gzipSync(tar),
    '/text': Buffer.from('text'),
  };
  server = createServer((request, response) => {
    if (request.url === '/told') response.setHeader('last-modified', 'Thu, 26 Jan 2017 16:59:13 GMT');
    response.end(bodies[request.url ?? ''] ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test.each([
  ['/told', 1_485_449_953],
  ['/archive', 3_000],
  ['/archive.gz', 3_000],
  ['/text', undefined],
])(
  'the time of a download %s: the server’s, else that of the newest file of an archive',
  async (path, time) => {
    await using source = await openDownload({ url: url + path, filename: 'file' }, options());
    expect(await source.changedAt()).toBe(time);
  },
);

test('what tells a download from any other is its content, whatever digest it has to have', async () => {
  const open = (path: string, algorithm?: string): ReturnType<typeof openDownload> => {
    const checksum =
      algorithm === undefined ? undefined : `${algorithm}:${hash(algorithm, bodies[path] ?? '')}`;
    const source = { url: url + path, filename: 'file', ...(checksum === undefined ? {} : { checksum }) };
    return openDownload(source, options());
  };
  const [text, other] = [await open('/text', 'sha512'), await open('/archive', 'sha512')];
  expect(text.identity).not.toBe(other.identity);
  for (const algorithm of [undefined, 'sha256'])
    expect((await open('/text', algorithm)).identity).toBe(text.identity);
});
