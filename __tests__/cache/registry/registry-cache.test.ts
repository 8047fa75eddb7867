import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { openRegistryCache, type RegistryCacheOptions } from '../../../src/cache/backends/registry.ts';
import type { BuildCache, CacheReport } from '../../../src/cache/build-cache.ts';
import { digestOf } from '../../../src/image/digest.ts';
import { MediaType } from '../../../src/image/media-types.ts';
import type { Repository } from '../../../src/image/types.ts';
import { createRegistry } from '../../../src/registry/http/client.ts';
import type { Registry } from '../../../src/registry/registry.ts';
import { bytesOf, type SampleLayer, sampleLayer } from '../../support/cache-records.ts';
import { RegistryServer } from '../../support/registry-server.ts';

let server: RegistryServer;
let registry: Registry;
let repository: Repository;

beforeEach(async () => {
  server = await RegistryServer.start();
  registry = createRegistry({ credentials: { find: async () => undefined }, retry: { firstDelay: 1 } });
  repository = { host: server.host, path: 'team/app' };
});
afterEach(() => server[Symbol.asyncDispose]());

function open(options: Partial<RegistryCacheOptions> = {}): Promise<BuildCache> {
  return openRegistryCache({ registry, repository, tag: 'cache', ...options });
}

async function build(
  layers: readonly SampleLayer[],
  options?: Partial<RegistryCacheOptions>,
): Promise<CacheReport> {
  const cache = await open(options);
  for (const { record, open: bytes } of layers) cache.save(record, bytes);
  return cache.finish();
}

async function found(
  layers: readonly SampleLayer[],
  options?: Partial<RegistryCacheOptions>,
): Promise<boolean[]> {
  const cache = await open(options);
  const hits: boolean[] = [];
  for (const { record, bytes } of layers) {
    const hit = (await cache.lookup(record.key, record.step)).record !== undefined;
    const stream = hit ? await cache.openBlob(record.layer!.descriptor) : undefined;
    hits.push((await bytesOf(stream))?.equals(bytes) ?? false);
  }
  await cache.finish();
  return hits;
}

async function manifest(): Promise<{ layers: { digest: string; mediaType: string; size: number }[] }> {
  const { bytes } = await registry.manifest(repository, 'cache');
  return JSON.parse(Buffer.from(bytes).toString('utf8'));
}

const [tiny, big] = [
  sampleLayer('tiny', { size: 100 }),
  sampleLayer('big', { size: 200_000, entries: 4000 }),
];

describe('the manifest', () => {
  test('is a plain image manifest that names every blob of the cache, so that the registry keeps them', async () => {
    await build([tiny, big]);
    const { layers } = await manifest();
    expect(layers.map((layer) => layer.mediaType).sort()).toEqual([
      'application/vnd.oci.image.layer.v1.tar+gzip',
      'application/vnd.ts-image-build.layer-index.v1+gzip',
    ]);
    expect(layers.find((layer) => layer.digest === digestOf(big.bytes))?.size).toBe(200_000);
    for (const { digest } of layers) expect(await registry.hasBlob(repository, digest as never)).toBe(true);
  });

  test('has a placeholder when nothing needs a blob of its own', async () => {
    await build([tiny]);
    expect((await manifest()).layers).toEqual([
      { mediaType: 'application/vnd.oci.empty.v1+json', digest: digestOf('{}'), size: 2 },
    ]);
    expect(await found([tiny])).toEqual([true]);
  });
});

test('documents that a program left out which knows of none are written again', async () => {
  const { layer: _, ...record } = sampleLayer('documents').record;
  const documents = ['{}', '{"a":1}'];
  for (const each of [{ ...record, documents }, record, { ...record, documents }]) {
    const cache = await open();
    cache.save(each);
    await cache.finish();
  }
  expect((await (await open()).lookup(record.key, record.step)).record?.documents).toEqual(documents);
});

