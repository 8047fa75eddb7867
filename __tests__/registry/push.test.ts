import { afterEach, describe, expect, test } from '@jest/globals';
import type { Layer } from '../../src/image/types.ts';
import { createRegistry } from '../../src/registry/http/client.ts';
import { type PushRequest, pushImages } from '../../src/registry/push.ts';
import { RegistryServer, type RegistryServerOptions } from '../support/registry-server.ts';
import { type SampleImage, sampleImage, sampleIndex } from '../support/sample-image.ts';

const open: RegistryServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server[Symbol.asyncDispose]();
});

async function start(options: RegistryServerOptions = {}): Promise<RegistryServer> {
  const server = await RegistryServer.start(options);
  open.push(server);
  return server;
}

const registry = createRegistry({
  credentials: { find: async () => undefined },
  retry: { attempts: 2, firstDelay: 1 },
});

const amd64 = sampleImage({ tars: [Buffer.from('base layer'.repeat(300)), Buffer.from('top layer')] });
const arm64 = sampleImage({
  platform: { os: 'linux', architecture: 'arm64' },
  tars: [Buffer.from('arm layer'), Buffer.from('top layer')],
});

/** What to push, with a record of the layers whose bytes were asked for. */
function pushOf(
  images: readonly SampleImage[],
  references: readonly string[],
  more: Partial<PushRequest> = {},
): { request: PushRequest; opened: string[] } {
  const opened: string[] = [];
  const content = {
    async open(layer: Layer): Promise<AsyncIterable<Uint8Array>> {
      opened.push(layer.descriptor.digest);
      const bytes = images.map(({ blobs }) => blobs.get(layer.descriptor.digest)).find(Boolean);
      return (async function* () {
        yield bytes ?? Buffer.alloc(0);
      })();
    },
  };
  return { request: { images, references, content, ...more }, opened };
}

describe('one image', () => {
  test('blobs, then the manifest under its tag', async () => {
    const server = await start();
    const { request, opened } = pushOf([amd64], [`${server.host}/team/app:1`]);
    const result = await pushImages(registry, request);
    expect(result.descriptor).toEqual(amd64.manifest.descriptor);
    expect(result.pushed).toEqual([`${server.host}/team/app:1`]);
    const repo = server.repo('team/app');
    expect(repo.tags.get('1')).toBe(amd64.manifest.descriptor.digest);
    expect([...repo.blobs.keys()].sort()).toEqual(
      [...amd64.blobs.keys(), amd64.config.descriptor.digest].sort(),
    );
    expect(opened).toHaveLength(2);
    const sizes = [...repo.blobs.values(), amd64.manifest.bytes].map(({ length }) => length);
    expect(result.bytesSent).toBe(sizes.reduce((sum, size) => sum + size));
    expect(result.bytesSkipped).toBe(0);
    expect(server.requests.at(-1)?.path).toBe('/v2/team/app/manifests/1');
  });

  test('again: nothing is opened', async () => {
    const server = await start();
    await pushImages(registry, pushOf([amd64], [`${server.host}/team/app:1`]).request);
    const { request, opened } = pushOf([amd64], [`${server.host}/team/app:2`]);
    const result = await pushImages(registry, request);
    expect(opened).toEqual([]);
    expect(result.bytesSent).toBe(amd64.manifest.bytes.length);
    expect(server.count('PUT', /blobs/)).toBe(3);
  });

  test('several tags of one repository', async () => {
    const server = await start();
    const names = ['1', '1.2', 'latest'].map((tag) => `${server.host}/team/app:${tag}`);
    const result = await pushImages(registry, pushOf([amd64], names).request);
    expect(result.pushed).toEqual(names);
    expect([...server.repo('team/app').tags.keys()].sort()).toEqual(['1', '1.2', 'latest']);
    expect(server.count('PUT', /blobs/)).toBe(3);
  });

  test('without a tag it is pushed by digest', async () => {
    const server = await start();
    await pushImages(registry, pushOf([amd64], [`${server.host}/team/app`]).request);
    expect(server.repo('team/app').tags.size).toBe(0);
    expect([...server.repo('team/app').manifests.keys()]).toEqual([amd64.manifest.descriptor.digest]);
  });

  test('a base layer is mounted from where it was pulled, and not opened', async () => {
    const server = await start();
    const [base] = amd64.image.layers;
    server.addBlob('library/base', amd64.blobs.get(base?.descriptor.digest ?? '') ?? Buffer.alloc(0));
    const layers = amd64.image.layers.map(
      (layer, index): Layer =>
        index === 0
          ? {
              ...layer,
              sources: [
                { host: 'docker.io', path: 'library/other' },
                { host: server.host, path: 'library/base' },
              ],
            }
          : layer,
    );
    const image: SampleImage = { ...amd64, image: { ...amd64.image, layers } };
    const { request, opened } = pushOf([image], [`${server.host}/team/app:1`]);
    const result = await pushImages(registry, request);
    expect(opened).toEqual([amd64.image.layers[1]?.descriptor.digest]);
    expect(result.bytesSkipped).toBe(base?.descriptor.size);
  });

  test('two repositories of one host: the second mounts from the first', async () => {
    const server = await start();
    const { request, opened } = pushOf([amd64], [`${server.host}/team/app:1`, `${server.host}/mirror/app:1`]);
    await pushImages(registry, request);
    expect(opened).toHaveLength(2);
    expect(server.repo('mirror/app').tags.get('1')).toBe(amd64.manifest.descriptor.digest);
  });

  test('nothing to push to', async () => {
    await expect(pushImages(registry, pushOf([amd64], []).request)).rejects.toMatchObject({
      kind: 'user',
      code: 'NO_REFERENCE',
    });
  });
});

