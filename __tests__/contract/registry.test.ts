import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { MediaType } from '../../src/image/media-types.ts';
import type { Descriptor, Repository } from '../../src/image/types.ts';
import type { CredentialSource } from '../../src/registry/credential-source.ts';
import { createRegistry } from '../../src/registry/http/client.ts';
import type { Registry } from '../../src/registry/registry.ts';
import { DockerRegistry, dockerRegistryMissing } from '../support/docker-registry.ts';
import { DEFAULT_PASSWORD, DEFAULT_USER, RegistryServer } from '../support/registry-server.ts';
import { rawBlob } from '../support/sample-image.ts';

const LOGIN = { username: DEFAULT_USER, password: DEFAULT_PASSWORD };

const credentials: CredentialSource = {
  find: async () => ({ credential: { type: 'password', ...LOGIN }, origin: 'the test' }),
};

interface Candidate {
  readonly name: string;
  readonly start: () => Promise<AsyncDisposable & { readonly host: string }>;
  readonly unavailable?: string | undefined;
  readonly guarded: boolean;
}

const candidates: readonly Candidate[] = [
  { name: 'double, open', start: () => RegistryServer.start(), guarded: false },
  { name: 'double, basic', start: () => RegistryServer.start({ auth: 'basic' }), guarded: true },
  {
    name: 'double, bearer',
    start: () => RegistryServer.start({ auth: 'bearer', anonymousPull: false }),
    guarded: true,
  },
  {
    name: 'double, bearer, no mounts, chunks, redirects',
    start: () =>
      RegistryServer.start({
        auth: 'bearer',
        anonymousPull: false,
        mounts: false,
        chunkedOnly: true,
        redirectBlobs: true,
        digestHeader: false,
      }),
    guarded: true,
  },
  {
    name: 'docker-registry, open',
    start: () => DockerRegistry.start(),
    unavailable: dockerRegistryMissing(),
    guarded: false,
  },
  {
    name: 'docker-registry, tokens',
    start: () => DockerRegistry.start({ login: LOGIN, by: 'token' }),
    unavailable: dockerRegistryMissing(),
    guarded: true,
  },
  {
    name: 'docker-registry, htpasswd',
    start: () => DockerRegistry.start({ login: LOGIN }),
    unavailable: dockerRegistryMissing(),
    guarded: true,
  },
];