test('an unchanged build reads the manifest and the index, and writes nothing', async () => {
  await build([tiny, big]);
  server.requests.length = 0;
  const cache = await open();
  // Who pushes the image to the same registry can have the big one mounted; the tiny one is in the index.
  for (const [{ record }, more] of [
    [tiny, []],
    [big, [repository]],
  ] as const) {
    const { sources } = record.layer!;
    expect((await cache.lookup(record.key, record.step)).record?.layer).toEqual({
      ...record.layer,
      sources: [...sources, ...more],
    });
  }
  expect(await cache.finish()).toMatchObject({ bytesUploaded: 0, notices: [] });
  expect(server.requests.map(({ method, path }) => `${method} ${path.split('/').at(-2)}`)).toEqual([
    'GET manifests',
    'GET blobs',
  ]);
});

test('the upload of the index is begun with the first new record; one that is there already begins none', async () => {
  const first = await open();
  first.save(tiny.record, tiny.open);
  while (server.count('POST', /uploads/) === 0) await new Promise(setImmediate);
  await first.finish();
  // The other one is that of the placeholder.
  expect(server.count('POST', /uploads/)).toBe(2);
  server.requests.length = 0;
  const second = await open();
  second.save(tiny.record, tiny.open);
  await second.finish();
  expect(server.count('POST', /uploads/)).toBe(0);
});

test('a layer that the repository holds already is not uploaded', async () => {
  await registry.pushBlob(repository, big.record.layer!.descriptor, big.open);
  server.requests.length = 0;
  await build([{ ...big, record: { ...big.record, index: undefined! } }]);
  const sent = server.requests.filter(({ method }) => method === 'PUT' || method === 'PATCH');
  expect(sent.reduce((sum, { received }) => sum + received, 0)).toBeLessThan(10_000);
});

test.each([6, 26])('%d builds that end together keep the results of all', async (length) => {
  const layers = Array.from({ length }, (_, i) => sampleLayer(`l${i}`, { size: 50_000 }));
  const reports = await Promise.all(layers.map((layer) => build([layer])));
  expect(reports.flatMap((report) => report.notices)).toEqual([]);
  expect(await found(layers)).toEqual(layers.map(() => true));
});

test('a build whose records another build took over writes no more', async () => {
  const own = sampleLayer('own', { size: 100 });
  await build([own, big], { tag: 'both' });
  const both = await registry.manifest(repository, 'both');
  const put = registry.putManifest.bind(registry);
  let puts = 0;
  Object.assign(registry, {
    putManifest: async (...args: Parameters<Registry['putManifest']>) => {
      puts += 1;
      await put(...args);
      await put(repository, 'cache', both);
    },
  });
  await build([own]);
  expect(puts).toBe(1);
});

test('what was there before is written again where another build, which knew nothing of it, wrote over it', async () => {
  const [before, other, own] = ['before', 'other', 'own'].map((name) => sampleLayer(name, { size: 100 }));
  await build([other!], { tag: 'other' });
  const overwriting = await registry.manifest(repository, 'other');
  await build([before!]);
  const put = registry.putManifest.bind(registry);
  let puts = 0;
  Object.assign(registry, {
    putManifest: async (...args: Parameters<Registry['putManifest']>) => {
      puts += 1;
      await put(...args);
      if (puts === 1) await put(repository, 'cache', overwriting);
    },
  });
  await build([own!]);
  expect(puts).toBe(2);
  expect(await found([before!, other!, own!])).toEqual([true, true, true]);
});

