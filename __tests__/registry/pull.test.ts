import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { BuildError } from '../../src/base/errors.ts';
import type { ContentStore } from '../../src/image/content-store.ts';
import { MediaType } from '../../src/image/media-types.ts';
import { parsePlatform } from '../../src/image/platform.ts';
import { parseReference } from '../../src/image/reference.ts';
import { memoryStore } from '../../src/image/store/memory.ts';
import { createRegistry } from '../../src/registry/http/client.ts';
import { type ResolvedImage, resolveImage } from '../../src/registry/pull.ts';
import { RegistryServer } from '../support/registry-server.ts';
import { type SampleImage, sampleImage } from '../support/sample-image.ts';

let server: RegistryServer;
beforeEach(async () => {
  server = await RegistryServer.start();
});
afterEach(() => server[Symbol.asyncDispose]());

const registry = createRegistry({ credentials: { find: async () => undefined }, retry: { firstDelay: 1 } });

function resolve(name: string, platform = 'linux/amd64'): Promise<ResolvedImage> {
  return resolveImage(registry, parseReference(`${server.host}/${name}`), parsePlatform(platform));
}

async function failure(work: Promise<unknown>): Promise<BuildError> {
  return work.then(
    () => expect('an error').toBe('thrown') as never,
    (error: BuildError) => error,
  );
}

/** Puts an image there, without its layers' bytes. */
function add(path: string, image: SampleImage, tag?: string): void {
  server.addBlob(path, image.config.bytes);
  server.addManifest(
    path,
    image.manifest.descriptor.mediaType,
    Buffer.from(image.manifest.bytes).toString(),
    tag,
  );
}

function addIndex(
  path: string,
  manifests: readonly unknown[],
  tag: string,
  mediaType: string = MediaType.ociIndex,
) {
  return server.addManifest(path, mediaType, { schemaVersion: 2, mediaType, manifests }, tag);
}

function entry(image: SampleImage, withPlatform = true): object {
  return { ...image.manifest.descriptor, ...(withPlatform ? { platform: image.image.platform } : {}) };
}

const amd64 = sampleImage({ tars: [Buffer.from('one'), Buffer.from('two')] });
const arm64 = sampleImage({ platform: { os: 'linux', architecture: 'arm64' }, tars: [Buffer.from('arm')] });
const armv6 = sampleImage({
  platform: { os: 'linux', architecture: 'arm', variant: 'v6' },
  tars: [Buffer.from('v6')],
});
const attestation = {
  ...arm64.config.descriptor,
  mediaType: MediaType.ociManifest,
  platform: { os: 'unknown', architecture: 'unknown' },
};

describe('a single image', () => {
  test.each([true, false])('docker media types: %s', async (docker) => {
    const image = sampleImage({ tars: [Buffer.from('x')], docker });
    add('app', image, 'latest');
    const resolved = await resolve('app');
    expect(resolved.manifest.descriptor.digest).toBe(image.manifest.descriptor.digest);
    expect(Buffer.from(resolved.config.bytes)).toEqual(image.config.bytes);
    expect(resolved.reference).toBe(`${server.host}/app@${image.manifest.descriptor.digest}`);
    expect(resolved.platform).toEqual({ os: 'linux', architecture: 'amd64' });
    const repository = { host: server.host, path: 'app' };
    expect(resolved.repository).toEqual(repository);
    expect(resolved.image.layers).toEqual(
      image.image.layers.map((layer) => ({ ...layer, sources: [repository] })),
    );
    expect(resolved.image.config.config.Cmd).toEqual(['sh']);
  });

  test('no layer is asked for', async () => {
    add('app', amd64, 'v1');
    await resolve('app:v1');
    expect(server.log()).toEqual([
      'GET /v2/ 200',
      'GET /v2/app/manifests/v1 200',
      `GET /v2/app/blobs/${amd64.config.descriptor.digest} 200`,
    ]);
  });

  test('by digest, the tag beside it is not asked for', async () => {
    add('app', amd64);
    await resolve(`app:moved@${amd64.manifest.descriptor.digest}`);
    expect(server.count('GET', /moved/)).toBe(0);
  });

  test('of another platform it is taken, and the result says so', async () => {
    add('app', arm64, 'latest');
    expect((await resolve('app')).platform.architecture).toBe('arm64');
  });
});

