/** @jest-environment ./__tests__/support/real-process-env.cjs */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { openActionsCache } from '../../src/cache/backends/actions/open.ts';
import { openLocalCache } from '../../src/cache/backends/local.ts';
import { openRegistryCache } from '../../src/cache/backends/registry.ts';
import type { BuildCache, CacheRecord } from '../../src/cache/build-cache.ts';
import { ociLayoutStore } from '../../src/image/store/oci-layout.ts';
import { createRegistry } from '../../src/registry/http/client.ts';
import { bytesOf, keyFor, sampleLayer, sampleMount } from '../support/cache-records.ts';
import { CacheService } from '../support/cache-service.ts';
import { DEFAULT_PASSWORD, DEFAULT_USER, RegistryServer } from '../support/registry-server.ts';

// @actions/cache starts tar and zstd for each entry.
jest.setTimeout(120_000);

type Mode = 'read-write' | 'read-only';

/** What all that open a cache of one kind in one test share. */
interface Place extends AsyncDisposable {
  /** As the next run of a build would: with nothing but what the cache itself keeps. */
  open(mode?: Mode): Promise<BuildCache>;
}

const MAIN = [{ Scope: 'refs/heads/main', Permission: 3 }];

async function localPlace(dir: string): Promise<Place> {
  const open = async (mode: Mode = 'read-write'): Promise<BuildCache> =>
    openLocalCache({ folder: join(dir, 'cache'), content: ociLayoutStore(join(dir, 'content')), mode });
  return { open, [Symbol.asyncDispose]: async () => undefined };
}