test('builds at once, some of which stop between looking at the tag and writing it: no record is lost', async () => {
  const layers = Array.from({ length: 12 }, (_, i) => sampleLayer(`layer ${i}`, { size: 100 }));
  const othersDone = Promise.withResolvers<void>();
  const slow: Registry = {
    tags: registry.tags.bind(registry),
    manifest: registry.manifest.bind(registry),
    resolve: registry.resolve.bind(registry),
    blob: registry.blob.bind(registry),
    hasBlob: registry.hasBlob.bind(registry),
    pushBlob: registry.pushBlob.bind(registry),
    putManifest: async (...args: Parameters<Registry['putManifest']>) => {
      await othersDone.promise;
      return registry.putManifest(...args);
    },
  };
  const builds = await Promise.all(
    layers.map(async (layer, i) => {
      const cache = await open(i % 4 === 3 ? { registry: slow } : {});
      cache.save(layer.record, layer.open);
      return { cache, isSlow: i % 4 === 3 };
    }),
  );
  const flushed = builds.map(async ({ cache, isSlow }) => ({ isSlow, done: await cache.flush?.() }));
  await Promise.all(flushed.filter((_, i) => builds[i]?.isSlow === false));
  othersDone.resolve();
  await Promise.all(flushed);
  const reports = await Promise.all(builds.map(({ cache }) => cache.finish()));
  expect(reports.flatMap(({ notices }) => notices)).toEqual([]);
  expect(await found(layers)).toEqual(layers.map(() => true));
});

test.each([
  ['once more', 1000, 1],
  ['no more, as that was just now', 0, 0],
])('a build that ends after its index was written looks at it %s', async (_, later, times) => {
  const cache = await open();
  cache.save(tiny.record, tiny.open);
  await cache.flush?.();
  const looks = () => server.count('HEAD', /manifests/);
  const before = looks();
  const now = performance.now();
  const clock = jest.spyOn(performance, 'now').mockReturnValue(now + later);
  await cache.finish();
  clock.mockRestore();
  expect(looks() - before).toBe(times);
});

test('a tag that holds an image is left alone', async () => {
  const config = Buffer.from('{}');
  const descriptor = { mediaType: MediaType.ociConfig, digest: digestOf(config), size: config.length };
  await registry.pushBlob(repository, descriptor, async () =>
    (async function* () {
      yield config;
    })(),
  );
  const bytes = Buffer.from(
    JSON.stringify({ schemaVersion: 2, mediaType: MediaType.ociManifest, config: descriptor, layers: [] }),
  );
  const image = {
    descriptor: { mediaType: MediaType.ociManifest, digest: digestOf(bytes), size: bytes.length },
    bytes,
  };
  await registry.putManifest(repository, 'cache', image);
  const report = await build([tiny]);
  expect(report.recordsSaved).toBe(0);
  expect(report.notices.join('\n')).toContain('not a cache of this program');
  expect((await registry.resolve(repository, 'cache'))?.digest).toBe(image.descriptor.digest);
});

test('an index that is too big is not downloaded, says how to help, and is replaced by the next', async () => {
  await build([tiny]);
  const { config, ...rest } = JSON.parse(
    Buffer.from((await registry.manifest(repository, 'cache')).bytes).toString('utf8'),
  );
  const bytes = Buffer.from(JSON.stringify({ ...rest, config: { ...config, size: 17 * 1024 * 1024 } }));
  const descriptor = { mediaType: MediaType.ociManifest, digest: digestOf(bytes), size: bytes.length };
  await registry.putManifest(repository, 'cache', { descriptor, bytes });
  server.requests.length = 0;
  expect(await build([big])).toMatchObject({
    recordsSaved: 1,
    notices: [
      expect.stringMatching(/index in the cache .* is left out: it has more than 16 MiB\. A build that/),
    ],
  });
  expect(server.count('GET', /blobs\/sha256/)).toBe(0);
  expect(await found([big])).toEqual([true]);
});

test('a registry that refuses to write: one notice, no error', async () => {
  server.inject({ method: 'POST', path: /uploads/, status: 403, times: 100 });
  const report = await build([big, sampleLayer('other', { size: 300_000 })]);
  expect(report).toMatchObject({ recordsSaved: 0, bytesUploaded: 0 });
  expect(report.notices).toEqual([expect.stringContaining('Nothing is saved in the cache')]);
});

test('a registry that refuses to write says what to do about it', async () => {
  server.inject({ method: 'POST', path: /uploads/, status: 403, times: 100 });
  const report = await build([tiny]);
  expect(report.notices).toEqual([
    expect.stringMatching(/index could not be saved.*HTTP 403.*may not write to this repository\.$/),
  ]);
});