describe('an index', () => {
  beforeEach(() => {
    for (const image of [amd64, arm64, armv6]) add('app', image);
  });

  test.each([
    ['linux/amd64', amd64],
    ['linux/arm64', arm64],
    ['linux/arm/v7', armv6],
  ])('gives the image for %s', async (platform, image) => {
    const top = addIndex('app', [attestation, entry(armv6), entry(amd64), entry(arm64)], 'v1');
    const resolved = await resolve('app:v1', platform);
    expect(resolved.manifest.descriptor.digest).toBe(image.manifest.descriptor.digest);
    expect(resolved.source.digest).toBe(top.digest);
  });

  test('as a Docker manifest list', async () => {
    addIndex('app', [entry(amd64)], 'v1', MediaType.dockerList);
    expect((await resolve('app:v1')).image.platform.architecture).toBe('amd64');
  });

  test('without the platform tells what there is, attestations left out', async () => {
    addIndex('app', [entry(arm64), entry(armv6), attestation], 'v1');
    const error = await failure(resolve('app:v1', 'linux/s390x'));
    expect(error).toMatchObject({ kind: 'user', code: 'PLATFORM_NOT_FOUND' });
    expect(error.message).toBe(`${server.host}/app:v1 has no image for linux/s390x`);
    expect(error.hint).toBe('It has linux/arm64, linux/arm/v6.');
  });

  test('whose entries do not tell their platform is looked into', async () => {
    addIndex('app', [entry(arm64, false), entry(amd64, false)], 'v1');
    expect((await resolve('app:v1')).manifest.descriptor.digest).toBe(amd64.manifest.descriptor.digest);
    const error = await failure(resolve('app:v1', 'linux/s390x'));
    expect(error.hint).toBe('It has linux/arm64, linux/amd64.');
  });

  test('in an index', async () => {
    const inner = addIndex('app', [entry(amd64)], 'inner');
    const other = addIndex('app', [entry(arm64)], 'other');
    addIndex(
      'app',
      [other, inner].map((part) => ({ mediaType: MediaType.ociIndex, ...part })),
      'v1',
    );
    expect((await resolve('app:v1')).image.platform.architecture).toBe('amd64');
  });

  test('that is empty', async () => {
    addIndex('app', [], 'v1');
    expect((await failure(resolve('app:v1'))).hint).toBe('Its index holds no image.');
  });
});

