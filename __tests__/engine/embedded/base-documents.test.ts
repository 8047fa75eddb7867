import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openActionsCache } from '../../../src/cache/backends/actions/open.ts';
import { openRegistryCache } from '../../../src/cache/backends/registry.ts';
import type { BuildCache } from '../../../src/cache/build-cache.ts';
import type { Caches } from '../../../src/engine/embedded/dependencies.ts';
import type { ContainerConfig, Platform, RawBlob } from '../../../src/image/types.ts';
import { createRegistry } from '../../../src/registry/http/client.ts';
import { CacheService } from '../../support/cache-service.ts';
import { type BenchOptions, type BenchResult, benchBuild } from '../../support/engine-bench.ts';
import { MemoryCache } from '../../support/memory-cache.ts';
import { RegistryServer } from '../../support/registry-server.ts';
import { type SampleImage, sampleImage, sampleIndex } from '../../support/sample-image.ts';
import { sampleTar } from '../../support/sample-layers.ts';

const AMD64: Platform = { os: 'linux', architecture: 'amd64' };
const ARM64: Platform = { os: 'linux', architecture: 'arm64' };

let server: RegistryServer;
let dir: string;
let layers: Set<string>;

beforeEach(async () => {
  server = await RegistryServer.start();
  layers = new Set();
  dir = await mkdtemp(join(tmpdir(), 'base-documents-'));
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
});

/** Pushes an index of images for two machines. */
async function pushBase(
  path: string,
  content: string,
  config: ContainerConfig = {},
): Promise<{ readonly images: readonly SampleImage[]; readonly index: RawBlob }> {
  const images = await Promise.all(
    [AMD64, ARM64].map(async (platform) => {
      const text = `${content} ${platform.architecture}`;
      return sampleImage({ platform, tars: [await sampleTar([{ path: 'file', content: text }])], config });
    }),
  );
  for (const { blobs, config, manifest } of images) {
    for (const digest of blobs.keys()) layers.add(digest);
    for (const bytes of [...blobs.values(), config.bytes]) server.addBlob(path, Buffer.from(bytes));
    server.addManifest(path, manifest.descriptor.mediaType, Buffer.from(manifest.bytes).toString());
  }
  const index = sampleIndex(images);
  server.addManifest(path, index.descriptor.mediaType, Buffer.from(index.bytes).toString(), '1');
  return { images, index };
}

/** On a machine with an empty store. */
function build(
  from: string,
  caches: readonly BuildCache[] | Partial<BenchOptions>,
  platforms: readonly Platform[] = [],
): Promise<BenchResult> {
  server.requests.length = 0;
  return benchBuild({
    dockerfile: `FROM ${from}\nCOPY a /a\n`,
    files: { a: 'a' },
    ...('length' in caches ? { caches } : caches),
    request: { platforms },
    readBack: false,
  });
}

/** What was asked of the base's repository, layers left out. */
function asked(path = 'base/os'): readonly string[] {
  const prefix = `/v2/${path}/`;
  return server.requests
    .filter(({ path: all }) => all.startsWith(prefix) && !layers.has(all.slice(`${prefix}blobs/`.length)))
    .map(({ method, path: all }) => `${method} ${all.slice(prefix.length).replace(/sha256:.*/, 'DIGEST')}`);
}

const TAG = ['HEAD manifests/1'];
const ALL = ['GET manifests/DIGEST', 'GET manifests/DIGEST', 'GET blobs/DIGEST'];