describe('an index', () => {
  const index = sampleIndex([amd64, arm64]);

  test('a layer that both have is sent once; manifests go before the index', async () => {
    const server = await start();
    const { request, opened } = pushOf([amd64, arm64], [`${server.host}/team/app:1`], { index });
    const result = await pushImages(registry, request);
    expect(result.descriptor).toEqual(index.descriptor);
    expect(opened).toHaveLength(3);
    const puts = server.requests.filter(({ method, path }) => method === 'PUT' && path.includes('manifests'));
    expect(puts.map(({ path }) => path.split('/').at(-1))).toEqual([
      amd64.manifest.descriptor.digest,
      arm64.manifest.descriptor.digest,
      '1',
    ]);
  });

  test('several images without an index are a fault of ours', async () => {
    await expect(pushImages(registry, pushOf([amd64, arm64], ['x/y:1']).request)).rejects.toMatchObject({
      kind: 'bug',
    });
  });
});

describe('several registries', () => {
  test('no tag is set anywhere before all blobs are everywhere', async () => {
    const [one, two] = [await start(), await start()];
    two.inject({ method: 'PUT', path: /blobs/, status: 403, times: 99 });
    const { request } = pushOf([amd64], [`${one.host}/a:1`, `${two.host}/b:1`]);
    await expect(pushImages(registry, request)).rejects.toMatchObject({ code: 'DENIED' });
    expect(one.count('PUT', /manifests/)).toBe(0);
  });

  test('fail-on all: the others go on, and the failure is told', async () => {
    const [one, two] = [await start(), await start()];
    one.inject({ method: 'POST', path: /uploads/, status: 403, times: 99 });
    const { request } = pushOf([amd64], [`${one.host}/a:1`, `${two.host}/b:1`], { failOn: 'all' });
    const result = await pushImages(registry, request);
    expect(result.pushed).toEqual([`${two.host}/b:1`]);
    expect(result.failed).toHaveLength(1);
    expect(result.failed[0]?.references).toEqual([`${one.host}/a:1`]);
    expect(result.failed[0]?.error).toMatchObject({ code: 'DENIED' });
  });

  test('fail-on all: all fail', async () => {
    const one = await start();
    one.inject({ method: 'PUT', path: /manifests/, status: 403, times: 99 });
    const { request } = pushOf([amd64], [`${one.host}/a:1`], { failOn: 'all' });
    await expect(pushImages(registry, request)).rejects.toMatchObject({ code: 'DENIED' });
  });
});

describe('skip-unchanged', () => {
  test('a tag that is right already costs one HEAD', async () => {
    const server = await start();
    const name = `${server.host}/team/app:1`;
    await pushImages(registry, pushOf([amd64], [name]).request);
    const before = server.requests.length;
    const result = await pushImages(registry, pushOf([amd64], [name], { skipUnchanged: true }).request);
    expect(server.log().slice(before)).toEqual(['HEAD /v2/team/app/manifests/1 200']);
    expect(result).toMatchObject({ pushed: [name], unchanged: [name], bytesSent: 0, bytesSkipped: 0 });
  });

  test('a tag with another image is set', async () => {
    const server = await start();
    const names = ['1', '2'].map((tag) => `${server.host}/team/app:${tag}`);
    await pushImages(registry, pushOf([amd64], names.slice(0, 1)).request);
    await pushImages(registry, pushOf([arm64], names.slice(1)).request);
    const result = await pushImages(registry, pushOf([amd64], names, { skipUnchanged: true }).request);
    expect(result.unchanged).toEqual([names[0]]);
    expect(server.repo('team/app').tags.get('2')).toBe(amd64.manifest.descriptor.digest);
  });
});

test('an abort ends the push with its reason', async () => {
  const server = await start();
  server.inject({ method: 'HEAD', path: /blobs/, delay: 300, times: 9 });
  const controller = new AbortController();
  const work = pushImages(
    registry,
    pushOf([amd64], [`${server.host}/team/app:1`], { signal: controller.signal }).request,
  );
  setTimeout(() => controller.abort(new TypeError('stopped')), 30);
  await expect(work).rejects.toThrow('stopped');
  expect(server.count('PUT', /manifests/)).toBe(0);
});
