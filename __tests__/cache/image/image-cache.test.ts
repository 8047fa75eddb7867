import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { BuildError } from '../../../src/base/errors.ts';
import { imageReader } from '../../../src/cache/backends/image.ts';
import { openRegistryImport, type RegistryImportOptions } from '../../../src/cache/backends/registry.ts';
import type { BuildCache } from '../../../src/cache/build-cache.ts';
import {
  decodeInlineKeys,
  encodeInlineKeys,
  INLINE_ANNOTATION,
  type InlineKey,
} from '../../../src/cache/inline-keys.ts';
import { chainIdOf, digestOf, parseDiffId } from '../../../src/image/digest.ts';
import { serialiseImage, serialiseIndex } from '../../../src/image/manifest.ts';
import type { Image, Platform, RawBlob } from '../../../src/image/types.ts';
import { createRegistry } from '../../../src/registry/http/client.ts';
import type { Registry } from '../../../src/registry/registry.ts';
import { bytesOf, keyFor } from '../../support/cache-records.ts';
import { RegistryServer } from '../../support/registry-server.ts';

const AMD64: Platform = { os: 'linux', architecture: 'amd64' };
const ARM64: Platform = { os: 'linux', architecture: 'arm64' };
const repository = { host: '', path: 'team/app' };

let server: RegistryServer;
let registry: Registry;

beforeEach(async () => {
  server = await RegistryServer.start();
  registry = createRegistry({ credentials: { find: async () => undefined }, retry: { firstDelay: 1 } });
  repository.host = server.host;
});
afterEach(() => server[Symbol.asyncDispose]());

/** A base layer and two of our own. */
const LAYERS = ['base', 'copied', 'made'].map((name) => ({
  bytes: Buffer.from(`layer ${name}`),
  diffId: parseDiffId(digestOf(`files of ${name}`)),
}));
const KEYS: readonly InlineKey[] = [
  { key: keyFor('COPY'), anywhere: true },
  { key: keyFor('RUN'), anywhere: false },
];

function sampleImage(annotation: string | undefined, platform = AMD64): Image {
  const time = (i: number): string => `2026-01-0${i + 1}T00:00:00Z`;
  return {
    platform,
    config: {
      ...platform,
      config: {},
      rootfs: { type: 'layers', diff_ids: LAYERS.map(({ diffId }) => diffId) },
      history: [
        { created: time(0), created_by: 'base' },
        { created: time(1), created_by: 'COPY' },
        { created: time(1), created_by: 'ENV', empty_layer: true },
        { created: time(2), created_by: 'RUN' },
      ],
    },
    layers: LAYERS.map(({ bytes, diffId }) => ({
      descriptor: {
        mediaType: 'application/vnd.oci.image.layer.v1.tar',
        digest: digestOf(bytes),
        size: bytes.length,
      },
      diffId,
      sources: [],
    })),
    ...(annotation === undefined ? {} : { annotations: { [INLINE_ANNOTATION]: annotation } }),
  };
}

function push(image: Image, tag?: string): RawBlob {
  const { manifest, config } = serialiseImage(image);
  for (const bytes of [...LAYERS.map((layer) => layer.bytes), config.bytes])
    server.addBlob('team/app', bytes);
  const { mediaType } = manifest.descriptor;
  server.addManifest('team/app', mediaType, Buffer.from(manifest.bytes).toString(), tag);
  return manifest;
}

const onNotice = jest.fn<(message: string, isFailure: boolean) => void>();
beforeEach(() => {
  onNotice.mockClear();
});

function open(options: Partial<RegistryImportOptions> = {}, platforms = [AMD64]): Promise<BuildCache> {
  const readers = [imageReader(platforms)];
  return openRegistryImport({
    registry,
    repository,
    tag: '1',
    absence: 'failure',
    readers,
    onNotice,
    ...options,
  });
}

function told(): readonly string[] {
  return onNotice.mock.calls.map(([message]) => message);
}

test('the last layers are the results of the steps that the manifest names', async () => {
  push(sampleImage(encodeInlineKeys(KEYS)), '1');
  const cache = await open();
  expect([cache.writable, cache.name]).toEqual([false, `registry ${server.host}/team/app:1`]);
  const [copied, made] = await Promise.all(KEYS.map(({ key }) => cache.lookup(key, 'step')));
  const [base, copy, run] = LAYERS;
  expect(copied?.record).toMatchObject({
    key: KEYS[0]?.key,
    createdAt: '2026-01-02T00:00:00Z',
    layer: { diffId: copy?.diffId, sources: [repository] },
  });
  expect(copied?.record).not.toHaveProperty('parent');
  expect(made?.record).toMatchObject({
    parent: chainIdOf([base!.diffId, copy!.diffId]),
    createdAt: '2026-01-03T00:00:00Z',
  });
  expect(await cache.lookup(keyFor('another'), 'step')).toEqual({});
  const { descriptor } = made!.record!.layer!;
  expect(await cache.hasBlob(descriptor.digest)).toBe(true);
  expect((await bytesOf(await cache.openBlob(descriptor)))?.equals(run!.bytes)).toBe(true);
  // Not a layer of ours: not ours to give.
  expect(await cache.hasBlob(digestOf(base!.bytes))).toBe(false);
  expect(await cache.finish()).toMatchObject({ held: { records: 2 }, recordsSaved: 0, failures: [] });
  expect(told()).toEqual([]);
});

