import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { digestOf } from '../../../src/image/digest.ts';
import type { FileTree } from '../../../src/image/file-tree.ts';
import { memoryStore } from '../../../src/image/store/memory.ts';
import { createTransport } from '../../../src/registry/http/transport.ts';
import { type HttpGet, type HttpTreeOptions, httpTree } from '../../../src/worker/source/http.ts';
import { codeOf, collect, sampleBytes } from '../../support/bytes.ts';
import { webServers } from '../../support/web-server.ts';

const serve = webServers();

const get = createTransport({ userAgent: 'test' }).send;

function download(url: string, more: Partial<HttpTreeOptions> = {}, checksum?: string): Promise<FileTree> {
  const source = { url, filename: 'file', ...(checksum === undefined ? {} : { checksum }) };
  return httpTree(source, { store: memoryStore(), get, firstDelay: 1, ...more });
}

async function contentOf(tree: FileTree): Promise<Buffer> {
  for await (const { body } of tree.read(await tree.list(''))) return collect(body);
  return Buffer.alloc(0);
}

describe('a download', () => {
  test('may be older than 1970', async () => {
    const url = await serve((_, response) => {
      response.setHeader('last-modified', 'Tue, 01 Feb 1955 10:00:00 GMT');
      response.end('x');
    });
    expect(await (await download(url)).lookup('file')).toMatchObject({ mtime: -470_671_200 });
  });

  test('is one file: 0600, with the time of the server', async () => {
    const content = sampleBytes(300_000);
    const url = await serve((_, response) => {
      response.setHeader('last-modified', 'Thu, 26 Jan 2017 16:59:13 GMT');
      response.end(content);
    });
    const tree = await download(`${url}/x?token=secret`);
    expect(tree.soleFile).toBe('file');
    expect(tree.name).toBe(`${url}/x`);
    expect(await tree.list('')).toEqual([
      {
        path: 'file',
        type: 'file',
        mode: 0o600,
        uid: 0,
        gid: 0,
        size: content.length,
        mtime: 1_485_449_953,
        content: digestOf(content),
      },
    ]);
    expect(await contentOf(tree)).toEqual(content);
    expect(await tree.lookup('other')).toBeUndefined();
  });

  test('without a time', async () => {
    const url = await serve((_, response) => response.end('x'));
    expect(await (await download(url)).lookup('file')).toMatchObject({ mtime: 0 });
  });

  test('nothing is packed for the way on request', async () => {
    const url = await serve((request, response) => response.end(String(request.headers['accept-encoding'])));
    expect((await contentOf(await download(url))).toString()).toBe('identity');
  });

  test.each(['gzip', 'GZip'])(
    'what a server packs in spite of that (%s) is the file within',
    async (coding) => {
      const content = sampleBytes(300_000);
      const url = await serve((_, response) => {
        response.setHeader('content-encoding', coding);
        response.end(gzipSync(content));
      });
      const tree = await download(url, {}, digestOf(content));
      expect(await contentOf(tree)).toEqual(content);
      expect(await codeOf(() => download(url, { maxSize: 299_999 }))).toBe('CONTENT_TOO_LARGE');
    },
  );

  test('packing that is damaged says where', async () => {
    const url = await serve((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end('plain');
    });
    await expect(download(`${url}/x`)).rejects.toMatchObject({
      code: 'BAD_COMPRESSION',
      message: expect.stringContaining(`${url}/x`),
    });
  });

  test('other codings stay as they are sent', async () => {
    const url = await serve((_, response) => {
      response.setHeader('content-encoding', 'x-other');
      response.end('as sent');
    });
    expect((await contentOf(await download(url))).toString()).toBe('as sent');
  });

  test('redirects are followed, credentials are not taken along', async () => {
    const seen: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end('there');
    });
    const url = await serve((request, response) => {
      seen.push(request.headers.authorization);
      const target = request.url === '/a' ? '/b' : `${other}/c`;
      response.writeHead(302, { location: target }).end();
    });
    const tree = await download(`${url.replace('//', '//me:pass@')}/a`);
    expect((await contentOf(tree)).toString()).toBe('there');
    const mine = `Basic ${Buffer.from('me:pass').toString('base64')}`;
    expect(seen).toEqual([mine, mine, undefined]);
  });

  test('credentials by host', async () => {
    const url = await serve((request, response) => response.end(request.headers.authorization));
    const tree = await download(url, { authorization: (host) => `Bearer ${host}` });
    expect((await contentOf(tree)).toString()).toBe(`Bearer ${url.slice(7)}`);
  });

  test('what fails for a while is tried again', async () => {
    let count = 0;
    const url = await serve((_, response) => {
      count += 1;
      if (count === 1) response.writeHead(503).end();
      else if (count === 2) {
        response.writeHead(200, { 'content-length': 10 });
        response.write('half');
        setImmediate(() => response.destroy());
      } else response.end('whole');
    });
    expect((await contentOf(await download(url))).toString()).toBe('whole');
    expect(count).toBe(3);
  });

  test('a checksum', async () => {
    const url = await serve((_, response) => response.end('x'));
    expect(await (await download(url, {}, digestOf('x'))).list('')).toHaveLength(1);
    expect(await codeOf(() => download(url, {}, digestOf('y')))).toBe('DIGEST_MISMATCH');
  });
});