describe.each(['registry', 'actions'])('a fresh runner with a filled cache: %s', (kind) => {
  let service: CacheService;
  let runners = 0;
  beforeEach(async () => {
    service = await new CacheService({ dir: join(dir, 'service') }).start();
  });
  afterEach(() => service[Symbol.asyncDispose]());

  function open(mode: 'read-write' | 'read-only' = 'read-write'): Promise<BuildCache> {
    if (kind === 'registry') {
      const registry = createRegistry({ credentials: { find: () => Promise.resolve(undefined) } });
      const repository = { host: server.host, path: 'team/cache' };
      return openRegistryCache({ registry, repository, tag: 'cache', mode });
    }
    return openActionsCache({
      environment: service.environment([{ Scope: 'refs/heads/main', Permission: 3 }]),
      scope: 'app',
      platform: 'linux/amd64',
      stateDir: join(dir, `runner-${++runners}`),
      transport: 'direct',
      mode,
    });
  }

  test('asks for the digest of the tag, and for nothing when it is pinned', async () => {
    const { index } = await pushBase('base/os', 'one');
    const tagged = `${server.host}/base/os:1`;
    const first = await build(tagged, [await open()]);
    expect(asked()).toEqual([...TAG, ...ALL]);
    const second = await build(tagged, [await open()]);
    expect(second.result.digest).toBe(first.result.digest);
    expect(asked()).toEqual(TAG);
    expect(second.result.caches).toMatchObject([{ recordsSaved: 0, bytesUploaded: 0, notices: [] }]);
    const pinned = await build(`${tagged}@${index.descriptor.digest}`, [await open()]);
    expect([pinned.result.digest, asked()]).toEqual([first.result.digest, []]);
  });

  test('a tag that has moved: its documents are fetched, and kept in their turn', async () => {
    await pushBase('base/os', 'one');
    const from = `${server.host}/base/os:1`;
    const first = await build(from, [await open()]);
    await pushBase('base/os', 'two');
    const moved = await build(from, [await open()]);
    expect(moved.result.digest).not.toBe(first.result.digest);
    expect(asked()).toEqual([...TAG, ...ALL]);
    await build(from, [await open()]);
    expect(asked()).toEqual(TAG);
    // A branch that still has the old one.
    await pushBase('base/os', 'one');
    expect((await build(from, [await open()])).result.digest).toBe(first.result.digest);
    expect(asked()).toEqual(TAG);
  });

  test('two platforms, and one of them alone', async () => {
    await pushBase('base/os', 'one');
    const from = `${server.host}/base/os:1`;
    const first = await build(from, [await open()], [AMD64, ARM64]);
    const second = await build(from, [await open()], [AMD64, ARM64]);
    expect(second.result.digest).toBe(first.result.digest);
    expect(new Set(asked())).toEqual(new Set(TAG));
    await build(from, [await open()], [ARM64]);
    expect(asked()).toEqual(TAG);
  });

  test('a base whose triggers name another image', async () => {
    const tools = await pushBase('base/tools', 'tools');
    await pushBase('base/os', 'one', { OnBuild: [`COPY --from=${server.host}/base/tools:1 file /tool`] });
    const from = `${server.host}/base/os:1`;
    const first = await build(from, [await open()]);
    const second = await build(from, [await open()]);
    expect(second.result.digest).toBe(first.result.digest);
    expect([asked(), asked('base/tools')]).toEqual([TAG, TAG]);
    expect(tools.images).toHaveLength(2);
  });

  test('documents that are too large for everybody to read are not kept', async () => {
    await pushBase('base/os', 'one', { Labels: { large: 'x'.repeat(256 * 1024) } });
    const from = `${server.host}/base/os:1`;
    await build(from, [await open()]);
    const second = await build(from, [await open()]);
    expect(asked()).toEqual([...TAG, ...ALL]);
    expect(second.result.steps.at(-1)?.outcome.type).toBe('cached');
  });

  test('a cache that is only read gives them, and keeps none', async () => {
    await pushBase('base/os', 'one');
    const from = `${server.host}/base/os:1`;
    await build(from, [await open('read-only')]);
    await build(from, [await open()]);
    expect(asked()).toEqual([...TAG, ...ALL]);
    await build(from, [await open('read-only')]);
    expect(asked()).toEqual(TAG);
  });
});

