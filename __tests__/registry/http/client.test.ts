import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { BuildError } from '../../../src/base/errors.ts';
import { digestOf } from '../../../src/image/digest.ts';
import { MediaType } from '../../../src/image/media-types.ts';
import { oneChunk } from '../../../src/image/one-chunk.ts';
import type { Descriptor, Repository } from '../../../src/image/types.ts';
import type { Credential, CredentialSource } from '../../../src/registry/credential-source.ts';
import { createRegistry } from '../../../src/registry/http/client.ts';
import type { RegistryOptions } from '../../../src/registry/http/registry-options.ts';
import type { Registry } from '../../../src/registry/registry.ts';
import {
  DEFAULT_PASSWORD,
  DEFAULT_USER,
  RegistryServer,
  type RegistryServerOptions,
} from '../../support/registry-server.ts';
import { rawBlob } from '../../support/sample-image.ts';

const nobody: CredentialSource = { find: async () => undefined };

function as(credential: Credential): CredentialSource {
  return { find: async () => ({ credential, origin: 'the test' }) };
}

const user = as({ type: 'password', username: DEFAULT_USER, password: DEFAULT_PASSWORD });

interface Setup {
  readonly server: RegistryServer;
  readonly registry: Registry;
  readonly repository: Repository;
  readonly notices: string[];
}

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server[Symbol.asyncDispose]();
});

async function setup(
  options: RegistryServerOptions = {},
  client: Partial<RegistryOptions> = {},
): Promise<Setup> {
  const server = await RegistryServer.start(options);
  open.push(server);
  const notices: string[] = [];
  const registry = createRegistry({
    credentials: nobody,
    retry: { firstDelay: 1 },
    onNotice: (message) => notices.push(message),
    ...client,
  });
  return { server, registry, repository: { host: server.host, path: 'team/app' }, notices };
}

function blob(size: number): { bytes: Buffer; descriptor: Descriptor } {
  const bytes = randomBytes(size);
  return { bytes, descriptor: { mediaType: MediaType.ociLayer, digest: digestOf(bytes), size } };
}