function actionsPlace(transport: 'direct' | 'toolkit') {
  return async (dir: string): Promise<Place> => {
    const service = await new CacheService({ dir: join(dir, 'service') }).start();
    let runs = 0;
    const open = async (mode: Mode = 'read-write'): Promise<BuildCache> => {
      const stateDir = join(dir, `runner-${++runs}`);
      await mkdir(stateDir);
      const environment = service.environment(MAIN);
      return openActionsCache({
        environment,
        scope: 'app',
        platform: 'linux/amd64',
        stateDir,
        mode,
        transport,
      });
    };
    return { open, [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() };
  };
}

async function registryPlace(): Promise<Place> {
  const server = await RegistryServer.start({ auth: 'bearer', anonymousPull: false });
  const credentials = {
    find: async () => ({
      credential: { type: 'password' as const, username: DEFAULT_USER, password: DEFAULT_PASSWORD },
      origin: 'the test',
    }),
  };
  const repository = { host: server.host, path: 'team/app' };
  const open = (mode: Mode = 'read-write'): Promise<BuildCache> =>
    openRegistryCache({ registry: createRegistry({ credentials }), repository, tag: 'cache', mode });
  return { open, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** A store may know one more place of the layer than whoever saved it. */
function foundAnywhere(record: Partial<CacheRecord>): Record<string, unknown> {
  const { layer, ...others } = record;
  if (layer === undefined) return others;
  return { ...others, layer: { ...layer, sources: expect.arrayContaining([...layer.sources]) } };
}

const kinds = [
  { name: 'local', make: localPlace },
  { name: 'actions, direct', make: actionsPlace('direct') },
  { name: 'actions, toolkit', make: actionsPlace('toolkit') },
  { name: 'registry', make: registryPlace },
];

describe.each(kinds)('BuildCache: $name', ({ make }) => {
  let dir: string;
  let place: Place;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'build-cache-'));
    place = await make(dir);
    // @actions/cache prints workflow commands, which would annotate the job that runs the tests.
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await place[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  });

  test('an empty cache misses, and its report is empty', async () => {
    const cache = await place.open();
    const { record } = sampleLayer('a');
    expect(cache.writable).toBe(true);
    expect(await cache.lookup(record.key, record.step)).toEqual({});
    expect(await cache.hasBlob(record.layer!.descriptor.digest)).toBe(false);
    expect(await cache.openBlob(record.layer!.descriptor)).toBeUndefined();
    expect(await cache.finish()).toMatchObject({
      name: cache.name,
      held: { records: 0 },
      recordsSaved: 0,
      bytesUploaded: 0,
      bytesDownloaded: 0,
      notices: [],
      failures: [],
    });
  });

  test('what one run saved, the next finds: record, layer index and bytes', async () => {
    const tiny = sampleLayer('tiny', { size: 100, entries: 3 });
    const small = sampleLayer('small', { size: 100_000, entries: 3000 });
    const big = sampleLayer('big', { size: 5_000_000 });
    const first = await place.open();
    for (const { record, open } of [tiny, small, big]) first.save(record, open);
    const report = await first.finish();
    expect(report).toMatchObject({ recordsSaved: 3, notices: [] });
    expect(report.bytesUploaded).toBeGreaterThan(5_100_000);

    const second = await place.open();
    for (const { record, bytes } of [tiny, small, big]) {
      const { index, ...plain } = record;
      const found = await second.lookup(record.key, record.step);
      expect(found.nearest).toBeUndefined();
      expect(found.record).toMatchObject(foundAnywhere(plain));
      const { descriptor, diffId } = record.layer!;
      expect(found.record?.index ?? (await second.layerIndex?.(diffId))).toEqual(index);
      expect(await second.hasBlob(descriptor.digest)).toBe(true);
      expect((await bytesOf(await second.openBlob(descriptor)))?.equals(bytes)).toBe(true);
    }
    expect(await second.finish()).toMatchObject({ recordsSaved: 0, bytesUploaded: 0, notices: [] });
  });

  test('a record of a step without a layer, and one whose layer a registry serves', async () => {
    const { layer: _, ...bare } = sampleLayer('bare').record;
    const served = sampleLayer('served').record;
    const first = await place.open();
    first.save(bare);
    first.save(served);
    expect(await first.finish()).toMatchObject({ recordsSaved: 2, notices: [] });
    const second = await place.open();
    expect((await second.lookup(bare.key, bare.step)).record).toEqual(foundAnywhere(bare));
    expect((await second.lookup(served.key, served.step)).record).toEqual(foundAnywhere(served));
    expect(await second.hasBlob(served.layer!.descriptor.digest)).toBe(false);
    await second.finish();
  });

  test('documents of an image come back as they were, others take their place, and they count as no result', async () => {
    const documents = ['{"manifests": []}\n', '{"a":"\\u00e9 é"}', '{}'];
    const record: CacheRecord = {
      key: keyFor('documents'),
      step: 'documents of an image',
      parts: [],
      createdAt: '2026-01-01T00:00:00.000Z',
      documents,
    };
    const { record: result, open } = sampleLayer('beside');
    const first = await place.open();
    first.save(record);
    first.save(result, open);
    expect(await first.finish()).toMatchObject({ recordsSaved: 1, held: { records: 1 }, notices: [] });

    const second = await place.open();
    expect((await second.lookup(record.key, record.step)).record).toEqual(record);
    expect(await second.lookup(keyFor('other'), 'Dockerfile 1')).toEqual({});
    second.save({ ...record, createdAt: '2026-02-01T00:00:00.000Z' });
    expect(await second.finish()).toMatchObject({ recordsSaved: 0, bytesUploaded: 0, notices: [] });

    const third = await place.open();
    third.save({ ...record, documents: ['{"b":2}'] });
    expect(await third.finish()).toMatchObject({ recordsSaved: 0, held: { records: 1 }, notices: [] });
    const fourth = await place.open();
    expect((await fourth.lookup(record.key, record.step)).record?.documents).toEqual(['{"b":2}']);
    expect((await fourth.lookup(result.key, result.step)).record).toEqual(foundAnywhere(result));
    await fourth.finish();
  });

  test('a record is found by its content key too, and keeps its layer under another key without the bytes', async () => {
    const { record, open, bytes } = sampleLayer('made', { size: 100_000, entries: 3000 });
    const contentKey = keyFor('content');
    const { index, ...plain } = { ...record, contentKey };
    const first = await place.open();
    first.save({ ...plain, index: index! }, open);
    await first.finish();

    const second = await place.open();
    expect((await second.lookup(contentKey, record.step)).record).toMatchObject(foundAnywhere(plain));
    second.save({ ...plain, key: keyFor('made in another way') });
    expect(await second.finish()).toMatchObject({ recordsSaved: 1, notices: [] });

    const third = await place.open();
    const again = await third.lookup(keyFor('made in another way'), record.step);
    expect(again.record).toMatchObject(foundAnywhere({ contentKey, layer: record.layer! }));
    const { descriptor, diffId } = record.layer!;
    expect((await bytesOf(await third.openBlob(descriptor)))?.equals(bytes)).toBe(true);
    expect(await third.layerIndex?.(diffId)).toEqual(index);
    await third.finish();
  });

  test('a miss names the newest record of the same step', async () => {
    const old = sampleLayer('old', { step: 'Dockerfile 3', createdAt: '2026-01-01T00:00:00.000Z' });
    const recent = sampleLayer('recent', { step: 'Dockerfile 3', createdAt: '2026-02-01T00:00:00.000Z' });
    for (const { record, open } of [recent, old]) {
      const cache = await place.open();
      cache.save(record, open);
      await cache.finish();
    }
    const cache = await place.open();
    expect((await cache.lookup(keyFor('new'), 'Dockerfile 3')).nearest).toEqual(recent.record);
    expect(await cache.lookup(keyFor('new'), 'Dockerfile 4')).toEqual({});
    await cache.finish();
  });

  test('saving what is there already moves nothing', async () => {
    const { record, open } = sampleLayer('same', { size: 5_000_000 });
    const first = await place.open();
    first.save(record, open);
    first.save(record, open);
    await first.finish();
    const second = await place.open();
    second.save(record, open);
    expect(await second.finish()).toMatchObject({ bytesUploaded: 0, notices: [] });
  });

  test('what is flushed is there for others before the build ends, and what comes later is kept as well', async () => {
    const [early, late] = [sampleLayer('early', { size: 50_000 }), sampleLayer('late', { size: 50_000 })];
    const first = await place.open();
    first.save(early.record, early.open);
    // Not before it is done, not even where flushing has just begun.
    await first.flush?.();
    if (first.flush !== undefined) {
      const other = await place.open();
      expect((await other.lookup(early.record.key, early.record.step)).record).toMatchObject({
        layer: { diffId: early.record.layer?.diffId },
      });
      await other.finish();
    }
    first.save(late.record, late.open);
    void first.flush?.();
    expect(await first.finish()).toMatchObject({ recordsSaved: 2, notices: [] });
    const next = await place.open();
    for (const { record, bytes } of [early, late]) {
      expect((await next.lookup(record.key, record.step)).record).toBeDefined();
      expect((await bytesOf(await next.openBlob(record.layer!.descriptor)))?.equals(bytes)).toBe(true);
    }
    await next.finish();
  });

  test('many saves at the same time', async () => {
    const layers = Array.from({ length: 30 }, (_, i) => sampleLayer(`many ${i}`, { size: 40_000 + i }));
    const first = await place.open();
    for (const { record, open } of layers) first.save(record, open);
    expect(await first.finish()).toMatchObject({ recordsSaved: 30, notices: [] });
    const second = await place.open();
    const read = layers.map(async ({ record, bytes }) => {
      expect((await second.lookup(record.key, record.step)).record).toEqual(foundAnywhere(record));
      expect((await bytesOf(await second.openBlob(record.layer!.descriptor)))?.equals(bytes)).toBe(true);
    });
    await Promise.all(read);
    await second.finish();
  });

  test('two that are open at once do not lose what the other saved', async () => {
    const [left, right] = [sampleLayer('left'), sampleLayer('right')];
    const caches = [await place.open(), await place.open()] as const;
    caches[0].save(left.record, left.open);
    caches[1].save(right.record, right.open);
    const reports = await Promise.all(caches.map((cache) => cache.finish()));
    expect(reports.map((report) => report.recordsSaved)).toEqual([1, 1]);
    const next = await place.open();
    for (const { record, bytes } of [left, right]) {
      expect((await next.lookup(record.key, record.step)).record).toEqual(foundAnywhere(record));
      expect((await bytesOf(await next.openBlob(record.layer!.descriptor)))?.equals(bytes)).toBe(true);
    }
    await next.finish();
  });

  test('a read-only one finds, and keeps nothing', async () => {
    const [kept, other] = [sampleLayer('kept'), sampleLayer('other')];
    const first = await place.open();
    first.save(kept.record, kept.open);
    await first.finish();
    const readOnly = await place.open('read-only');
    expect(readOnly.writable).toBe(false);
    expect((await readOnly.lookup(kept.record.key, kept.record.step)).record).toEqual(
      foundAnywhere(kept.record),
    );
    readOnly.save(other.record, other.open);
    expect(await readOnly.finish()).toMatchObject({ recordsSaved: 0, bytesUploaded: 0 });
    const next = await place.open();
    expect((await next.lookup(other.record.key, other.record.step)).record).toBeUndefined();
    await next.finish();
  });

  test('a layer that cannot be read is a notice, the other results are kept', async () => {
    const [bad, good] = [sampleLayer('bad', { size: 50_000 }), sampleLayer('good', { size: 50_000 })];
    const cache = await place.open();
    cache.save(bad.record, async () => {
      throw new RangeError('the disk is gone');
    });
    cache.save(good.record, good.open);
    const report = await cache.finish();
    expect(report.recordsSaved).toBe(1);
    expect(report.notices).toEqual([expect.stringContaining('the disk is gone')]);
    const next = await place.open();
    expect((await next.lookup(bad.record.key, bad.record.step)).record).toBeUndefined();
    expect((await next.lookup(good.record.key, good.record.step)).record).toEqual(foundAnywhere(good.record));
    await next.finish();
  });

  test('a cache mount that one run saved the next finds, and a later one takes its place', async () => {
    const [tiny, small] = [sampleMount('tiny', 100), sampleMount('small', 100_000)];
    const big = sampleMount('big', 5_000_000);
    const first = await place.open();
    const saves = [tiny, small, big].map(({ mount, open }) => first.mounts!.save(mount, open));
    expect(await first.finish()).toMatchObject({ notices: [] });
    expect(await Promise.all(saves)).toEqual([true, true, true]);

    const second = await place.open();
    for (const { mount, bytes } of [tiny, small, big]) {
      expect(await second.mounts!.find(mount.key)).toEqual(mount);
      expect((await bytesOf(await second.mounts!.open(mount)))?.equals(bytes)).toBe(true);
    }
    expect(await second.mounts!.find(keyFor('another'))).toBeUndefined();
    const changed = sampleMount('big', 5_000_001);
    expect(changed.mount.key).toBe(big.mount.key);
    const saved = second.mounts!.save(changed.mount, changed.open);
    await second.finish();
    expect(await saved).toBe(true);

    const third = await place.open();
    expect(await third.mounts!.find(big.mount.key)).toEqual(changed.mount);
    expect((await bytesOf(await third.mounts!.open(changed.mount)))?.equals(changed.bytes)).toBe(true);
    expect(await third.mounts!.find(small.mount.key)).toEqual(small.mount);
    expect(await third.finish()).toMatchObject({ bytesUploaded: 0, notices: [] });
  });

  test('cache mounts and results of runs that end together', async () => {
    const mounts = [1, 2, 3].map((i) => sampleMount(`at once ${i}`, 50_000 + i));
    const layers = [1, 2, 3].map((i) => sampleLayer(`beside ${i}`, { size: 1000 }));
    const runs = await Promise.all(mounts.map(() => place.open()));
    const reports = runs.map(async (cache, i) => {
      cache.save(layers[i]!.record, layers[i]!.open);
      const saved = cache.mounts!.save(mounts[i]!.mount, mounts[i]!.open);
      await cache.finish();
      return saved;
    });
    expect(await Promise.all(reports)).toEqual([true, true, true]);
    const next = await place.open();
    for (const { mount } of mounts) expect(await next.mounts!.find(mount.key)).toEqual(mount);
    for (const { record } of layers)
      expect((await next.lookup(record.key, record.step)).record).toBeDefined();
    await next.finish();
  });

  test('a cache mount that cannot be read is a notice, and what was there stays', async () => {
    const { mount, open } = sampleMount('stays', 50_000);
    const first = await place.open();
    const saved = first.mounts!.save(mount, open);
    await first.finish();
    expect(await saved).toBe(true);
    const second = await place.open();
    const broken = second.mounts!.save(sampleMount('stays', 60_000).mount, async () => {
      throw new RangeError('the disk is gone');
    });
    const { notices } = await second.finish();
    expect([await broken, notices]).toEqual([false, [expect.stringContaining('the disk is gone')]]);
    const third = await place.open('read-only');
    expect(await third.mounts!.find(mount.key)).toEqual(mount);
    await third.finish();
  });
});