describe('caches that are not to be trusted', () => {
  let cache: MemoryCache;
  let base: Awaited<ReturnType<typeof pushBase>>;
  let from: string;

  beforeEach(async () => {
    cache = new MemoryCache();
    base = await pushBase('base/os', 'one');
    from = `${server.host}/base/os:1`;
  });

  /** Changes the record of the base's documents. */
  function change(edit: (documents: readonly string[]) => readonly string[]): void {
    for (const [key, record] of cache.records) {
      if (record.documents !== undefined)
        cache.records.set(key, { ...record, documents: edit(record.documents) });
    }
  }

  test.each<[string, (documents: readonly string[]) => readonly string[], readonly string[]]>([
    ['another config', ([a = '', b = '', c = '']) => [a, b, c.replace('"sh"', '"su"')], ALL.slice(2)],
    ['another manifest', ([a = '', b = '', c = '']) => [a, `${b} `, c], ALL.slice(0, 1)],
    ['another index', ([a = '', b = '', c = '']) => [a.replace('arm64', 'arm46'), b, c], ALL.slice(0, 1)],
    ['nothing', () => [], ALL],
    ['no JSON', () => ['<html>', ''], ALL],
  ])('%s: what is not there is fetched, and put right', async (_, edit, expected) => {
    const first = await build(from, [cache]);
    const good = [...cache.records.values()].find(({ documents }) => documents !== undefined);
    expect(good?.documents).toHaveLength(3);
    change(edit);
    const second = await build(from, [cache]);
    expect(second.result.digest).toBe(first.result.digest);
    expect(asked()).toEqual([...TAG, ...expected]);
    expect(cache.records.get(good!.key)?.documents).toEqual(good?.documents);
  });

  test('documents of another image under the key of this one', async () => {
    const evil = await pushBase('base/evil', 'evil', { Cmd: ['evil'] });
    const first = await build(from, [cache]);
    const [image] = evil.images;
    change(() =>
      [evil.index, image!.manifest, image!.config].map(({ bytes }) => Buffer.from(bytes).toString()),
    );
    const second = await build(from, [cache]);
    expect(second.result.digest).toBe(first.result.digest);
    expect(asked()).toEqual([...TAG, ...ALL]);
    expect(second.result.images[0]?.image.config.config.Cmd).toEqual(['sh']);
  });

  test('the next cache has what the first one has not', async () => {
    const other = new MemoryCache('other');
    await build(from, [cache, other]);
    change(([a = '']) => [a]);
    await build(from, [cache, other]);
    expect(asked()).toEqual(TAG);
    expect(base.images).toHaveLength(2);
  });

  test('a step that is missed is compared with the step, not with documents', async () => {
    await build(from, [cache]);
    const { result } = await benchBuild({
      dockerfile: `FROM ${from}\nCOPY a /b\n`,
      files: { a: 'a' },
      caches: [cache],
      readBack: false,
    });
    expect(result.steps.at(-1)?.outcome).toMatchObject({ miss: expect.stringContaining('destination') });
  });
});

describe('without caches that others fill', () => {
  test('a fresh machine asks as ever, and what it found is kept in the caches that are written', async () => {
    await pushBase('base/os', 'one');
    const from = `${server.host}/base/os:1`;
    await build(from, []);
    expect(asked()).toEqual(['GET manifests/1', ...ALL.slice(1)]);
    const [all, final] = [new MemoryCache('all'), new MemoryCache('final')];
    const caches: Caches = { from: [], to: [all], toFinal: [final] };
    await build(from, { openCaches: () => Promise.resolve(caches) });
    expect(asked()).toEqual(['GET manifests/1', ...ALL.slice(1)]);
    // Also one that takes the final image's steps alone: planning needs all bases.
    for (const cache of [all, final]) {
      await build(from, [cache]);
      expect(asked()).toEqual(TAG);
    }
  });
});

describe('while the caches are opened', () => {
  test('the tag is asked for, and nothing else before they are there', async () => {
    await pushBase('base/os', 'one');
    const from = `${server.host}/base/os:1`;
    const cache = new MemoryCache();
    await build(from, [cache]);
    const openCaches = async (): Promise<Caches> => {
      while (asked().length === 0) await new Promise((resolve) => setImmediate(resolve));
      // Whoever did not wait would ask for the next document by now.
      for (let turns = 0; turns < 200; turns++) await new Promise((resolve) => setImmediate(resolve));
      return { from: [cache], to: [cache] };
    };
    await build(from, { openCaches, sharesCaches: true });
    expect(asked()).toEqual(TAG);
  });

  test('that one cannot be opened which has to be there (cache-strict) is told as ever', async () => {
    await pushBase('base/os', 'one');
    const openCaches = (): Promise<Caches> => Promise.reject(new RangeError('no caches today'));
    const failing = build(`${server.host}/base/os:1`, { openCaches, sharesCaches: true });
    await expect(failing).rejects.toThrow('no caches today');
  });
});