describe('with a store', () => {
  function resolveWith(store: ContentStore, name: string): Promise<ResolvedImage> {
    return resolveImage(registry, parseReference(`${server.host}/${name}`), parsePlatform('linux/amd64'), {
      store,
    });
  }

  test('an image that is known costs one HEAD, one named by digest nothing', async () => {
    const store = memoryStore();
    for (const image of [amd64, arm64]) add('app', image);
    const top = addIndex('app', [entry(arm64), entry(amd64)], 'v1');
    const first = await resolveWith(store, 'app:v1');
    expect(server.log()).toEqual([
      'GET /v2/ 200',
      'GET /v2/app/manifests/v1 200',
      `GET /v2/app/manifests/${amd64.manifest.descriptor.digest} 200`,
      `GET /v2/app/blobs/${amd64.config.descriptor.digest} 200`,
    ]);
    server.requests.length = 0;
    expect(await resolveWith(store, 'app:v1')).toEqual(first);
    expect(server.log()).toEqual(['HEAD /v2/app/manifests/v1 200']);
    await resolveWith(store, `app@${top.digest}`);
    expect(server.requests).toHaveLength(1);
  });

  test('another image of the same digest is found by it', async () => {
    const store = memoryStore();
    add('app', amd64, 'v1');
    await resolveWith(store, 'app:v1');
    add('other', amd64, 'v2');
    server.requests.length = 0;
    expect((await resolveWith(store, 'other:v2')).repository.path).toBe('other');
    expect(server.log()).toEqual(['HEAD /v2/other/manifests/v2 200']);
  });

  test('a tag that has moved is followed', async () => {
    const store = memoryStore();
    add('app', amd64, 'v1');
    await resolveWith(store, 'app:v1');
    add('app', arm64, 'v1');
    expect((await resolveWith(store, 'app:v1')).platform.architecture).toBe('arm64');
  });

  test('a store that fails or lies is not relied upon', async () => {
    add('app', amd64, 'v1');
    const store: ContentStore = {
      ...memoryStore(),
      stat: async () => 5,
      open: async () => Readable.from([Buffer.from('wrong')]),
      put: () => Promise.reject(new TypeError('no space')),
    };
    expect((await resolveWith(store, 'app:v1')).manifest.descriptor).toEqual(amd64.manifest.descriptor);
  });

  describe('and documents that somebody else kept', () => {
    const platform = parsePlatform('linux/amd64');
    let asked: string[];
    let kept: Uint8Array[];
    beforeEach(() => {
      asked = [];
      kept = [];
      for (const image of [amd64, arm64]) add('app', image);
      addIndex('app', [entry(arm64), entry(amd64)], 'v1');
    });

    function resolveKnown(name: string, store = memoryStore()): Promise<ResolvedImage> {
      const documents = async (source: string): Promise<readonly Uint8Array[]> => {
        asked.push(source);
        return kept;
      };
      return resolveImage(registry, parseReference(`${server.host}/${name}`), platform, { store, documents });
    }

    test('an empty store costs one HEAD for a tag, and nothing for a digest', async () => {
      const first = await resolveKnown('app:v1');
      expect(first.documents).toHaveLength(3);
      expect(Buffer.from(first.documents[1] ?? [])).toEqual(Buffer.from(amd64.manifest.bytes));
      // In any order, among others.
      kept = [Buffer.from('{}'), ...first.documents.toReversed()];
      server.requests.length = 0;
      const store = memoryStore();
      expect(await resolveKnown('app:v1', store)).toEqual(first);
      expect(server.log()).toEqual(['HEAD /v2/app/manifests/v1 200']);
      expect(await resolveKnown(`app@${first.source.digest}`)).toEqual(first);
      expect(server.requests).toHaveLength(1);
      // What was found is in the store from then on.
      expect(await resolveKnown('app:v1', store)).toEqual(first);
      expect(asked).toEqual(Array(3).fill(first.source.digest));
    });

    test('what is missing comes from the registry, what is another is not taken', async () => {
      const first = await resolveKnown('app:v1');
      const [index, manifest, config] = first.documents.map((bytes) => Buffer.from(bytes));
      const evil = Buffer.from(String(config).replace('"sh"', '"su"'));
      const { digest } = amd64.manifest.descriptor;
      const blob = `GET /v2/app/blobs/${amd64.config.descriptor.digest} 200`;
      for (const [given, expected] of [
        [
          [index, evil],
          [`GET /v2/app/manifests/${digest} 200`, blob],
        ],
        [[index, manifest, evil], [blob]],
        [[manifest, config], [`GET /v2/app/manifests/${first.source.digest} 200`]],
      ] as const) {
        kept = given.flatMap((bytes) => bytes ?? []);
        server.requests.length = 0;
        expect(await resolveKnown('app:v1')).toEqual(first);
        expect(server.log()).toEqual(['HEAD /v2/app/manifests/v1 200', ...expected]);
      }
    });

    test('a tag that is not there is told as ever, and nobody is asked', async () => {
      expect(await failure(resolveKnown('app:nope'))).toMatchObject({ code: 'NOT_FOUND' });
      expect(asked).toEqual([]);
    });
  });

  test('a digest of a tag that the registry itself does not know: the tag is asked', async () => {
    add('app', amd64, 'v1');
    server.inject({
      method: 'HEAD',
      path: /manifests/,
      status: 200,
      headers: {
        'docker-content-digest': `sha256:${'0'.repeat(64)}`,
        'content-type': MediaType.ociManifest,
        'content-length': '5',
      },
    });
    const store = memoryStore();
    // One that is empty is only filled.
    await store.put(Readable.from([Buffer.from('{}')]));
    const found = await resolveWith(store, 'app:v1');
    expect(found.manifest.descriptor.digest).toBe(amd64.manifest.descriptor.digest);
  });

  test('a tag that is not there', async () => {
    expect(await failure(resolveWith(memoryStore(), 'app:nope'))).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('what is refused', () => {
  test('schema 1', async () => {
    server.addManifest(
      'app',
      'application/vnd.docker.distribution.manifest.v1+prettyjws',
      { schemaVersion: 1, name: 'app', tag: 'v1', fsLayers: [] },
      'v1',
    );
    expect(await failure(resolve('app:v1'))).toMatchObject({ kind: 'user', code: 'OLD_MANIFEST' });
  });

  test('something else than an image', async () => {
    const config = server.addBlob('app', Buffer.from('{}'));
    server.addManifest(
      'app',
      MediaType.ociManifest,
      {
        schemaVersion: 2,
        config: { mediaType: 'application/vnd.cncf.helm.config.v1+json', ...config },
        layers: [],
      },
      'v1',
    );
    expect(await failure(resolve('app:v1'))).toMatchObject({
      kind: 'remote',
      code: 'BAD_MANIFEST',
      message: expect.stringContaining('rootfs'),
    });
  });

  test('a config whose bytes are others', async () => {
    add('app', amd64, 'v1');
    server.inject({ path: /blobs/, corrupt: true });
    expect((await failure(resolve('app:v1'))).message).toContain('other bytes');
  });

  test('a config that is huge', async () => {
    server.addManifest(
      'app',
      MediaType.ociManifest,
      { schemaVersion: 2, config: { ...amd64.config.descriptor, size: 1e9 }, layers: [] },
      'v1',
    );
    expect((await failure(resolve('app:v1'))).code).toBe('BAD_MANIFEST');
    expect(server.count('GET', /blobs/)).toBe(0);
  });

  test('a name that is not there', async () => {
    const error = await failure(resolve('app:nope'));
    expect(error).toMatchObject({ kind: 'remote', code: 'NOT_FOUND' });
    expect(error.message).toContain(`${server.host}/app`);
  });
});
