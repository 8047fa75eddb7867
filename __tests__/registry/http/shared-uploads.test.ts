import { afterEach, describe, expect, test } from '@jest/globals';
import { digestOf } from '../../../src/image/digest.ts';
import { createRegistry } from '../../../src/registry/http/client.ts';
import type { Registry, UploadOutcome } from '../../../src/registry/registry.ts';
import { RegistryServer, type RegistryServerOptions } from '../../support/registry-server.ts';

const open: RegistryServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server[Symbol.asyncDispose]();
});

const bytes = Buffer.alloc(100_000, 'layer');
const digest = digestOf(bytes);

async function start(
  options: RegistryServerOptions = {},
  attempts = 1,
): Promise<{
  server: RegistryServer;
  push: (path: string, options?: { isNew: boolean }) => Promise<UploadOutcome>;
}> {
  const server = await RegistryServer.start(options);
  open.push(server);
  const registry: Registry = createRegistry({
    credentials: { find: async () => undefined },
    retry: { attempts },
  });
  const push = (path: string, pushOptions?: { isNew: boolean }): Promise<UploadOutcome> =>
    registry.pushBlob(
      { host: server.host, path },
      { mediaType: 'application/octet-stream', digest, size: bytes.length },
      async () =>
        (async function* () {
          yield bytes;
        })(),
      pushOptions,
    );
  return { server, push };
}

const sent = (server: RegistryServer): number =>
  server.requests.reduce((sum, { received }) => sum + received, 0);

/** Of the requests about blobs: the first of all asks for the way in. */
const methods = (server: RegistryServer): string[] =>
  server.requests.filter(({ path }) => path.includes('/blobs/')).map(({ method }) => method);

describe('a blob twice for one repository', () => {
  test('at the same time: the bytes go once', async () => {
    const { server, push } = await start();
    server.inject({ method: 'PUT', path: /uploads/, delay: 100 });
    expect(await Promise.all([push('team/app'), push('team/app')])).toEqual(['uploaded', 'present']);
    expect(sent(server)).toBe(bytes.length);
  });

  test('a first upload that fails is made up for by the second', async () => {
    const { server, push } = await start();
    server.inject({ method: 'PUT', path: /uploads/, status: 403, delay: 50 });
    const [first, second] = await Promise.allSettled([push('team/app'), push('team/app')]);
    expect([first.status, second]).toEqual(['rejected', { status: 'fulfilled', value: 'uploaded' }]);
  });
});

describe('a blob that is new', () => {
  test('is not looked for', async () => {
    const { server, push } = await start();
    expect(await push('team/app', { isNew: true })).toBe('uploaded');
    expect(methods(server)).toEqual(['POST', 'PUT']);
  });

  test('is looked for when the first try broke off', async () => {
    const { server, push } = await start({}, 2);
    server.inject({ method: 'PUT', path: /uploads/, status: 503 });
    expect(await push('team/app', { isNew: true })).toBe('uploaded');
    expect(methods(server)).toEqual(['POST', 'PUT', 'HEAD', 'POST', 'PUT']);
  });

  test('of two that say so at the same time one is sent', async () => {
    const { server, push } = await start();
    server.inject({ method: 'PUT', path: /uploads/, delay: 100 });
    const both = [push('team/app', { isNew: true }), push('team/app', { isNew: true })];
    expect(await Promise.all(both)).toEqual(['uploaded', 'present']);
  });
});

describe('a blob for two repositories of one host', () => {
  test('at the same time: the bytes go once, the other one mounts', async () => {
    const { server, push } = await start();
    server.inject({ method: 'PUT', path: /uploads/, delay: 100 });
    expect(await Promise.all([push('team/cache'), push('team/app')])).toEqual(['uploaded', 'mounted']);
    expect(sent(server)).toBe(bytes.length);
    expect(server.repo('team/app').blobs.get(digest)).toEqual(bytes);
  });

  test('one after the other', async () => {
    const { server, push } = await start();
    await push('team/cache');
    expect(await push('team/app')).toBe('mounted');
    expect(await push('team/app')).toBe('present');
    expect(sent(server)).toBe(bytes.length);
  });

  test('where it is already, nobody waits for the upload to the other', async () => {
    const { server, push } = await start();
    server.addBlob('team/app', bytes);
    let uploaded = false;
    server.inject({ method: 'PUT', path: /cache/, delay: 300 });
    const first = push('team/cache').then(() => {
      uploaded = true;
    });
    expect(await push('team/app')).toBe('present');
    expect(uploaded).toBe(false);
    await first;
  });

  test('an upload that fails is made up for by the other', async () => {
    const { server, push } = await start();
    server.inject({ method: 'PUT', path: /cache/, status: 403, delay: 50, times: 5 });
    const [first, second] = await Promise.allSettled([push('team/cache'), push('team/app')]);
    expect([first.status, second]).toEqual(['rejected', { status: 'fulfilled', value: 'uploaded' }]);
    expect(await push('team/third')).toBe('mounted');
  });

  test('a registry that does not mount is waited for once', async () => {
    const { server, push } = await start({ mounts: false });
    await push('one');
    expect(await push('two')).toBe('uploaded');
    expect(await push('three')).toBe('uploaded');
    expect(server.requests.filter(({ path }) => path.includes('mount='))).toHaveLength(1);
  });
});
