/** @jest-environment ./__tests__/support/real-process-env.cjs */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { openActionsCache } from '../../../src/cache/backends/actions/open.ts';
import { ToolkitStore } from '../../../src/cache/backends/actions/toolkit-store.ts';
import type { BuildCache, CacheReport } from '../../../src/cache/build-cache.ts';
import { bytesOf, type SampleLayer, sampleLayer, sampleMount } from '../../support/cache-records.ts';
import { CacheFixture, MAIN, pullRequest } from '../../support/cache-runner-fixture.ts';
import { CacheServiceV1 } from '../../support/cache-service-v1.ts';

// Processes of others, on machines that may be busy.
jest.setTimeout(120_000);

const MIB = 1024 * 1024;
let printed: string;

beforeEach(() => {
  // The package prints workflow commands, which would annotate the job that runs the tests.
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += String(chunk);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('version 1 of the service, as on an enterprise server', () => {
  let service: CacheServiceV1;
  let dir: string;

  beforeEach(async () => {
    service = await new CacheServiceV1().start();
    dir = await mkdtemp(join(tmpdir(), 'cache-v1-'));
  });
  afterEach(async () => {
    await service[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  });

  async function job(layers: readonly SampleLayer[]): Promise<{ hits: boolean[]; report: CacheReport }> {
    const environment = service.environment();
    const cache = await openActionsCache({
      environment,
      scope: 'app',
      platform: 'linux/amd64',
      stateDir: dir,
      limits: { patience: 0 },
    });
    const hits: boolean[] = [];
    for (const { record, bytes, open } of layers) {
      const hit = (await cache.lookup(record.key, record.step)).record !== undefined;
      const stream = hit ? await cache.openBlob(record.layer!.descriptor) : undefined;
      const same = (await bytesOf(stream))?.equals(bytes) ?? false;
      hits.push(same);
      if (!same) cache.save(record, open);
    }
    return { hits, report: await cache.finish() };
  }

  const layers = [100, 100_000, 5 * MIB].map((size, i) => sampleLayer(`l${i}`, { size }));

  test('works through the package, with one line of reason', async () => {
    const first = await job(layers);
    expect(first.report).toMatchObject({ recordsSaved: 3 });
    expect(first.report.notices).toEqual([
      expect.stringContaining('through @actions/cache, which is slower'),
    ]);
    expect((await job(layers)).hits).toEqual([true, true, true]);
    expect(await readdir(dir)).toEqual([]);
  });

  test('cache mounts are kept too', async () => {
    const open = (): Promise<BuildCache> =>
      openActionsCache({
        environment: service.environment(),
        scope: 'app',
        platform: 'linux/amd64',
        stateDir: dir,
      });
    for (const { mount, bytes, open: source } of [sampleMount('small', 1000), sampleMount('big', 5 * MIB)]) {
      const first = await open();
      const saved = first.mounts?.save(mount, source);
      await first.finish();
      expect(await saved).toBe(true);
      const second = await open();
      expect(await second.mounts?.find(mount.key)).toEqual(mount);
      expect((await bytesOf(await second.mounts?.open(mount)))?.equals(bytes)).toBe(true);
      await second.finish();
    }
    expect(await readdir(dir)).toEqual([]);
  });

  test('an upload that fails is no hit later, though the package answers with an id', async () => {
    service.refuseContent = 403;
    const { report } = await job(layers);
    expect(report.recordsSaved).toBe(0);
    expect(report.notices.join('\n')).toContain('did not save it');
    service.refuseContent = undefined;
    expect((await job(layers.slice(0, 1))).hits).toEqual([false]);
  }, 60_000);
});

describe('version 2 of the service', () => {
  let fixture: CacheFixture;
  beforeEach(async () => {
    fixture = await CacheFixture.start();
  });
  afterEach(() => fixture[Symbol.asyncDispose]());

  const layer = sampleLayer('layer', { size: 5 * MIB });
  const packed = sampleLayer('packed', { size: 50_000 });
  const toolkit = { transport: 'toolkit' } as const;

  test('a layer that main has is not archived again by a pull request', async () => {
    await fixture.build([layer], toolkit);
    fixture.takeCalls();
    const moved = sampleLayer('moved', { bytes: layer.bytes });
    const report = await fixture.build([moved], { ...toolkit, scopes: pullRequest(1), scope: 'other' });
    expect(report).toMatchObject({ recordsSaved: 1, notices: [] });
    // The index alone.
    expect(fixture.takeCalls()['CreateCacheEntry']).toBe(1);
  });

  test('several layers of one pack cost one download', async () => {
    const more = [packed, sampleLayer('p2', { size: 60_000 }), sampleLayer('p3', { size: 70_000 })];
    await fixture.build(more, toolkit);
    fixture.takeCalls();
    expect(await fixture.found(more, toolkit)).toEqual([true, true, true]);
    expect(fixture.takeCalls()['GET blob']).toBe(2);
  });

  test('eviction and damage are misses', async () => {
    await fixture.build([layer, packed], toolkit);
    await fixture.service.delete((entry) => entry.key.includes('-P-'));
    const cache = await fixture.job(toolkit);
    expect(await cache.hasBlob(packed.record.layer!.descriptor.digest)).toBe(false);
    fixture.fault = (operation) => (operation === 'GET blob' ? 'corrupt' : undefined);
    expect(await cache.openBlob(layer.record.layer!.descriptor)).toBeUndefined();
    fixture.fault = undefined;
    const report = await cache.finish();
    expect(report.notices).toEqual([expect.stringContaining('could not be restored')]);
    expect(await fixture.found([layer, packed], toolkit)).toEqual([true, false]);
  });

  test('refused uploads end after three, with our own notice', async () => {
    fixture.fault = (operation) => (operation === 'CreateCacheEntry' ? 429 : undefined);
    const layers = Array.from({ length: 6 }, (_, i) => sampleLayer(`x${i}`, { size: 5 * MIB }));
    const report = await fixture.build(layers, { ...toolkit, limits: { patience: 0 } });
    expect(report.recordsSaved).toBe(0);
    expect(report.notices).toContainEqual(expect.stringContaining('after several failures'));
    expect(printed).toContain('Failed to save');
    expect(fixture.takeCalls()['CreateCacheEntry']).toBeLessThanOrEqual(5);
  });

  test('an index that is not saved is looked for a few times, not again at the end: each time the package tells of it', async () => {
    const cache = await fixture.job({ ...toolkit, limits: { patience: 3000 } });
    const { record, open } = sampleLayer('tiny', { size: 10 });
    cache.save(record, open);
    fixture.fault = (operation) => (operation === 'CreateCacheEntry' ? 429 : undefined);
    fixture.takeCalls();
    await cache.flush?.();
    const report = await cache.finish();
    expect(report.notices).toEqual([expect.stringContaining('index could not be saved')]);
    expect(fixture.takeCalls()['GetCacheEntryDownloadURL']).toBeLessThanOrEqual(7);
  });

  test('content that breaks off leaves no copy behind, and what was looked up no folder', async () => {
    await using store = await ToolkitStore.open(fixture.service.environment(MAIN), fixture.dir);
    const left = async () =>
      (await readdir(fixture.dir, { recursive: true })).filter((name) => /actions-cache-.*\//.test(name));
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(MIB);
      throw new TypeError('the layer is gone');
    }
    expect(await store.put('a', { size: 2 * MIB, open: async () => broken() })).toMatchObject({
      type: 'failed',
      reason: 'the layer is gone',
    });
    expect(await store.find('a')).toBeUndefined();
    expect(await left()).toEqual([]);
  });

  test('a state folder with a space in its name', async () => {
    const stateDir = join(fixture.dir, 'with space');
    await mkdir(stateDir);
    const options = { ...toolkit, stateDir };
    expect(await fixture.build([packed], options)).toMatchObject({ recordsSaved: 1, notices: [] });
    expect(await fixture.found([packed], options)).toEqual([true]);
  });
});

describe('a runner that names version 2 and a server that does not have it', () => {
  const { record, open } = sampleLayer('layer');
  let server: Server;
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'cache-none-'));
    server = createServer((_, res) => res.writeHead(404, { 'content-type': 'text/html' }).end('<html>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(dir, { recursive: true, force: true });
  });

  async function report(other: Record<string, string>): Promise<CacheReport> {
    const cache = await openActionsCache({
      environment: {
        ACTIONS_CACHE_SERVICE_V2: '1',
        ACTIONS_RESULTS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
        ACTIONS_RUNTIME_TOKEN: 'opaque',
        ...other,
      },
      scope: 'app',
      platform: 'linux/amd64',
      stateDir: dir,
      limits: { patience: 0 },
    });
    expect(await cache.lookup(record.key, record.step)).toEqual({});
    cache.save(record, open);
    return cache.finish();
  }

  test('version 1 is used where it is', async () => {
    await using service = await new CacheServiceV1().start();
    const found = await report({ ACTIONS_CACHE_URL: service.url });
    expect(found).toMatchObject({ recordsSaved: 1 });
    expect(found.notices).toEqual([expect.stringContaining('does not speak version 2')]);
    expect(service.keys()).toHaveLength(1);
  });

  test('where there is neither, the build goes on at once, with the reasons', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect(await report({ ACTIONS_CACHE_URL: url })).toMatchObject({
      recordsSaved: 0,
      notices: [
        expect.stringContaining('does not speak version 2'),
        expect.stringContaining('index could not be saved'),
      ],
    });
  });
});