test.each([
  [415, ''],
  [400, '{"errors":[{"code":"MANIFEST_INVALID","message":"manifest invalid"}]}'],
  [405, '{"errors":[{"code":"UNSUPPORTED","message":"The operation is unsupported."}]}'],
])('a registry that takes no manifest of a cache (%d) says where caches can go', async (status, body) => {
  server.inject({ method: 'PUT', path: /manifests/, status, body, times: 100 });
  const { notices } = await build([tiny]);
  expect(notices).toEqual([
    expect.stringMatching(/index could not be saved.*HTTP 4.*takes no caches.*type=gha/),
  ]);
});

test('another refusal of the manifest is told without that advice', async () => {
  const body = '{"errors":[{"code":"TAG_INVALID","message":"no such tag"}]}';
  server.inject({ method: 'PUT', path: /manifests/, status: 400, body, times: 100 });
  const { notices } = await build([tiny]);
  expect(notices).toEqual([expect.not.stringContaining('takes no caches')]);
});

test('a registry whose HEAD tells another digest than its GET does not hold up the end of a build', async () => {
  await build([tiny]);
  server.inject({
    method: 'HEAD',
    path: /manifests/,
    times: 1000,
    status: 200,
    headers: {
      'docker-content-digest': `sha256:${'0'.repeat(64)}`,
      'content-type': MediaType.ociManifest,
      'content-length': '5',
    },
  });
  server.requests.length = 0;
  expect(await build([big])).toMatchObject({ recordsSaved: 1, notices: [] });
  expect(server.count('HEAD', /manifests/)).toBeLessThan(9);
  expect(await found([tiny, big])).toEqual([true, true]);
});

test('a registry that is not there: an empty cache with notices', async () => {
  const gone = { host: '127.0.0.1:1', path: 'team/app' };
  const cache = await open({ repository: gone });
  expect(await cache.lookup(tiny.record.key, tiny.record.step)).toEqual({
    reason: expect.stringMatching(/^not all of registry .*\/team\/app:cache could be read/),
  });
  cache.save(tiny.record, tiny.open);
  const report = await cache.finish();
  expect(report.recordsSaved).toBe(0);
  expect(report.notices[0]).toContain('Nothing could be read');
});

test('a damaged index is left out and replaced', async () => {
  await build([tiny, big]);
  server.inject({ method: 'GET', path: /blobs/, corrupt: true });
  const report = await build([tiny]);
  expect(report.notices).toEqual([expect.stringContaining('left out')]);
  expect(await found([tiny])).toEqual([true]);
});

test('a signed index is read with its secret alone', async () => {
  await build([tiny], { secret: 'one' });
  expect(await found([tiny], { secret: 'one' })).toEqual([true]);
  expect(await found([tiny], { secret: 'two', mode: 'read-only' })).toEqual([false]);
});

describe('machines whose clocks disagree', () => {
  const DAY = 86_400_000;
  async function buildOn(days: number, layers: readonly SampleLayer[]): Promise<void> {
    jest.useFakeTimers({
      now: Date.now() + days * DAY,
      doNotFake: [
        'hrtime',
        'nextTick',
        'performance',
        'queueMicrotask',
        'setImmediate',
        'setInterval',
        'setTimeout',
      ],
    });
    try {
      await build(layers);
    } finally {
      jest.useRealTimers();
    }
  }

  test.each([
    ['ahead', 400],
    ['behind', -400],
  ])('one that is far %s takes nothing from the others, and loses nothing to them', async (_, days) => {
    const [one, two, three] = [sampleLayer('one'), sampleLayer('two'), sampleLayer('three')];
    await buildOn(0, [one]);
    await buildOn(days, [two]);
    await buildOn(0, [three]);
    await buildOn(days + 1, []);
    expect(await found([one, two, three])).toEqual([true, true, true]);
  });
});