describe.each(candidates)('Registry over $name', ({ start, unavailable, guarded }) => {
  const check =
    unavailable === undefined
      ? test
      : (name: string, _body: () => Promise<void>): void =>
          test.skip(`${name} (skipped: ${unavailable})`, () => undefined);

  let server: AsyncDisposable & { readonly host: string };
  let registry: Registry;
  let repository: Repository;
  let serial = 0;

  beforeAll(async () => {
    if (unavailable !== undefined) return;
    server = await start();
    registry = createRegistry({ credentials, retry: { firstDelay: 1 } });
    repository = { host: server.host, path: 'test/main' };
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  function blob(size: number): { bytes: Buffer; descriptor: Descriptor } {
    const bytes = randomBytes(size);
    return { bytes, descriptor: { mediaType: MediaType.ociLayer, digest: digestOf(bytes), size } };
  }

  function fresh(): Repository {
    serial += 1;
    return { host: server.host, path: `test/fresh-${serial}` };
  }

  async function* pieces(bytes: Buffer, size = 10_000): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
  }

  async function read(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of source) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  check('a blob comes back as it was pushed', async () => {
    const { bytes, descriptor } = blob(1_234_567);
    expect(await registry.hasBlob(repository, descriptor.digest)).toBe(false);
    expect(await registry.pushBlob(repository, descriptor, async () => pieces(bytes))).toBe('uploaded');
    expect(await registry.hasBlob(repository, descriptor.digest)).toBe(true);
    expect((await read(await registry.blob(repository, descriptor))).equals(bytes)).toBe(true);
  });

  check('a blob that is there is not opened', async () => {
    const { bytes, descriptor } = blob(1000);
    await registry.pushBlob(repository, descriptor, async () => pieces(bytes));
    let opened = 0;
    const outcome = await registry.pushBlob(repository, descriptor, async () => {
      opened += 1;
      return pieces(bytes);
    });
    expect([outcome, opened]).toEqual(['present', 0]);
  });

  check('an empty blob', async () => {
    const { bytes, descriptor } = blob(0);
    await registry.pushBlob(fresh(), descriptor, async () => pieces(bytes));
    const target = fresh();
    await registry.pushBlob(target, descriptor, async () => pieces(bytes));
    expect(await registry.hasBlob(target, descriptor.digest)).toBe(true);
  });

  check('a blob of another repository is mounted, or uploaded where that is not possible', async () => {
    const { bytes, descriptor } = blob(50_000);
    await registry.pushBlob(repository, descriptor, async () => pieces(bytes));
    const target = fresh();
    const outcome = await registry.pushBlob(target, descriptor, async () => pieces(bytes), {
      mountFrom: [
        { host: 'elsewhere.test', path: 'x' },
        { host: server.host, path: 'not/there' },
        repository,
      ],
    });
    expect(['mounted', 'uploaded']).toContain(outcome);
    expect((await read(await registry.blob(target, descriptor))).equals(bytes)).toBe(true);
  });

  check('bytes that do not match their digest are refused', async () => {
    const { bytes, descriptor } = blob(1000);
    const wrong = Buffer.from(bytes);
    wrong[17] = (wrong[17] ?? 0) ^ 1;
    const target = fresh();
    await expect(registry.pushBlob(target, descriptor, async () => pieces(wrong))).rejects.toMatchObject({
      kind: 'remote',
      code: 'REGISTRY_ERROR',
    });
    expect(await registry.hasBlob(target, descriptor.digest)).toBe(false);
  });

  check('a blob that is not there', async () => {
    const { descriptor } = blob(10);
    await expect(registry.blob(repository, descriptor)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  check('a manifest by tag and by digest, its descriptor, its tags', async () => {
    const target = fresh();
    const { bytes, descriptor } = blob(300);
    const config = rawBlob(MediaType.ociConfig, { architecture: 'amd64', os: 'linux', rootfs: {} });
    await registry.pushBlob(target, descriptor, async () => pieces(bytes));
    await registry.pushBlob(target, config.descriptor, async () => pieces(Buffer.from(config.bytes)));
    const manifest = rawBlob(MediaType.ociManifest, {
      schemaVersion: 2,
      mediaType: MediaType.ociManifest,
      config: config.descriptor,
      layers: [descriptor],
    });
    await registry.putManifest(target, manifest.descriptor.digest, manifest);
    expect(await registry.resolve(target, 'v1')).toBeUndefined();
    await registry.putManifest(target, 'v1', manifest);
    await registry.putManifest(target, 'v2', manifest);
    for (const reference of ['v1', manifest.descriptor.digest]) {
      const pulled = await registry.manifest(target, reference);
      expect(pulled.descriptor).toEqual(manifest.descriptor);
      expect(Buffer.from(pulled.bytes).equals(manifest.bytes)).toBe(true);
      expect(await registry.resolve(target, reference)).toEqual(manifest.descriptor);
    }
    expect([...(await registry.tags(target))].sort()).toEqual(['v1', 'v2']);
  });

  check('a manifest whose blobs are not there is refused', async () => {
    const config = rawBlob(MediaType.ociConfig, { never: 'pushed' });
    const manifest = rawBlob(MediaType.ociManifest, {
      schemaVersion: 2,
      mediaType: MediaType.ociManifest,
      config: config.descriptor,
      layers: [],
    });
    await expect(registry.putManifest(fresh(), 'v1', manifest)).rejects.toMatchObject({ kind: 'remote' });
  });

  check('names that are not there', async () => {
    await expect(registry.manifest(repository, 'no-such-tag')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(registry.tags({ host: server.host, path: 'no/such' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  check('whether one may push is found out without leaving anything', async () => {
    const target = fresh();
    await registry.checkPush?.(target);
    await expect(registry.tags(target)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  check('an abort ends a transfer with its reason', async () => {
    const { bytes, descriptor } = blob(3_000_000);
    const controller = new AbortController();
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, 1_000_000);
      controller.abort(new Error('enough'));
      await new Promise((resolve) => setTimeout(resolve, 20));
      yield bytes.subarray(1_000_000);
    }
    await expect(
      registry.pushBlob(repository, descriptor, async () => endless(), { signal: controller.signal }),
    ).rejects.toThrow('enough');
    expect(await registry.hasBlob(repository, descriptor.digest)).toBe(false);
  });

  check('a failing source is not retried', async () => {
    const { bytes, descriptor } = blob(3_000_000);
    let opened = 0;
    async function* broken(): AsyncGenerator<Uint8Array> {
      opened += 1;
      yield bytes.subarray(0, 1_000_000);
      throw new TypeError('the disk is gone');
    }
    await expect(registry.pushBlob(repository, descriptor, async () => broken())).rejects.toThrow(
      'the disk is gone',
    );
    expect(opened).toBe(1);
  });

  if (guarded) {
    check('without and with wrong credentials', async () => {
      const none = createRegistry({ credentials: { find: async () => undefined } });
      await expect(none.tags(repository)).rejects.toMatchObject({ kind: 'remote', code: 'UNAUTHORIZED' });
      await expect(none.checkPush?.(repository)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
      const secret = 'wrong-password-4711';
      const wrong = createRegistry({
        credentials: {
          find: async () => ({
            credential: { type: 'password', username: 'user', password: secret },
            origin: 'test',
          }),
        },
      });
      const error = await wrong.tags(repository).then(
        () => undefined,
        (thrown: Error & { hint?: string }) => thrown,
      );
      expect(error).toMatchObject({ code: 'UNAUTHORIZED' });
      const encoded = Buffer.from(`user:${secret}`).toString('base64');
      expect(`${error?.message} ${error?.hint} ${error?.stack}`).not.toContain(secret);
      expect(`${error?.message} ${error?.hint}`).not.toContain(encoded);
    });
  }
});
