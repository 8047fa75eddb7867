import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { digestOf } from '../../../src/image/digest.ts';
import { MediaType } from '../../../src/image/media-types.ts';
import { oneChunk } from '../../../src/image/one-chunk.ts';
import { RegistryError } from '../../../src/registry/errors.ts';
import { createRegistry } from '../../../src/registry/http/client.ts';
import type { Registry } from '../../../src/registry/registry.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A registry that answers as it likes. */
async function registryThat(answer: RequestListener): Promise<{ registry: Registry; host: string }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const registry = createRegistry({
    credentials: { find: async () => undefined },
    retry: { attempts: 1 },
    idleTimeout: 5000,
  });
  open.push(async () => {
    await registry[Symbol.asyncDispose]();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { registry, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function thrown(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

const bytes = Buffer.from('{"schemaVersion":2}');
const digest = digestOf(bytes);

describe('a registry whose answers make no sense is told as such, never as a fault of ours:', () => {
  test.each(['http://[bad', 'http://host:99999/x'])('a redirect to %s', async (location) => {
    const { registry, host } = await registryThat((_, response) => {
      response.writeHead(307, { location }).end();
    });
    const error = await thrown(registry.manifest({ host, path: 'app' }, 'v1'));
    expect(error).toBeInstanceOf(RegistryError);
    expect(error).toMatchObject({ code: 'REGISTRY_ERROR' });
  });

  test.each(['ftp://127.0.0.1/x', 'file:///etc/passwd'])('an upload at %s', async (location) => {
    const { registry, host } = await registryThat((request, response) => {
      if (request.method === 'POST') response.writeHead(202, { location }).end();
      else response.writeHead(404).end();
    });
    const descriptor = { mediaType: MediaType.ociLayer, digest, size: bytes.length };
    const error = await thrown(
      registry.pushBlob({ host, path: 'app' }, descriptor, async () => oneChunk(bytes)),
    );
    expect(error).toBeInstanceOf(RegistryError);
    expect(error).toMatchObject({ code: 'REGISTRY_ERROR' });
  });

  test('a token that no header can hold', async () => {
    const { registry, host } = await registryThat((request, response) => {
      if (request.url?.startsWith('/token') === true)
        response.end(JSON.stringify({ token: 'secret\r\nx: y' }));
      else response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${host}/token"` }).end();
    });
    const error = await thrown(registry.manifest({ host, path: 'app' }, 'v1'));
    expect(error).toBeInstanceOf(RegistryError);
    expect(String(error)).not.toContain('secret');
  });

  test('a digest of a tag that is none: the manifest itself tells it', async () => {
    const { registry, host } = await registryThat((_, response) => {
      response
        .writeHead(200, {
          'content-type': MediaType.ociManifest,
          'content-length': bytes.length,
          'docker-content-digest': 'sha256:none',
        })
        .end(bytes);
    });
    expect(await registry.resolve({ host, path: 'app' }, 'v1')).toEqual({
      mediaType: MediaType.ociManifest,
      digest,
      size: bytes.length,
    });
  });

  test('another digest than was asked for', async () => {
    const other = digestOf('something else');
    const { registry, host } = await registryThat((_, response) => {
      response
        .writeHead(200, {
          'content-type': MediaType.ociManifest,
          'content-length': bytes.length,
          'docker-content-digest': digest,
        })
        .end(bytes);
    });
    expect(await thrown(registry.resolve({ host, path: 'app' }, other))).toMatchObject({
      code: 'REGISTRY_ERROR',
      message: expect.stringContaining(other),
    });
  });

  test('a blob without end', async () => {
    const { registry, host } = await registryThat(({ url }, response) => {
      response.writeHead(200);
      if (url === '/v2/') return void response.end();
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        response.once('drain', more);
      };
      more();
    });
    const size = 1_000_000;
    let read = 0;
    const reading = async (): Promise<void> => {
      const descriptor = { mediaType: MediaType.ociLayer, digest, size };
      for await (const chunk of await registry.blob({ host, path: 'a' }, descriptor)) {
        read += chunk.length;
        if (read > 3 * size) return;
      }
    };
    expect(await thrown(reading())).toMatchObject({ message: expect.stringContaining('is longer') });
    expect(read).toBeLessThanOrEqual(size);
  });

  test('a list of tags without end', async () => {
    const tags = Array.from({ length: 100_000 }, (_, i) => `tag-${i}`);
    let pages = 0;
    const { registry, host } = await registryThat((request, response) => {
      if (request.url === '/v2/') return response.end();
      pages += 1;
      return response
        .writeHead(200, { link: `</v2/app/tags/list?last=${pages}>; rel="next"` })
        .end(JSON.stringify({ tags }));
    });
    expect(await thrown(registry.tags({ host, path: 'app' }))).toMatchObject({ code: 'REGISTRY_ERROR' });
    expect(pages).toBeLessThan(20);
  });
});
