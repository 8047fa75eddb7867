import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { MediaType } from '../../src/image/media-types.ts';
import { createRegistry } from '../../src/registry/http/client.ts';
import { mirroredRegistry } from '../../src/registry/mirrors/mirrored-registry.ts';
import type { Registry } from '../../src/registry/registry.ts';
import { RegistryServer } from '../support/registry-server.ts';

let origin: RegistryServer;
let mirror: RegistryServer;
let notices: string[];
beforeEach(async () => {
  [origin, mirror, notices] = [await RegistryServer.start(), await RegistryServer.start(), []];
});
afterEach(async () => {
  await origin[Symbol.asyncDispose]();
  await mirror[Symbol.asyncDispose]();
});

function through(mirrors: readonly string[]): Registry {
  const registry = createRegistry({
    credentials: { find: async () => undefined },
    retry: { attempts: 2, firstDelay: 1 },
  });
  return mirroredRegistry(registry, {
    mirrors: { [origin.host]: mirrors },
    onNotice: (message) => notices.push(message),
  });
}

const manifest = { schemaVersion: 2, mediaType: MediaType.ociManifest, layers: [] };
const bytes = Buffer.from('the same bytes everywhere');
const descriptor = { mediaType: MediaType.ociLayer, digest: digestOf(bytes), size: bytes.length };

async function read(source: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test('what a mirror has comes from there, below its prefix', async () => {
  mirror.addManifest('hub/library/app', MediaType.ociManifest, manifest, 'v1');
  mirror.addBlob('hub/library/app', bytes);
  const registry = through([`${mirror.host}/hub/`]);
  const repository = { host: origin.host, path: 'library/app' };
  await registry.manifest(repository, 'v1');
  expect(await registry.resolve(repository, 'v1')).toBeDefined();
  expect(await registry.hasBlob(repository, descriptor.digest)).toBe(true);
  expect(await read(await registry.blob(repository, descriptor))).toBe(bytes.toString());
  expect(origin.requests).toEqual([]);
});

test('what it does not have comes from the registry, without a word', async () => {
  origin.addManifest('app', MediaType.ociManifest, manifest, 'v1');
  origin.addBlob('app', bytes);
  const registry = through([mirror.host]);
  const repository = { host: origin.host, path: 'app' };
  await registry.manifest(repository, 'v1');
  expect(await registry.resolve(repository, 'v1')).toBeDefined();
  expect(await registry.hasBlob(repository, descriptor.digest)).toBe(true);
  expect(await read(await registry.blob(repository, descriptor))).toBe(bytes.toString());
  expect(await registry.resolve(repository, 'nope')).toBeUndefined();
  expect(await registry.hasBlob(repository, digestOf('nope'))).toBe(false);
  await expect(registry.manifest(repository, 'nope')).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining(origin.host),
  });
  expect(notices).toEqual([]);
});

test('a mirror that refuses is told; one that is down is not asked again', async () => {
  origin.addManifest('app', MediaType.ociManifest, manifest, 'v1');
  mirror.inject({ path: /manifests/, status: 403 });
  const registry = through(['127.0.0.1:1', mirror.host]);
  const repository = { host: origin.host, path: 'app' };
  await registry.manifest(repository, 'v1');
  await registry.manifest(repository, 'v1');
  expect(notices.map((notice) => notice.split(' is passed over: ')[0])).toEqual([
    'mirror 127.0.0.1:1',
    `mirror ${mirror.host}`,
  ]);
});

test('a mirror that refuses everything is told once, not with every blob', async () => {
  mirror.inject({ path: /blobs|manifests/, status: 403, times: 100 });
  origin.addManifest('app', MediaType.ociManifest, manifest, 'v1');
  origin.addBlob('app', bytes);
  const registry = through([mirror.host]);
  const repository = { host: origin.host, path: 'app' };
  await registry.manifest(repository, 'v1');
  expect(await registry.hasBlob(repository, descriptor.digest)).toBe(true);
  expect(await read(await registry.blob(repository, descriptor))).toBe(bytes.toString());
  expect(notices).toEqual([expect.stringContaining(`mirror ${mirror.host} is passed over: `)]);
});

test('other hosts and pushes go straight', async () => {
  const registry = through([mirror.host]);
  const repository = { host: origin.host, path: 'app' };
  await registry.checkPush?.(repository);
  await registry.pushBlob(repository, descriptor, async () =>
    (async function* () {
      yield bytes;
    })(),
  );
  expect(mirror.requests).toEqual([]);
  expect(origin.repo('app').blobs.has(descriptor.digest)).toBe(true);
});
