import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { digestOf } from '../../../src/image/digest.ts';
import { MediaType } from '../../../src/image/media-types.ts';
import { oneChunk } from '../../../src/image/one-chunk.ts';
import { createRegistry } from '../../../src/registry/http/client.ts';
import { RegistryServer } from '../../support/registry-server.ts';

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server[Symbol.asyncDispose]();
});

async function setup() {
  const server = await RegistryServer.start();
  open.push(server);
  const notices: string[] = [];
  const registry = createRegistry({
    credentials: { find: async () => undefined },
    retry: { firstDelay: 1 },
    onNotice: (message) => notices.push(message),
  });
  const repository = { host: server.host, path: 'team/app' };
  const push = (size: number, to = repository) => {
    const bytes = randomBytes(size);
    const descriptor = { mediaType: MediaType.ociLayer, digest: digestOf(bytes), size };
    return registry.pushBlob(to, descriptor, async () => oneChunk(bytes), { isNew: true });
  };
  /** Returns once the registry was asked. */
  const expectPush = async (): Promise<void> => {
    registry.expectPush?.(repository);
    while (server.count('POST', /uploads/) === 0) await new Promise(setImmediate);
  };
  return { server, registry, repository, notices, push, expectPush };
}

describe('a small blob that is expected', () => {
  test('goes to the upload that was begun, and the next one to one of its own', async () => {
    const { server, registry, push, expectPush } = await setup();
    await expectPush();
    expect(await push(100)).toBe('uploaded');
    expect(server.count('POST', /uploads/)).toBe(1);
    expect(await push(100)).toBe('uploaded');
    expect(server.count('POST', /uploads/)).toBe(2);
    await registry[Symbol.asyncDispose]();
    expect(server.count('DELETE', /uploads/)).toBe(0);
  });

  test('is expected once a repository, whoever says so', async () => {
    const { server, registry, repository, push, expectPush } = await setup();
    await expectPush();
    registry.expectPush?.(repository);
    await push(100);
    expect(server.count('POST', /uploads/)).toBe(1);
  });

  test.each([404, 416, 403, 500, 405])(
    'goes the usual way where the upload is gone: HTTP %d',
    async (status) => {
      const { server, notices, push, expectPush } = await setup();
      await expectPush();
      server.inject({ method: 'PUT', path: /uploads/, status });
      expect(await push(100)).toBe('uploaded');
      expect(server.count('POST', /uploads/)).toBe(2);
      expect(notices).toEqual([]);
    },
  );

  test('goes the usual way where no upload could be begun, which then tells why', async () => {
    const { server, push, expectPush } = await setup();
    server.inject({ method: 'POST', path: /uploads/, status: 403, times: 2 });
    await expectPush();
    await expect(push(100)).rejects.toMatchObject({ code: 'DENIED' });
    expect(await push(100)).toBe('uploaded');
  });

  test('whose content is too short is told as ever', async () => {
    const { registry, repository, expectPush } = await setup();
    await expectPush();
    const bytes = randomBytes(10);
    const descriptor = { mediaType: MediaType.ociLayer, digest: digestOf(bytes), size: 11 };
    const short = registry.pushBlob(repository, descriptor, async () => oneChunk(bytes), { isNew: true });
    await expect(short).rejects.toMatchObject({ code: 'SIZE_MISMATCH' });
  });
});

describe('an upload that was begun', () => {
  test('is not for a large blob, nor for another repository, and is taken back at the end', async () => {
    const { server, registry, repository, push, expectPush } = await setup();
    await expectPush();
    expect(await push(1024 * 1024 + 1)).toBe('uploaded');
    expect(await push(100, { ...repository, path: 'team/other' })).toBe('uploaded');
    expect(server.count('POST', /uploads/)).toBe(3);
    await registry[Symbol.asyncDispose]();
    expect(server.log().filter((line) => /^DELETE .* 204$/.test(line))).toHaveLength(1);
  });

  test('and cannot be taken back fails nothing', async () => {
    const { server, registry, expectPush } = await setup();
    await expectPush();
    server.inject({ method: 'DELETE', path: /uploads/, dropAfter: 0 });
    await registry[Symbol.asyncDispose]();
    expect(server.count('DELETE', /uploads/)).toBe(1);
  });
});
