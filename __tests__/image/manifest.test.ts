import { describe, expect, test } from '@jest/globals';
import { digestOf, parseDiffId } from '../../src/image/digest.ts';
import { writeLayer } from '../../src/image/layer/write-layer.ts';
import { asOciLayer, serialiseImage, serialiseIndex } from '../../src/image/manifest.ts';
import { MediaType } from '../../src/image/media-types.ts';
import { appendLayer, emptyImage, withContainerConfig } from '../../src/image/mutate.ts';
import { imageFrom, parseImageConfig } from '../../src/image/parse-config.ts';
import { parseImageIndex, parseImageManifest, parseManifest } from '../../src/image/parse-manifest.ts';
import { memoryStore } from '../../src/image/store/memory.ts';
import type { Image, Layer } from '../../src/image/types.ts';
import { validateImage } from '../../src/image/validate.ts';
import { codeOf } from '../support/bytes.ts';
import { file, members } from '../support/entries.ts';

const platform = { os: 'linux', architecture: 'arm', variant: 'v7' };
const digest = digestOf('blob');
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

function layerNamed(name: string, mediaType: string = MediaType.ociLayerGzip): Layer {
  return {
    descriptor: { mediaType, digest: digestOf(name), size: name.length },
    diffId: parseDiffId(digestOf(`diff ${name}`)),
    sources: [{ host: 'r.example', path: 'app' }],
  };
}

function sample(): Image {
  const base = appendLayer(emptyImage(platform), layerNamed('one', MediaType.dockerLayerGzip), {
    created_by: 'COPY . /',
    empty_layer: true,
  });
  return withContainerConfig(
    appendLayer(base, layerNamed('two'), { created_by: 'RUN x' }),
    {
      Labels: { b: '2', a: '1' },
      Env: ['A=b'],
      Volumes: { '/v': {} },
      Healthcheck: { Retries: 3, Test: ['NONE'] },
    },
    { created_by: 'ENV A=b' },
  );
}

describe('writing', () => {
  test('manifest and config are OCI JSON with fields in one order', () => {
    const { config, manifest } = serialiseImage({ ...sample(), annotations: { z: '1', a: '2' } });
    expect(Buffer.from(config.bytes).toString()).toBe(
      '{"architecture":"arm","variant":"v7","os":"linux",' +
        '"config":{"Env":["A=b"],"Volumes":{"/v":{}},"Labels":{"a":"1","b":"2"},"Healthcheck":{"Test":["NONE"],"Retries":3}},' +
        `"rootfs":{"type":"layers","diff_ids":["${digestOf('diff one')}","${digestOf('diff two')}"]},` +
        '"history":[{"created_by":"COPY . /"},{"created_by":"RUN x"},{"created_by":"ENV A=b","empty_layer":true}]}',
    );
    expect(Buffer.from(manifest.bytes).toString()).toBe(
      `{"schemaVersion":2,"mediaType":"${MediaType.ociManifest}",` +
        `"config":{"mediaType":"${MediaType.ociConfig}","digest":"${config.descriptor.digest}","size":${config.bytes.length}},` +
        `"layers":[{"mediaType":"${MediaType.ociLayerGzip}","digest":"${digestOf('one')}","size":3},` +
        `{"mediaType":"${MediaType.ociLayerGzip}","digest":"${digestOf('two')}","size":3}],"annotations":{"a":"2","z":"1"}}`,
    );
    expect(manifest.descriptor).toEqual({
      mediaType: MediaType.ociManifest,
      digest: digestOf(manifest.bytes),
      size: manifest.bytes.length,
      platform,
    });
  });

  test('how an object was put together does not count', () => {
    const { config, layers } = sample();
    const turned = Object.fromEntries(Object.entries(config).reverse()) as unknown as Image['config'];
    const one = serialiseImage({ platform, config: turned, layers });
    expect(one.config.descriptor.digest).toBe(serialiseImage(sample()).config.descriptor.digest);
  });

  test('an index holds manifests with their platforms', () => {
    const { manifest } = serialiseImage(sample());
    const index = serialiseIndex([manifest.descriptor], { note: 'x' });
    expect(index.descriptor.mediaType).toBe(MediaType.ociIndex);
    expect(parseImageIndex(index.bytes, MediaType.ociIndex)).toEqual({
      kind: 'index',
      mediaType: MediaType.ociIndex,
      manifests: [manifest.descriptor],
      annotations: { note: 'x' },
    });
    expect(Buffer.from(index.bytes).toString()).toContain(
      '"platform":{"architecture":"arm","os":"linux","variant":"v7"}',
    );
  });

  test("Docker's layers become OCI's with the same bytes", () => {
    for (const [docker, oci] of [
      [MediaType.dockerLayer, MediaType.ociLayer],
      [MediaType.dockerLayerGzip, MediaType.ociLayerGzip],
      [MediaType.dockerForeignLayerGzip, MediaType.ociLayerGzip],
      [MediaType.ociLayerZstd, MediaType.ociLayerZstd],
    ] as const) {
      expect(asOciLayer({ mediaType: docker, digest, size: 1 })).toEqual({ mediaType: oci, digest, size: 1 });
    }
  });
});