test('of an index, the images of the platforms that are built', async () => {
  const [amd64, arm64] = [AMD64, ARM64].map((platform, i) => {
    return push(sampleImage(encodeInlineKeys([{ key: keyFor(`p${i}`), anywhere: false }]), platform));
  });
  const index = serialiseIndex([
    { ...amd64!.descriptor, platform: AMD64 },
    { ...arm64!.descriptor, platform: ARM64 },
  ]);
  server.addManifest('team/app', index.descriptor.mediaType, Buffer.from(index.bytes).toString(), '1');
  server.requests.length = 0;
  const one = await open();
  expect((await one.lookup(keyFor('p0'), '')).record).toBeDefined();
  expect((await one.lookup(keyFor('p1'), '')).record).toBeUndefined();
  // Index, manifest, config.
  expect(server.requests.filter(({ path }) => path.startsWith('/v2/team/'))).toHaveLength(3);
  const both = await open({}, [AMD64, ARM64, { os: 'linux', architecture: 's390x' }]);
  expect((await both.lookup(keyFor('p1'), '')).record).toBeDefined();
});

describe('what is no cache is one line', () => {
  test('an ordinary image', async () => {
    push(sampleImage(undefined), '1');
    const cache = await open();
    expect(await cache.lookup(KEYS[0]!.key, '')).toEqual({});
    expect(told()).toEqual([expect.stringContaining('There is no cache in')]);
    expect((await cache.finish()).failures).toEqual(told());
  });

  test('a name that is not there', async () => {
    await open();
    expect(told()).toEqual([`There is nothing in the cache ${server.host}/team/app:1`]);
  });

  test.each([
    ['no JSON', '{'],
    ['no list', '{"steps":1}'],
    ['no keys', '{"steps":[{"key":"x"}]}'],
    [
      'more steps than layers',
      encodeInlineKeys(Array.from({ length: 4 }, (_, i) => ({ key: keyFor(`${i}`), anywhere: false }))),
    ],
  ])('an annotation with %s', async (_, annotation) => {
    push(sampleImage(annotation), '1');
    const cache = await open();
    expect(await cache.lookup(KEYS[0]!.key, '')).toEqual({});
    expect(told()[0]).toMatch(/is left out/);
  });

  test('an image, where only what is signed is believed', async () => {
    push(sampleImage(encodeInlineKeys(KEYS)), '1');
    const cache = await open({ secret: 'secret' });
    expect(await cache.lookup(KEYS[0]!.key, '')).toEqual({});
    expect(told()).toEqual([expect.stringContaining('not signed')]);
  });

  test('a layer that is gone', async () => {
    push(sampleImage(encodeInlineKeys(KEYS)), '1');
    const cache = await open();
    const { descriptor } = (await cache.lookup(KEYS[1]!.key, '')).record!.layer!;
    server.repo('team/app').blobs.delete(descriptor.digest);
    expect(await cache.hasBlob(descriptor.digest)).toBe(false);
    expect(await cache.openBlob(descriptor)).toBeUndefined();
    expect(cache.isUnsure?.(descriptor.digest)).toBe(false);
    expect(told()).toEqual([expect.stringContaining('cannot be downloaded')]);
  });
});

test('a layer that the registry could not be asked for is another thing than one that is gone', async () => {
  push(sampleImage(encodeInlineKeys(KEYS)), '1');
  jest
    .spyOn(registry, 'hasBlob')
    .mockRejectedValue(new BuildError({ kind: 'remote', code: 'UNAUTHORIZED', message: 'no' }));
  const cache = await open();
  const { digest } = (await cache.lookup(KEYS[1]!.key, '')).record!.layer!.descriptor;
  expect(cache.isUnsure?.(digest)).toBe(false);
  expect(await cache.hasBlob(digest)).toBe(false);
  expect(cache.isUnsure?.(digest)).toBe(true);
});

test('any keys come back as they were', () => {
  const key = fc.record({ key: fc.string().map(keyFor), anywhere: fc.boolean() });
  fc.assert(
    fc.property(fc.array(key), (keys) => {
      expect(decodeInlineKeys(encodeInlineKeys(keys))).toEqual(keys);
    }),
  );
});