describe('what goes wrong', () => {
  test('a status', async () => {
    let count = 0;
    const url = await serve((_, response) => {
      count += 1;
      response.writeHead(404).end('no');
    });
    await expect(download(`${url}/x`)).rejects.toMatchObject({
      kind: 'remote',
      code: 'HTTP_STATUS',
      message: `${url}/x was answered with an invalid response status 404`,
    });
    expect(count).toBe(1);
  });

  test('circles and strange redirects', async () => {
    const url = await serve((request, response) => {
      response.writeHead(302, { location: request.url === '/file' ? 'file:///etc/passwd' : '/' }).end();
    });
    expect(await codeOf(() => download(url))).toBe('HTTP_REDIRECT');
    expect(await codeOf(() => download(`${url}/file`))).toBe('HTTP_REDIRECT');
  });

  test('too much', async () => {
    const url = await serve((_, response) => response.end(sampleBytes(5000)));
    expect(await codeOf(() => download(url, { maxSize: 4999 }))).toBe('CONTENT_TOO_LARGE');
    expect(await (await download(url, { maxSize: 5000 })).list('')).toHaveLength(1);
  });

  test('nobody there, and no address', async () => {
    expect(await codeOf(() => download('http://127.0.0.1:9/'))).toBe('HTTP_UNREACHABLE');
    expect(await codeOf(() => download('ftp://example.com/'))).toBe('BAD_URL');
  });

  test.each([
    ['a refused connection', Object.assign(new Error('no'), { code: 'ECONNREFUSED' }), 1],
    ['an unknown host', Object.assign(new Error('no'), { code: 'ENOTFOUND' }), 1],
    ['what the transport calls final', Object.assign(new Error('no'), { temporary: false }), 1],
    ['a connection that broke off', Object.assign(new Error('no'), { code: 'ECONNRESET' }), 5],
  ])('tries of %s', async (_name, cause, tries) => {
    let count = 0;
    const failing: HttpGet = () => {
      count += 1;
      // As the transport does: the reason lies one deeper.
      return Promise.reject(new Error('no answer', { cause }));
    };
    expect(await codeOf(() => download('http://localhost/x', { get: failing }))).toBe('HTTP_UNREACHABLE');
    expect(count).toBe(tries);
  });

  test('cancelled', async () => {
    const url = await serve((_, response) => response.end('x'));
    const failing = download(url, { signal: AbortSignal.abort() });
    await expect(failing).rejects.toMatchObject({ name: 'AbortError' });
  });
});