describe('images are values', () => {
  test('appending makes a new one', () => {
    const before = sample();
    const copy = structuredClone(before);
    const after = appendLayer(before, layerNamed('three'), { created_by: 'x', empty_layer: true });
    expect(before).toEqual(copy);
    expect(after.layers).toHaveLength(3);
    expect(after.config.rootfs.diff_ids).toHaveLength(3);
    expect(after.config.history.at(-1)).toEqual({ created_by: 'x' });
  });

  test('what was written is what is read', () => {
    const image = sample();
    const { config, manifest } = serialiseImage(image);
    const back = imageFrom(parseImageManifest(manifest.bytes), parseImageConfig(config.bytes), {
      host: 'r.example',
      path: 'app',
    });
    expect(back).toEqual(image);
  });
});

const descriptor = { mediaType: MediaType.ociLayerGzip, digest, size: 7 };
const config = { mediaType: MediaType.ociConfig, digest, size: 2 };

describe('reading manifests', () => {
  test('Docker schema 2, with and without a type from outside', () => {
    const docker = json({
      schemaVersion: 2,
      mediaType: MediaType.dockerManifest,
      config,
      layers: [{ ...descriptor, urls: ['x'] }],
    });
    for (const type of [
      undefined,
      MediaType.dockerManifest,
      `${MediaType.dockerManifest}; charset=utf-8`,
      'application/json',
    ]) {
      expect(parseManifest(docker, type)).toEqual({
        kind: 'image',
        mediaType: MediaType.dockerManifest,
        config,
        layers: [descriptor],
      });
    }
    const list = json({
      schemaVersion: 2,
      mediaType: MediaType.dockerList,
      manifests: [
        { ...descriptor, platform: { os: 'linux', architecture: 'arm', variant: 'v6', features: ['x'] } },
      ],
    });
    expect(parseManifest(list)).toEqual({
      kind: 'index',
      mediaType: MediaType.dockerList,
      manifests: [{ ...descriptor, platform: { os: 'linux', architecture: 'arm', variant: 'v6' } }],
    });
  });

  test('without any type it goes by the fields', () => {
    expect(parseManifest(json({ schemaVersion: 2, config, layers: [] })).mediaType).toBe(
      MediaType.ociManifest,
    );
    expect(parseManifest(json({ schemaVersion: 2, manifests: [] })).mediaType).toBe(MediaType.ociIndex);
  });

  test.each<[string, unknown, string | undefined, string]>([
    ['schema 1', { schemaVersion: 1, fsLayers: [] }, undefined, 'OLD_MANIFEST'],
    ['no version', { config, layers: [] }, undefined, 'BAD_MANIFEST'],
    [
      'both kinds at once',
      { schemaVersion: 2, config, layers: [], manifests: [] },
      undefined,
      'BAD_MANIFEST',
    ],
    [
      'another type than it says',
      { schemaVersion: 2, mediaType: MediaType.ociManifest, config, layers: [] },
      MediaType.dockerManifest,
      'BAD_MANIFEST',
    ],
    [
      'an index that is called a manifest',
      { schemaVersion: 2, manifests: [] },
      MediaType.ociManifest,
      'UNKNOWN_MANIFEST_TYPE',
    ],
    [
      'another type of thing',
      { schemaVersion: 2, mediaType: 'application/vnd.x+json', config, layers: [] },
      undefined,
      'UNKNOWN_MANIFEST_TYPE',
    ],
    ['no config', { schemaVersion: 2, layers: [] }, undefined, 'BAD_MANIFEST'],
    [
      'a bad digest',
      { schemaVersion: 2, config: { ...config, digest: 'sha256:12' }, layers: [] },
      undefined,
      'BAD_MANIFEST',
    ],
    [
      'a bad size',
      { schemaVersion: 2, config: { ...config, size: -1 }, layers: [] },
      undefined,
      'BAD_MANIFEST',
    ],
    ['layers that are no list', { schemaVersion: 2, config, layers: {} }, undefined, 'BAD_MANIFEST'],
    ['a list', [], undefined, 'BAD_MANIFEST'],
    [
      'annotations that are no texts',
      { schemaVersion: 2, config, layers: [], annotations: { a: 1 } },
      undefined,
      'BAD_MANIFEST',
    ],
  ])('%s', async (_, value, type, code) => {
    expect(await codeOf(() => parseManifest(json(value), type))).toBe(code);
  });

  test('no JSON, no UTF-8, too much', async () => {
    for (const bytes of [
      Buffer.from('{'),
      Buffer.from([0x7b, 0xff, 0x7d]),
      Buffer.alloc(9 * 2 ** 20, 0x20),
    ]) {
      expect(await codeOf(() => parseManifest(bytes))).toBe('BAD_MANIFEST');
    }
  });

  test('the other kind than was asked for', async () => {
    expect(await codeOf(() => parseImageManifest(json({ schemaVersion: 2, manifests: [] })))).toBe(
      'BAD_MANIFEST',
    );
    expect(await codeOf(() => parseImageIndex(json({ schemaVersion: 2, config, layers: [] })))).toBe(
      'BAD_MANIFEST',
    );
  });
});

