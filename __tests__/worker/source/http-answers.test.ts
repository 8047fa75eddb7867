/** @jest-environment ./__tests__/support/real-process-env.cjs */
import { describe, expect, test } from '@jest/globals';
import type { FileTree } from '../../../src/image/file-tree.ts';
import { memoryStore } from '../../../src/image/store/memory.ts';
import { createTransport } from '../../../src/registry/http/transport.ts';
import { httpTree } from '../../../src/worker/source/http.ts';
import { codeOf, collect } from '../../support/bytes.ts';
import { webServers } from '../../support/web-server.ts';

const serve = webServers();

const get = createTransport({ userAgent: 'test' }).send;

function download(url: string): Promise<FileTree> {
  return httpTree({ url, filename: 'file' }, { store: memoryStore(), get, firstDelay: 1 });
}

async function textOf(tree: FileTree): Promise<string> {
  for await (const { body } of tree.read(await tree.list(''))) return (await collect(body)).toString();
  return '';
}

describe('the time of a download', () => {
  test.each([
    // The three forms of RFC 9110, section 5.6.7.
    ['Sun, 06 Nov 1994 08:49:37 GMT', 784_111_777],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 784_111_777],
    ['Sun Nov  6 08:49:37 1994', 784_111_777],
    ['Tue, 01 Feb 2050 10:00:00 GMT', 2_527_322_400],
    // What is none of them means something else on each machine, or nothing.
    ['2022-02-01T10:00:00', 0],
    ['Tue, 01 Feb 2022 10:00:00 +0100', 0],
    ['Tue, 01 Feb 2022 10:00:00', 0],
    ['1643709600', 0],
    ['yesterday', 0],
    ['', 0],
  ])('%s', async (header, mtime) => {
    const zone = process.env['TZ'];
    process.env['TZ'] = 'America/New_York';
    try {
      const url = await serve((_, response) => {
        response.setHeader('last-modified', header);
        response.end('x');
      });
      expect(await (await download(url)).lookup('file')).toMatchObject({ mtime });
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });
});

test('a redirect to a name that is sent as it is, without percent signs', async () => {
  const url = await serve((request, response) => {
    if (request.url !== '/') return response.end(request.url);
    const location = Buffer.from('/café').toString('latin1');
    return response.writeHead(302, { location }).end();
  });
  expect(await textOf(await download(url))).toBe('/caf%C3%A9');
});

test.each([200, 201, 202, 203])('an answer with the status %i holds the file', async (status) => {
  const url = await serve((_, response) => response.writeHead(status).end('x'));
  expect(await textOf(await download(url))).toBe('x');
});

test.each([206, 300, 302, 304, 418])('an answer with the status %i does not', async (status) => {
  const url = await serve((_, response) => response.writeHead(status).end());
  expect(await codeOf(() => download(url))).toBe('HTTP_STATUS');
});

describe('credentials in the address', () => {
  test('a percent sign that encodes nothing stands for itself', async () => {
    const url = await serve((request, response) => response.end(request.headers.authorization));
    const sent = `Basic ${Buffer.from('me:100%').toString('base64')}`;
    expect(await textOf(await download(url.replace('//', '//me:100%@')))).toBe(sent);
  });

  test('are in no message, not even about an address that is none', async () => {
    for (const url of [
      'http://me:s3cret@host:99999/x',
      'http://me:s3cret@/x',
      'http://me:s3cret@127.0.0.1:1/x',
    ]) {
      await expect(download(url)).rejects.toMatchObject({ message: expect.not.stringContaining('s3cret') });
    }
  });
});