async function read(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function failure(work: Promise<unknown>): Promise<BuildError> {
  return work.then(
    () => expect('an error').toBe('thrown') as never,
    (error: BuildError) => error,
  );
}

const manifest = rawBlob(MediaType.ociManifest, {
  schemaVersion: 2,
  mediaType: MediaType.ociManifest,
  layers: [],
});

function seed({ server, repository }: Setup, tag = 'v1'): void {
  server.addManifest(repository.path, MediaType.ociManifest, Buffer.from(manifest.bytes).toString(), tag);
}

describe('signing in', () => {
  test('one token serves all requests of a scope, another scope needs another', async () => {
    const it = await setup({ auth: 'bearer' }, { credentials: user });
    seed(it);
    const { bytes, descriptor } = blob(10);
    await Promise.all([
      it.registry.manifest(it.repository, 'v1'),
      it.registry.resolve(it.repository, 'v1'),
      it.registry.tags(it.repository),
    ]);
    await it.registry.manifest(it.repository, 'v1');
    expect(it.server.count('GET', /^\/token/)).toBe(1);
    await it.registry.pushBlob(it.repository, descriptor, async () => oneChunk(bytes));
    await it.registry.putManifest(it.repository, 'v2', manifest);
    const scopes = it.server.requests
      .filter(({ server }) => server === 'token')
      .map(({ path }) => new URLSearchParams(path.split('?')[1]).getAll('scope'));
    expect(scopes).toEqual([['repository:team/app:pull'], ['repository:team/app:pull,push']]);
    expect(it.notices).toEqual([
      `${it.server.host}: pulling as user (the test)`,
      `${it.server.host}: pushing as user (the test)`,
    ]);
  });

  test('the first contact shows how, while the first request already opens a connection', async () => {
    const it = await setup({ auth: 'bearer' });
    seed(it);
    await it.registry.manifest(it.repository, 'v1');
    expect(it.server.log().slice(0, 2).sort()).toEqual(['GET /v2/ 401', 'GET /v2/team/app/manifests/v1 401']);
    expect(it.server.log().slice(2)).toEqual(['GET /token 200', 'GET /v2/team/app/manifests/v1 200']);
  });

  test('an expired token is renewed before it is used', async () => {
    const it = await setup({ auth: 'bearer', tokenLifetime: 1 });
    seed(it);
    await it.registry.manifest(it.repository, 'v1');
    await it.registry.manifest(it.repository, 'v1');
    expect(it.server.count('GET', /^\/token/)).toBe(2);
    // Before anything was known: the ping and the first request.
    expect(it.server.requests.filter(({ status }) => status === 401)).toHaveLength(2);
  });

  test('a token that the registry no longer takes is replaced', async () => {
    const it = await setup({ auth: 'bearer' });
    seed(it);
    await it.registry.manifest(it.repository, 'v1');
    it.server.revokeTokens();
    await it.registry.manifest(it.repository, 'v1');
    expect(it.server.log().slice(4)).toEqual([
      'GET /v2/team/app/manifests/v1 401',
      'GET /token 200',
      'GET /v2/team/app/manifests/v1 200',
    ]);
  });

  test('requests that meet its end together get one new token, not one each', async () => {
    const it = await setup({ auth: 'bearer' });
    seed(it);
    await it.registry.manifest(it.repository, 'v1');
    it.server.revokeTokens();
    // The last answer comes when the others have a new token already.
    it.server.inject({ path: /manifests/, delay: 100 });
    await Promise.all([1, 2, 3, 4].map(() => it.registry.manifest(it.repository, 'v1')));
    expect(it.server.count('GET', /^\/token/)).toBe(2);
  });

  test('an identity token is traded by POST', async () => {
    const it = await setup(
      { auth: 'bearer', identityTokens: ['refresh-me'], anonymousPull: false },
      { credentials: as({ type: 'identity-token', token: 'refresh-me' }) },
    );
    seed(it);
    await it.registry.manifest(it.repository, 'v1');
    expect(it.server.count('POST', /^\/token/)).toBe(1);
  });

  test('an identity token that is refused is not shown', async () => {
    const it = await setup(
      { auth: 'bearer', identityTokens: ['other'], anonymousPull: false },
      { credentials: as({ type: 'identity-token', token: 'expired-token' }) },
    );
    const error = await failure(it.registry.tags(it.repository));
    expect(error.code).toBe('UNAUTHORIZED');
    expect(error.message).toContain('refused ***');
    expect(error.message).not.toContain('expired-token');
  });

  test('a login without the right to push is a denial, not a wrong password', async () => {
    const it = await setup({ auth: 'bearer', readers: [DEFAULT_USER] }, { credentials: user });
    seed(it);
    await it.registry.manifest(it.repository, 'v1');
    const error = await failure(it.registry.putManifest(it.repository, 'v2', manifest));
    expect(error).toMatchObject({ code: 'DENIED', hint: expect.stringContaining('may not write') });
    it.server.inject({
      path: /^\/token/,
      status: 403,
      body: '{"errors":[{"code":"DENIED","message":"no write_package"}]}',
    });
    const refused = await failure(it.registry.checkPush?.(it.repository) ?? Promise.resolve());
    expect(refused).toMatchObject({ code: 'DENIED', message: expect.stringContaining('no write_package') });
  });

  test('who may push knows it before the upload is taken back; the end of the client waits for that', async () => {
    const it = await setup();
    it.server.inject({ method: 'DELETE', path: /uploads/, delay: 50 });
    await it.registry.checkPush?.(it.repository);
    const answered = () => it.server.log().filter((line) => /^DELETE .* 204$/.test(line));
    expect(answered()).toHaveLength(0);
    await (it.registry as Partial<AsyncDisposable>)[Symbol.asyncDispose]?.();
    expect(answered()).toHaveLength(1);
  });

  test('an upload that cannot be taken back fails nothing', async () => {
    const it = await setup();
    it.server.inject({ method: 'DELETE', path: /uploads/, dropAfter: 0 });
    await it.registry.checkPush?.(it.repository);
    await (it.registry as Partial<AsyncDisposable>)[Symbol.asyncDispose]?.();
    expect(it.server.count('DELETE', /uploads/)).toBe(1);
  });

  test('a mount also asks for reading the other repository', async () => {
    const it = await setup({ auth: 'bearer' }, { credentials: user });
    const { bytes } = blob(100);
    const { digest, size } = it.server.addBlob('other/base', bytes);
    const descriptor = { mediaType: MediaType.ociLayer, digest: digestOf(bytes), size };
    expect(digest).toBe(descriptor.digest);
    const outcome = await it.registry.pushBlob(it.repository, descriptor, async () => oneChunk(bytes), {
      mountFrom: [{ host: it.server.host, path: 'other/base' }],
    });
    expect(outcome).toBe('mounted');
    expect(it.server.count('PUT', /./)).toBe(0);
    expect(it.server.requests.at(-2)?.path).toContain('scope=repository%3Aother%2Fbase%3Apull');
  });

  test('pull and push may use different credentials', async () => {
    const it = await setup(
      { auth: 'bearer', users: { reader: 'r-password', writer: 'w-password' } },
      {
        credentials: {
          find: async ({ access }) => ({
            credential:
              access === 'push'
                ? { type: 'password', username: 'writer', password: 'w-password' }
                : { type: 'password', username: 'reader', password: 'r-password' },
            origin: access,
          }),
        },
      },
    );
    seed(it);
    await it.registry.manifest(it.repository, 'v1');
    await it.registry.putManifest(it.repository, 'v2', manifest);
    const accounts = it.server.requests.map(({ path }) => /account=(\w+)/.exec(path)?.[1]).filter(Boolean);
    expect(accounts).toEqual(['reader', 'writer']);
  });

  test('credentials are not sent to a token endpoint that is no web server', async () => {
    const it = await setup();
    it.server.inject({
      path: /^\/v2\/$/,
      status: 401,
      headers: { 'www-authenticate': 'Bearer realm="ftp://collector.test/token"' },
    });
    const error = await failure(it.registry.tags(it.repository));
    expect(error).toMatchObject({ code: 'REGISTRY_ERROR' });
    expect(error.message).toContain('token endpoint');
  });
});

describe('what goes wrong for a while', () => {
  test('429 is retried no sooner than Retry-After says', async () => {
    const it = await setup();
    seed(it);
    it.server.inject({ path: /manifests/, status: 429, headers: { 'retry-after': '1' } });
    const began = Date.now();
    await it.registry.manifest(it.repository, 'v1');
    expect(Date.now() - began).toBeGreaterThanOrEqual(990);
    expect(it.notices).toHaveLength(1);
    expect(it.notices[0]).toMatch(/rate limit.*trying again in 1\.0 s/);
  });

  test('a wait that is too long is not waited for', async () => {
    const it = await setup();
    it.server.inject({ path: /manifests/, status: 429, headers: { 'retry-after': '3600' }, times: 9 });
    const error = await failure(it.registry.manifest(it.repository, 'v1'));
    expect(error.code).toBe('RATE_LIMITED');
    expect(error.hint).toContain('Sign in');
    expect(it.server.count('GET', /manifests/)).toBe(1);
  });

  test.each([500, 502, 503, 504, 408])('%d is retried', async (status) => {
    const it = await setup();
    seed(it);
    it.server.inject({ path: /manifests/, status, times: 2 });
    await it.registry.manifest(it.repository, 'v1');
    expect(it.server.count('GET', /manifests/)).toBe(3);
  });

  test.each([400, 403, 404, 501])('%d is not', async (status) => {
    const it = await setup();
    seed(it);
    it.server.inject({ path: /manifests/, status });
    await failure(it.registry.manifest(it.repository, 'v1'));
    expect(it.server.count('GET', /manifests/)).toBe(1);
  });

  test('after the last attempt its error is thrown', async () => {
    const it = await setup({}, { retry: { attempts: 3, firstDelay: 1 } });
    it.server.inject({ path: /manifests/, status: 503, body: 'storage is down', times: 99 });
    const error = await failure(it.registry.manifest(it.repository, 'v1'));
    expect(error).toMatchObject({ kind: 'remote', code: 'REGISTRY_ERROR' });
    expect(error.message).toBe(
      `${it.server.host}/team/app: pulling manifest v1 failed (HTTP 503): storage is down`,
    );
    expect(it.server.count('GET', /manifests/)).toBe(3);
  });

  test('a connection dropped before or within a manifest', async () => {
    const it = await setup();
    seed(it);
    it.server.inject({ path: /manifests/, dropAfter: 0 });
    it.server.inject({ path: /manifests/, dropAfter: 10 });
    expect((await it.registry.manifest(it.repository, 'v1')).descriptor).toEqual(manifest.descriptor);
    expect(it.server.count('GET', /manifests/)).toBe(3);
  });

  test('an upload begins anew, with its bytes opened anew', async () => {
    const it = await setup();
    const { bytes, descriptor } = blob(200_000);
    it.server.inject({ method: 'PUT', path: /uploads/, dropAfter: 0 });
    it.server.inject({ method: 'PUT', path: /uploads/, status: 503 });
    let opened = 0;
    const outcome = await it.registry.pushBlob(it.repository, descriptor, async () => {
      opened += 1;
      return oneChunk(bytes);
    });
    expect([outcome, opened]).toEqual(['uploaded', 3]);
    expect(it.server.count('POST', /uploads/)).toBe(3);
    expect(it.server.repo('team/app').blobs.get(descriptor.digest)?.equals(bytes)).toBe(true);
  });

  test.each([false, true])(
    'an upload that the registry lost begins anew (in chunks: %s)',
    async (chunkedOnly) => {
      const it = await setup({ chunkedOnly });
      const { bytes, descriptor } = blob(2000);
      it.server.inject({
        method: chunkedOnly ? 'PATCH' : 'PUT',
        path: /uploads/,
        status: 404,
        body: JSON.stringify({ errors: [{ code: 'BLOB_UPLOAD_UNKNOWN', message: 'unknown' }] }),
      });
      await it.registry.pushBlob(it.repository, descriptor, async () => oneChunk(bytes));
      expect(it.server.repo('team/app').blobs.get(descriptor.digest)?.equals(bytes)).toBe(true);
      expect(it.notices[0]).toContain('lost the upload');
    },
  );

  test.each([
    ['the first contact', /^\/v2\/$/],
    ['a token', /^\/token/],
    ['a manifest', /manifests/],
  ])('who is no longer wanted does not wait for %s', async (_, path) => {
    const it = await setup({ auth: 'bearer' });
    seed(it);
    it.server.inject({ path, stallAfter: 0, times: 2 });
    const stop = new AbortController();
    const asked = it.registry.manifest(it.repository, 'v1', { signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    expect(await failure(asked)).toMatchObject({ name: 'AbortError' });
  });

  test('silence ends a request', async () => {
    const it = await setup({}, { idleTimeout: 60, retry: { attempts: 2, firstDelay: 1 } });
    it.server.inject({ path: /manifests/, delay: 400, times: 2 });
    const error = await failure(it.registry.manifest(it.repository, 'v1'));
    expect(error.code).toBe('REGISTRY_UNREACHABLE');
    expect(error.message).toContain('no byte for 0.06 s');
  });

  test('nobody there', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const registry = createRegistry({ credentials: nobody, retry: { attempts: 2, firstDelay: 1 } });
    const error = await failure(registry.tags({ host: `127.0.0.1:${port}`, path: 'a' }));
    expect(error).toMatchObject({ kind: 'remote', code: 'REGISTRY_UNREACHABLE' });
    expect(error.message).toContain(`127.0.0.1:${port}`);
  });
});

describe('downloads', () => {
  test.each([
    ['with Range', true],
    ['by skipping, where Range is ignored', false],
  ])('go on after dropped connections %s', async (_name, ranges) => {
    const it = await setup({ ranges });
    const { bytes, descriptor } = blob(300_000);
    it.server.addBlob('team/app', bytes);
    for (const dropAfter of [0, 70_000, 65_000]) it.server.inject({ path: /blobs/, dropAfter });
    expect((await read(await it.registry.blob(it.repository, descriptor))).equals(bytes)).toBe(true);
    const asked = it.server.requests
      .filter(({ path }) => path.includes('/blobs/'))
      .map(({ headers }) => headers.range);
    expect(asked.slice(0, 2)).toEqual([undefined, undefined]);
    expect(asked.slice(2).every((range) => /^bytes=\d+-$/.test(range ?? ''))).toBe(true);
    expect(asked).toHaveLength(4);
  });

  test('a connection that always drops without a byte is given up', async () => {
    const it = await setup();
    const { bytes, descriptor } = blob(1000);
    it.server.addBlob('team/app', bytes);
    it.server.inject({ path: /blobs/, dropAfter: 100 });
    it.server.inject({ path: /blobs/, dropAfter: 0, times: 99 });
    const error = await failure(it.registry.blob(it.repository, descriptor).then(read));
    expect(error.code).toBe('REGISTRY_UNREACHABLE');
  });

  test('follow a redirect to storage, without the token', async () => {
    const it = await setup({ auth: 'bearer', redirectBlobs: true }, { credentials: user });
    const { bytes, descriptor } = blob(5000);
    it.server.addBlob('team/app', bytes);
    it.server.inject({ path: /^\/storage/, dropAfter: 2000 });
    expect((await read(await it.registry.blob(it.repository, descriptor))).equals(bytes)).toBe(true);
    const stored = it.server.requests.filter(({ server }) => server === 'storage');
    expect(stored).toHaveLength(2);
    expect(stored.every(({ headers }) => headers.authorization === undefined)).toBe(true);
    expect(stored[1]?.headers.range).toBe('bytes=2000-');
  });

  test('a storage error names the registry, not the signed URL', async () => {
    const it = await setup({ redirectBlobs: true }, { retry: { attempts: 1 } });
    const { bytes, descriptor } = blob(50);
    it.server.addBlob('team/app', bytes);
    it.server.inject({
      path: /^\/storage/,
      status: 403,
      body: '<html/>',
      headers: { 'content-type': 'text/html' },
    });
    const error = await failure(it.registry.blob(it.repository, descriptor));
    expect(error.code).toBe('DENIED');
    expect(error.message).toContain(it.server.host);
    expect(error.message).not.toContain('s3cr3t');
  });

  test('an endless redirect ends', async () => {
    const it = await setup();
    const { descriptor } = blob(50);
    it.server.inject({
      path: /blobs/,
      status: 307,
      headers: { location: `/v2/team/app/blobs/${descriptor.digest}` },
      times: 99,
    });
    expect((await failure(it.registry.blob(it.repository, descriptor))).message).toContain('redirects');
  });

  test('more bytes than announced are not passed on', async () => {
    const it = await setup();
    const { bytes, descriptor } = blob(5000);
    it.server.addBlob('team/app', bytes);
    const work = it.registry.blob(it.repository, { ...descriptor, size: 4999 }).then(read);
    expect((await failure(work)).message).toContain('longer than announced');
  });

  test('fewer bytes than announced are an error', async () => {
    const it = await setup();
    const { bytes, descriptor } = blob(5000);
    it.server.addBlob('team/app', bytes);
    const work = it.registry.blob(it.repository, { ...descriptor, size: 5001 }).then(read);
    expect((await failure(work)).kind).toBe('remote');
  });

  test('a manifest with other bytes than its digest', async () => {
    const it = await setup();
    seed(it);
    it.server.inject({ path: /manifests/, corrupt: true });
    const error = await failure(it.registry.manifest(it.repository, manifest.descriptor.digest));
    expect(error.message).toContain('other bytes');
  });

  test('a manifest that is too large is not read to its end', async () => {
    const it = await setup();
    it.server.addManifest('team/app', MediaType.ociManifest, ' '.repeat(4 * 1024 * 1024 + 1), 'big');
    expect((await failure(it.registry.manifest(it.repository, 'big'))).message).toContain('larger than');
  });

  test('a registry without HEAD is asked by GET', async () => {
    const it = await setup();
    seed(it);
    it.server.inject({ method: 'HEAD', path: /manifests/, status: 405, times: 2 });
    expect(await it.registry.resolve(it.repository, 'v1')).toEqual(manifest.descriptor);
    expect(await it.registry.resolve(it.repository, 'nope')).toBeUndefined();
  });

  test('tags come page by page', async () => {
    const it = await setup({ pageSize: 2 });
    const tags = ['a', 'b', 'c', 'd', 'e'];
    for (const tag of tags) seed(it, tag);
    expect(await it.registry.tags(it.repository)).toEqual(tags);
    expect(it.server.count('GET', /tags\/list/)).toBe(3);
  });

  test('a next page of tags on another host is not asked for', async () => {
    const it = await setup({ auth: 'bearer' }, { credentials: user });
    seed(it, 'a');
    it.server.inject({
      path: /tags\/list/,
      status: 200,
      body: JSON.stringify({ tags: ['a'] }),
      headers: { link: `<http://${it.server.storageHost}/v2/team/app/tags/list?last=a>; rel="next"` },
    });
    expect(await it.registry.tags(it.repository)).toEqual(['a']);
    expect(it.server.requests.filter(({ server }) => server === 'storage')).toEqual([]);
  });
});

describe('uploads', () => {
  test('chunks where a whole blob is refused', async () => {
    const it = await setup({ chunkedOnly: true });
    const { bytes, descriptor } = blob(40_000_000);
    await it.registry.pushBlob(it.repository, descriptor, async () => oneChunk(bytes));
    expect(it.server.repo('team/app').blobs.get(descriptor.digest)?.equals(bytes)).toBe(true);
    expect(it.server.count('PATCH', /uploads/)).toBe(3);
  });

  test('chunks of the size that the registry asks for', async () => {
    const it = await setup({ chunkedOnly: true, leastChunk: 20_000_000 });
    const { bytes, descriptor } = blob(40_000_001);
    await it.registry.pushBlob(it.repository, descriptor, async () => oneChunk(bytes));
    expect(it.server.repo('team/app').blobs.get(descriptor.digest)?.equals(bytes)).toBe(true);
    const sent = it.server.requests
      .filter(({ method }) => method === 'PATCH')
      .map(({ received }) => received);
    expect(sent).toEqual([20_000_000, 20_000_000, 1]);
  });

  test('a chunk that the registry does not take for the next one: the upload begins anew', async () => {
    const it = await setup({ chunkedOnly: true });
    const { bytes, descriptor } = blob(20_000_000);
    it.server.inject({ method: 'PATCH', path: /uploads/, status: 416 });
    await it.registry.pushBlob(it.repository, descriptor, async () => oneChunk(bytes));
    expect(it.server.repo('team/app').blobs.get(descriptor.digest)?.equals(bytes)).toBe(true);
  });

  test('a token that ends between two chunks is renewed, and nothing is sent twice', async () => {
    const it = await setup({ auth: 'bearer', chunkedOnly: true }, { credentials: user });
    const { bytes, descriptor } = blob(40_000_000);
    let opened = 0;
    const halves = async function* (): AsyncGenerator<Uint8Array> {
      opened += 1;
      yield bytes.subarray(0, 20_000_000);
      // The first opening is for the whole blob, which is refused.
      if (opened === 2) it.server.revokeTokens();
      yield bytes.subarray(20_000_000);
    };
    expect(await it.registry.pushBlob(it.repository, descriptor, async () => halves())).toBe('uploaded');
    expect(it.server.log().filter((line) => /^PATCH .* 401$/.test(line))).toHaveLength(1);
    expect(it.server.repo('team/app').blobs.get(descriptor.digest)?.equals(bytes)).toBe(true);
    const taken = it.server.requests.filter(({ method, status }) => method === 'PATCH' && status === 202);
    expect(taken.reduce((sum, { received }) => sum + received, 0)).toBe(bytes.length);
  });

  test('a mount that brought another blob is none', async () => {
    const it = await setup();
    const { bytes, descriptor } = blob(100);
    it.server.inject({
      method: 'POST',
      path: /mount=/,
      status: 201,
      headers: { 'docker-content-digest': `sha256:${'0'.repeat(64)}` },
    });
    const outcome = await it.registry.pushBlob(it.repository, descriptor, async () => oneChunk(bytes), {
      mountFrom: [{ host: it.server.host, path: 'other/base' }],
    });
    expect(outcome).toBe('uploaded');
    expect(it.server.repo('team/app').blobs.get(descriptor.digest)?.equals(bytes)).toBe(true);
  });

  test('no mount without support: the session that came of it is taken back', async () => {
    const it = await setup({ mounts: false });
    const { bytes, descriptor } = blob(100);
    it.server.addBlob('other/base', bytes);
    const outcome = await it.registry.pushBlob(it.repository, descriptor, async () => oneChunk(bytes), {
      mountFrom: [{ host: it.server.host, path: 'other/base' }],
    });
    expect(outcome).toBe('uploaded');
    expect(it.server.count('DELETE', /uploads/)).toBe(1);
  });

  test('no mount is asked for from another host, or from the repository itself', async () => {
    const it = await setup();
    const { bytes, descriptor } = blob(100);
    await it.registry.pushBlob(it.repository, descriptor, async () => oneChunk(bytes), {
      mountFrom: [{ host: 'registry.test', path: 'other/base' }, it.repository],
    });
    expect(it.server.count('POST', /mount=/)).toBe(0);
  });

  test.each([undefined, 401])(
    'where uploads go to another host, it sees no token (it answers %s)',
    async (status) => {
      const it = await setup({ auth: 'bearer' }, { credentials: user, retry: { attempts: 1 } });
      const { bytes, descriptor } = blob(100);
      it.server.inject({
        method: 'POST',
        path: /uploads/,
        status: 202,
        headers: { location: `http://${it.server.storageHost}/upload?signature=1` },
      });
      const challenge = `Bearer realm="http://${it.server.host}/token",service="registry.test"`;
      if (status !== undefined)
        it.server.inject({ path: /^\/upload/, status, headers: { 'www-authenticate': challenge } });
      await failure(it.registry.pushBlob(it.repository, descriptor, async () => oneChunk(bytes)));
      const sent = it.server.requests.filter(({ server }) => server === 'storage');
      expect(sent.map(({ method, headers }) => [method, headers.authorization])).toEqual([
        ['PUT', undefined],
      ]);
    },
  );

  test('a refused mount does not fail the push', async () => {
    const it = await setup();
    const { bytes, descriptor } = blob(100);
    it.server.inject({ path: /mount=/, status: 403 });
    const outcome = await it.registry.pushBlob(it.repository, descriptor, async () => oneChunk(bytes), {
      mountFrom: [{ host: it.server.host, path: 'other/base' }],
    });
    expect(outcome).toBe('uploaded');
  });

  test('a blob that arrived and only the answer was lost is not sent again', async () => {
    const it = await setup();
    const { bytes, descriptor } = blob(100);
    // What a proxy answers while the registry behind it is still at work.
    it.server.inject({ method: 'PUT', path: /uploads/, status: 504 });
    let opened = 0;
    const open = async () => {
      opened += 1;
      it.server.addBlob('team/app', bytes);
      return oneChunk(bytes);
    };
    expect(await it.registry.pushBlob(it.repository, descriptor, open)).toBe('uploaded');
    expect(opened).toBe(1);
    expect(it.server.count('POST', /uploads/)).toBe(1);
  });

  test.each([
    ['fewer', 50, undefined],
    ['more', 150, undefined],
    ['fewer', 50, 'in chunks'],
  ])('content with %s bytes than it should have is not sent to its end', async (_, length, chunked) => {
    const it = await setup({ chunkedOnly: chunked !== undefined });
    const { descriptor } = blob(100);
    const error = await failure(
      it.registry.pushBlob(it.repository, descriptor, async () => oneChunk(Buffer.alloc(length))),
    );
    expect(error).toMatchObject({
      code: 'SIZE_MISMATCH',
      message: expect.stringContaining(descriptor.digest),
    });
  });

  test('an upload is not sent from TLS to plain HTTP elsewhere', async () => {
    const { Session } = await import('../../../src/registry/http/session.ts');
    const { createTransport } = await import('../../../src/registry/http/transport.ts');
    const session = new Session('registry.test', createTransport({ userAgent: 'test' }), {
      credentials: nobody,
    });
    const at = (location: string) =>
      session.location({
        status: 202,
        headers: { location },
        url: new URL('https://registry.test/v2/a/blobs/uploads/'),
        body: undefined as never,
      })?.href;
    expect(() => at('http://collector.test/x')).toThrow('plain HTTP');
    expect(at('http://registry.test/x?a=b')).toBe('https://registry.test/x?a=b');
    expect(at('/v2/up?_state=a%2Bb')).toBe('https://registry.test/v2/up?_state=a%2Bb');
    expect(at('https://storage.test/x')).toBe('https://storage.test/x');
  });

  test('a tag that cannot be changed but is right is a success', async () => {
    const it = await setup({ immutableTags: true });
    seed(it);
    await it.registry.putManifest(it.repository, 'v1', manifest);
    const other = rawBlob(MediaType.ociManifest, { schemaVersion: 2, layers: [], annotations: { a: 'b' } });
    const error = await failure(it.registry.putManifest(it.repository, 'v1', other));
    expect(error.message).toContain('cannot be overwritten');
  });

  test('a manifest that is stored with another digest', async () => {
    const it = await setup();
    it.server.inject({
      method: 'PUT',
      path: /manifests/,
      status: 201,
      headers: { 'docker-content-digest': `sha256:${'0'.repeat(64)}` },
    });
    expect((await failure(it.registry.putManifest(it.repository, 'v1', manifest))).code).toBe(
      'REGISTRY_ERROR',
    );
  });
});

describe('TLS', () => {
  function certificate(): { key: string; cert: string } {
    const folder = mkdtempSync(join(tmpdir(), 'tls-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    execFileSync(
      'openssl',
      // biome-ignore format: one option a word
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=registry.test',
        '-addext', 'subjectAltName=DNS:registry.test,IP:127.0.0.1', '-keyout', key, '-out', cert],
      { stdio: 'ignore' },
    );
    const files = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
    rmSync(folder, { recursive: true });
    return files;
  }

  test('a loopback registry may speak TLS with its own certificate', async () => {
    const it = await setup({ tls: certificate(), auth: 'bearer' });
    seed(it);
    expect((await it.registry.manifest(it.repository, 'v1')).descriptor).toEqual(manifest.descriptor);
  });

  test('a TLS registry that fails for a moment is not spoken to in plain HTTP from then on', async () => {
    const it = await setup({ tls: certificate() });
    seed(it);
    it.server.inject({ path: /^\/v2\/$/, dropAfter: 0 });
    expect((await it.registry.manifest(it.repository, 'v1')).descriptor).toEqual(manifest.descriptor);
  });

  // A host name that is not loopback, reached through a proxy that knows better.
  async function proxied(tls: { key: string; cert: string } | undefined, client: Partial<RegistryOptions>) {
    const it = await setup(tls === undefined ? {} : { tls });
    seed(it);
    const proxy = createServer();
    const seen: string[] = [];
    proxy.on('connect', (request, socket) => {
      seen.push(request.url ?? '');
      const [, port = ''] = it.server.host.split(':');
      const upstream = connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    open.push({
      [Symbol.asyncDispose]: async () => {
        proxy.closeAllConnections();
        await new Promise((resolve) => proxy.close(resolve));
      },
    });
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const registry = createRegistry({
      credentials: nobody,
      retry: { attempts: 1 },
      proxyEnv: { HTTPS_PROXY: address },
      ...client,
    });
    return { registry, repository: { host: 'registry.test', path: 'team/app' }, seen };
  }

  test('through a proxy, with a certificate authority of its own', async () => {
    const tls = certificate();
    const { registry, repository, seen } = await proxied(tls, { ca: [tls.cert] });
    expect((await registry.manifest(repository, 'v1')).descriptor).toEqual(manifest.descriptor);
    expect(new Set(seen)).toEqual(new Set(['registry.test:443']));
  });

  test('this machine itself is not asked for through a proxy', async () => {
    const it = await setup(
      {},
      { proxyEnv: { HTTP_PROXY: 'http://127.0.0.1:1', HTTPS_PROXY: 'http://127.0.0.1:1' } },
    );
    seed(it);
    expect((await it.registry.manifest(it.repository, 'v1')).descriptor).toEqual(manifest.descriptor);
  });

  test('a Node that knows no proxies', async () => {
    const { agentsKnowProxies } = await import('../../../src/registry/http/transport.ts');
    const versions = ['22.15.0', '22.20.1', '22.21.0', '23.11.0', '24.4.1', '24.5.0', '25.0.0'];
    expect(versions.filter((version) => agentsKnowProxies(version))).toEqual(['22.21.0', '24.5.0', '25.0.0']);
  });

  test('an unknown certificate is refused, with a hint', async () => {
    const { registry, repository } = await proxied(certificate(), {});
    const error = await failure(registry.manifest(repository, 'v1'));
    expect(error.code).toBe('REGISTRY_UNREACHABLE');
    expect(error.hint).toContain('NODE_EXTRA_CA_CERTS');
  });

  test('an unknown certificate is taken for a host that is listed', async () => {
    const { registry, repository } = await proxied(certificate(), { insecureHosts: ['registry.test'] });
    expect((await registry.manifest(repository, 'v1')).descriptor).toEqual(manifest.descriptor);
  });

  test('plain HTTP is not spoken to a host that is not listed', async () => {
    const { registry, repository } = await proxied(undefined, {});
    const error = await failure(registry.manifest(repository, 'v1'));
    expect(error.code).toBe('REGISTRY_UNREACHABLE');
    expect(error.hint).toContain('insecure');
  });
});

describe('tokens of a registry with TLS', () => {
  test('are not fetched over plain HTTP', async () => {
    const { createAuthorizer } = await import('../../../src/registry/http/auth.ts');
    const authorizerFor = (insecureHosts: readonly string[]) =>
      createAuthorizer({
        host: 'registry.test',
        origin: new URL('https://registry.test'),
        mayBeInsecure: (host) => insecureHosts.includes(host),
        transport: {
          send: () => Promise.reject(new TypeError('sent')),
          close: () => undefined,
        },
        credentials: user,
      });
    const asked = async (realm: string, ...insecureHosts: readonly string[]): Promise<string> => {
      const authorizer = authorizerFor(insecureHosts);
      authorizer.challenged(`Bearer realm="${realm}"`);
      const repository = { host: 'registry.test', path: 'app' };
      return (await failure(authorizer.authorize({ repository, access: 'pull' }))).message;
    };
    expect(await asked('http://registry.test/token')).toContain('not safe');
    expect(await asked('http://auth.elsewhere.test/token', 'registry.test')).toContain('not safe');
    expect(await asked('http://registry.test:5001/token', 'registry.test')).toBe('sent');
    expect(await asked('http://auth.elsewhere.test/token', 'auth.elsewhere.test')).toBe('sent');
    expect(await asked('not a URL')).toContain('not safe');
    expect(await asked('https://auth.registry.test/token')).toBe('sent');
  });
});

describe('refusals tell what to do', () => {
  test.each([
    ['ghcr.io', 'packages: write'],
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', 'ecr:PutImage'],
    ['docker.io', 'namespace "team"'],
    ['registry.example.test', 'may not write'],
  ])('%s', async (host, hint) => {
    const { refusalError } = await import('../../../src/registry/errors.ts');
    const error = refusalError(
      { repository: { host, path: 'team/app' }, access: 'push', subject: 'blob x', login: 'accepted' },
      { status: 403, said: 'DENIED, no', codes: ['DENIED'] },
    );
    expect(error).toMatchObject({ code: 'DENIED', temporary: false });
    expect(error.message).toContain(`${host}/team/app`);
    expect(error.hint).toContain(hint);
  });
});