describe('reading configs', () => {
  const rootfs = { type: 'layers', diff_ids: [digest] };

  test("Docker's fields stay, null is missing", () => {
    const parsed = parseImageConfig(
      json({
        architecture: 'amd64',
        os: 'linux',
        docker_version: '20',
        container: null,
        config: {
          Hostname: 'h',
          Cmd: null,
          Env: ['A=b'],
          ExposedPorts: { '80/tcp': {} },
          Healthcheck: { Test: ['CMD', 'x'], Interval: 5 },
          OnBuild: null,
        },
        rootfs,
        history: null,
      }),
    );
    expect(parsed).toEqual({
      architecture: 'amd64',
      os: 'linux',
      docker_version: '20',
      config: {
        Hostname: 'h',
        Env: ['A=b'],
        ExposedPorts: { '80/tcp': {} },
        Healthcheck: { Test: ['CMD', 'x'], Interval: 5 },
      },
      rootfs,
      history: [],
    });
  });

  test('a config without a container config', () => {
    expect(parseImageConfig(json({ architecture: 'a', os: 'b', rootfs, config: null })).config).toEqual({});
  });

  test.each<[string, unknown]>([
    ['no root file system', { architecture: 'a', os: 'b' }],
    ['another root file system', { architecture: 'a', os: 'b', rootfs: { type: 'x' } }],
    ['a bad diffID', { architecture: 'a', os: 'b', rootfs: { type: 'layers', diff_ids: ['x'] } }],
    ['no architecture', { os: 'b', rootfs }],
    ['an environment that is no list', { architecture: 'a', os: 'b', rootfs, config: { Env: 'x' } }],
    ['a number for a text', { architecture: 'a', os: 'b', rootfs, config: { User: 5 } }],
    [
      'a negative duration',
      { architecture: 'a', os: 'b', rootfs, config: { Healthcheck: { Interval: -5 } } },
    ],
    ['a history of texts', { architecture: 'a', os: 'b', rootfs, history: ['x'] }],
  ])('%s', async (_, value) => {
    expect(await codeOf(() => parseImageConfig(json(value)))).toBe('BAD_MANIFEST');
  });

  test('another number of layers than the manifest has', async () => {
    const parsed = parseImageConfig(json({ architecture: 'a', os: 'b', rootfs }));
    expect(await codeOf(() => imageFrom({ kind: 'image', mediaType: '', config, layers: [] }, parsed))).toBe(
      'BAD_MANIFEST',
    );
  });
});

describe('validating', () => {
  const store = memoryStore();
  const build = async (): Promise<{ image: Image } & ReturnType<typeof serialiseImage>> => {
    const written = await writeLayer(members([file('a', 'x')]), store, { compression: { type: 'gzip' } });
    const image = appendLayer(
      emptyImage(platform),
      { descriptor: written.descriptor, diffId: written.diffId, sources: [] },
      { created_by: 'x' },
    );
    return { image, ...serialiseImage(image) };
  };
  const open = (layer: Layer) => store.open(layer.descriptor.digest);

  test('a good image is good', async () => {
    await validateImage(await build(), open);
    await validateImage(await build(), async () => undefined);
    await validateImage({ image: sample(), ...serialiseImage(sample()) });
  });

  test('all faults are told together', async () => {
    const good = await build();
    const other = serialiseImage(sample());
    const fault = async (change: object): Promise<string> => {
      try {
        await validateImage({ ...good, ...change }, open);
      } catch (error) {
        expect(error).toMatchObject({ code: 'IMAGE_INVALID' });
        return (error as Error).message;
      }
      return 'no fault';
    };
    expect(await fault({ config: other.config })).toMatch(/another config.*other diffIDs.*another history/s);
    expect(await fault({ manifest: other.manifest })).toMatch(/another config.*other layers/s);
    expect(
      await fault({ config: { ...good.config, bytes: Buffer.from(`${Buffer.from(good.config.bytes)} `) } }),
    ).toMatch(/bytes, not.*sha256/s);
    const { history, ...rest } = good.image.config;
    const doubled = { ...good.image, config: { ...rest, history: [...history, ...history] } };
    expect(await fault({ image: doubled, ...serialiseImage(doubled) })).toContain(
      'history tells of 2 layers',
    );
    const [layer] = good.image.layers;
    const wrong = {
      ...good.image,
      layers: [{ ...layer!, diffId: parseDiffId(digest) }],
      config: { ...good.image.config, rootfs: { type: 'layers' as const, diff_ids: [parseDiffId(digest)] } },
    };
    expect(await fault({ image: wrong, ...serialiseImage(wrong) })).toContain('unpacks to');
    const longer = { ...good.image, layers: [{ ...layer!, descriptor: { ...layer!.descriptor, size: 5 } }] };
    expect(await fault({ image: longer, ...serialiseImage(longer) })).toContain('bytes, not 5');
  });
});
