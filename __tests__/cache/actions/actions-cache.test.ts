import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { BuildError } from '../../../src/base/errors.ts';
import { DirectStore } from '../../../src/cache/backends/actions/direct-store.ts';
import { openActionsCache } from '../../../src/cache/backends/actions/open.ts';
import { parseDigest } from '../../../src/image/digest.ts';
import { memoryStore } from '../../../src/image/store/memory.ts';
import { bytesOf, sampleLayer } from '../../support/cache-records.ts';
import { CacheFixture, FORK, MAIN, pullRequest, tag } from '../../support/cache-runner-fixture.ts';

// Processes of others, on machines that may be busy.
jest.setTimeout(120_000);

const MIB = 1024 * 1024;
let fixture: CacheFixture;

beforeEach(async () => {
  fixture = await CacheFixture.start();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await fixture[Symbol.asyncDispose]();
});

describe('requests of each phase', () => {
  const steps = [100, 200, 50_000, 60_000, 5 * MIB].map((size, i) =>
    sampleLayer(`s${i}`, { size, entries: 2 }),
  );

  test('first build: one look for an index; one entry for the small layers together, one for the big one, one index', async () => {
    expect(await fixture.build(steps)).toMatchObject({ recordsSaved: 5, notices: [] });
    expect(fixture.takeCalls()).toEqual({
      GetCacheEntryDownloadURL: 1,
      CreateCacheEntry: 3,
      'PUT blob': 3,
      FinalizeCacheEntryUpload: 3,
    });
    const kinds = fixture.service.keys().map((key) => /^ts-image-build-([A-Z])-/.exec(key)?.[1]);
    expect(kinds.sort()).toEqual(['I', 'L', 'P']);
  });

  test('unchanged build whose layers the registry has: the index alone, and nothing is written', async () => {
    await fixture.build(steps);
    fixture.takeCalls();
    const cache = await fixture.job();
    for (const { record } of steps)
      expect((await cache.lookup(record.key, record.step)).record).toEqual(record);
    const report = await cache.finish();
    expect(report).toMatchObject({ recordsSaved: 0, bytesUploaded: 0, notices: [] });
    expect(report.bytesDownloaded).toBeLessThan(20_000);
    expect(fixture.takeCalls()).toEqual({ GetCacheEntryDownloadURL: 1, 'GET blob': 1 });
  });

  test('a layer out of a pack costs one lookup and one range of its own size', async () => {
    await fixture.build(steps);
    const cache = await fixture.job();
    fixture.takeCalls();
    const { record, bytes } = steps[3]!;
    await cache.lookup(record.key, record.step);
    const before = fixture.service.blobs.sent;
    expect((await bytesOf(await cache.openBlob(record.layer!.descriptor)))?.equals(bytes)).toBe(true);
    expect(fixture.takeCalls()).toEqual({ GetCacheEntryDownloadURL: 1, 'GET blob': 1 });
    expect(fixture.service.blobs.sent - before).toBe(60_000);
    await cache.finish();
  });

  test('one changed step: its layer and a new index', async () => {
    await fixture.build(steps);
    fixture.takeCalls();
    const changed = sampleLayer('s4', { size: 6 * MIB });
    const report = await fixture.build([...steps.slice(0, 4), changed]);
    expect(report).toMatchObject({ recordsSaved: 1, notices: [] });
    expect(fixture.takeCalls()).toMatchObject({ CreateCacheEntry: 2, FinalizeCacheEntryUpload: 2 });
    expect(await fixture.found([...steps.slice(0, 4), changed])).toEqual([true, true, true, true, true]);
  });

  test('a big layer goes up in blocks and comes down in ranges', async () => {
    const big = sampleLayer('big', { size: 20 * MIB + 17 });
    await fixture.build([big]);
    expect(fixture.takeCalls()).toMatchObject({ 'PUT blob block': 3, 'PUT blob blocklist': 1 });
    expect(await fixture.found([big])).toEqual([true]);
    expect(fixture.takeCalls()).toMatchObject({ 'GET blob': 1 + 3 });
  });

  test('the index is saved again only when a record was last used on an earlier day', async () => {
    await fixture.build(steps.slice(0, 1));
    fixture.takeCalls();
    const { record } = steps[0]!;
    const tomorrow = Date.now() + 86_400_000;
    jest.useFakeTimers({
      now: tomorrow,
      doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask', 'setInterval'],
    });
    try {
      // The second one finds that it was noted.
      for (const writes of [1, 0]) {
        const cache = await fixture.job();
        await cache.lookup(record.key, record.step);
        await cache.finish();
        expect(fixture.takeCalls()['CreateCacheEntry'] ?? 0).toBe(writes);
      }
    } finally {
      jest.useRealTimers();
    }
    expect(fixture.service.keys()).toHaveLength(2);
  });

  test('only so many bytes go into the index itself, the rest into a pack', async () => {
    const tiny = Array.from({ length: 4 }, (_, i) => sampleLayer(`tiny ${i}`, { size: 900 }));
    await fixture.build(tiny, { limits: { inline: 1000, inlineTotal: 2500 } });
    const packs = [...fixture.service.entries.values()].filter(({ key }) => key.includes('-P-'));
    expect(packs.map(({ size }) => size)).toEqual([1800]);
    expect(await fixture.found(tiny)).toEqual([true, true, true, true]);
  });

  test('a job writes at most as many entries as it may; what did not fit is not in the index', async () => {
    const layers = Array.from({ length: 6 }, (_, i) => sampleLayer(`l${i}`, { size: 2000 }));
    const report = await fixture.build(layers, { limits: { pack: 1000, uploads: 7 } });
    expect(report.recordsSaved).toBe(3);
    expect(report.notices).toEqual([expect.stringContaining('at most 7 entries')]);
    const found = await fixture.found(layers);
    expect(found.filter(Boolean)).toHaveLength(3);
  });

  test('that is 20 where nobody says otherwise, its index and what is too small for an entry of its own among them', async () => {
    const layers = Array.from({ length: 30 }, (_, i) => sampleLayer(`l${i}`, { size: 2000 }));
    const small = sampleLayer('small', { size: 900 });
    const report = await fixture.build([...layers, small], { limits: { pack: 1000, inline: 100 } });
    expect(report.recordsSaved).toBe(17);
    expect(report.notices).toEqual([expect.stringContaining('at most 20 entries')]);
    expect(fixture.takeCalls()['CreateCacheEntry']).toBe(18);
    expect(await fixture.found([small])).toEqual([true]);
  });
});

describe('scopes', () => {
  const shared = sampleLayer('shared', { size: 5 * MIB });
  const own = sampleLayer('own', { size: 60_000 });

  test('a pull request reads main, uploads nothing that main has, and is read by itself alone', async () => {
    await fixture.build([shared]);
    fixture.takeCalls();
    const report = await fixture.build([shared, own], { scopes: pullRequest(1) });
    expect(report).toMatchObject({ recordsSaved: 1, notices: [] });
    // Two indexes to look for; is main's layer still there; the pack, asked for before it is uploaded.
    expect(fixture.takeCalls()).toMatchObject({ GetCacheEntryDownloadURL: 2 + 1 + 1, CreateCacheEntry: 2 });
    expect(await fixture.found([shared, own], { scopes: pullRequest(1) })).toEqual([true, true]);
    expect(await fixture.found([shared, own], { scopes: pullRequest(2) })).toEqual([true, false]);
    expect(await fixture.found([shared, own], { scopes: tag('v1') })).toEqual([true, false]);
    expect(await fixture.found([shared, own], { scopes: MAIN })).toEqual([true, false]);
  });

  test('a pull request that has an index of its own still finds what main saves later', async () => {
    await fixture.build([own], { scopes: pullRequest(7) });
    fixture.clock += 1000;
    await fixture.build([shared]);
    expect(await fixture.found([own, shared], { scopes: pullRequest(7) })).toEqual([true, true]);
    fixture.clock += 1000;
    await fixture.build([sampleLayer('more', { size: 10 })], { scopes: pullRequest(7) });
    expect(await fixture.found([own, shared], { scopes: pullRequest(7) })).toEqual([true, true]);
  });

  test('the same layer under another key is not uploaded again by a pull request', async () => {
    await fixture.build([shared]);
    fixture.takeCalls();
    const moved = sampleLayer('moved', { bytes: shared.bytes });
    await fixture.build([moved], { scopes: pullRequest(1), scope: 'other-image' });
    expect(fixture.service.keys('refs/pull/1/merge').filter((key) => key.includes('-L-'))).toEqual([]);
    expect(await fixture.found([moved], { scopes: pullRequest(1), scope: 'other-image' })).toEqual([true]);
  });

  test('a fork, whose token is read-only, reads, writes nothing and says why once', async () => {
    await fixture.build([shared]);
    fixture.takeCalls();
    const onNotice = jest.fn();
    const cache = await fixture.job({ scopes: FORK, onNotice });
    expect(cache.writable).toBe(false);
    cache.save(own.record, own.open);
    const report = await cache.finish();
    expect(report.notices).toEqual([expect.stringContaining('read-only')]);
    expect(onNotice.mock.calls).toEqual([[report.notices[0], true]]);
    expect(fixture.takeCalls()['CreateCacheEntry']).toBeUndefined();
    expect(await fixture.found([shared], { scopes: FORK })).toEqual([true]);
  });

  test('cache-mode none asks nothing; write-only does not write an index over others', async () => {
    await fixture.build([shared]);
    fixture.takeCalls();
    const none = await fixture.build([own], { environment: { ACTIONS_CACHE_MODE: 'none' } });
    expect(none.notices).toEqual([expect.stringContaining('neither read nor written')]);
    expect(fixture.takeCalls()).toEqual({});
    const writeOnly = await fixture.build([own], { environment: { ACTIONS_CACHE_MODE: 'write-only' } });
    expect(writeOnly).toMatchObject({ recordsSaved: 0 });
    expect(writeOnly.notices.join('\n')).toContain('only be extended by who reads it');
    expect(await fixture.found([shared])).toEqual([true]);
  });

  test('other images, platforms and scope names do not meet', async () => {
    await fixture.build([own]);
    expect(await fixture.found([own], { scope: 'app2' })).toEqual([false]);
    expect(await fixture.found([own], { platform: 'linux/arm64' })).toEqual([false]);
    expect(await fixture.found([own])).toEqual([true]);
  });
});

describe('what a record may hold', () => {
  test('one that could not be read again is left out with a notice, and does not spoil the index for the others', async () => {
    const good = sampleLayer('good', { size: 10 });
    const { record, open } = sampleLayer('bad', { size: 10 });
    const descriptor = { ...record.layer!.descriptor, annotations: { toc: 'x'.repeat(5000) } };
    const report = await fixture.build([
      good,
      { ...good, open, record: { ...record, layer: { ...record.layer!, descriptor } } },
    ]);
    expect(report).toMatchObject({
      recordsSaved: 1,
      notices: [expect.stringContaining('could not be saved')],
    });
    expect(await fixture.found([good])).toEqual([true]);
  });

  test.each([
    ['in the index', 10],
    ['in a pack', 50_000],
    ['as an entry', 5 * MIB],
  ])('a layer that is named by SHA-512 is kept %s', async (_, size) => {
    const { record, bytes, open } = sampleLayer('long', { size });
    const digest = parseDigest(`sha512:${createHash('sha512').update(bytes).digest('hex')}`);
    const descriptor = { ...record.layer!.descriptor, digest };
    const layer = { bytes, open, record: { ...record, layer: { ...record.layer!, descriptor } } };
    expect(await fixture.build([layer])).toMatchObject({ recordsSaved: 1, notices: [] });
    expect(await fixture.found([layer])).toEqual([true]);
  });
});

describe('jobs at the same time', () => {
  test('a matrix with one scope name: nobody loses the results of another', async () => {
    const layers = Array.from({ length: 26 }, (_, i) => sampleLayer(`job ${i}`, { size: 500 }));
    const reports = await Promise.all(layers.map((layer) => fixture.build([layer])));
    expect(reports.map((report) => [report.recordsSaved, report.notices])).toEqual(layers.map(() => [1, []]));
    expect(await fixture.found(layers)).toEqual(layers.map(() => true));
  });

  test('two that made the same layer: one uploads it, both records are kept', async () => {
    const left = sampleLayer('left', { size: 5 * MIB });
    const right = sampleLayer('right', { bytes: left.bytes });
    await fixture.build([left], { scope: 'image-1' });
    fixture.takeCalls();
    // Its own index knows nothing of the layer, the service refuses the key: 409.
    expect(await fixture.build([right], { scope: 'image-2' })).toMatchObject({
      recordsSaved: 1,
      notices: [],
    });
    expect(fixture.takeCalls()).toMatchObject({ CreateCacheEntry: 2, 'PUT blob': 1 });
    expect(await fixture.found([right], { scope: 'image-2' })).toEqual([true]);
  });

  test('a layer that another job began to save and did not finish is left out', async () => {
    const layer = sampleLayer('layer', { size: 5 * MIB });
    const small = sampleLayer('small', { size: 10 });
    fixture.fault = (operation) => (operation === 'PUT blob' ? 403 : undefined);
    expect((await fixture.build([layer])).notices[0]).toContain('status 403');
    fixture.fault = undefined;
    const report = await fixture.build([layer, small], { scope: 'other' });
    expect(report.recordsSaved).toBe(1);
    expect(report.notices).toEqual([expect.stringContaining('another job has begun to save it')]);
    expect(await fixture.found([layer, small], { scope: 'other' })).toEqual([false, true]);
  });

  test('an index that was begun and abandoned is passed over', async () => {
    const [first, second] = [sampleLayer('first', { size: 10 }), sampleLayer('second', { size: 10 })];
    fixture.fault = (operation) => (operation === 'FinalizeCacheEntryUpload' ? 400 : undefined);
    expect((await fixture.build([first])).notices.join()).toContain('index could not be saved');
    fixture.fault = undefined;
    const report = await fixture.build([second], { limits: { patience: 600 } });
    expect(report).toMatchObject({ recordsSaved: 1, notices: [] });
    expect(await fixture.found([first, second])).toEqual([false, true]);
  });
});

describe('trouble', () => {
  const layer = sampleLayer('layer', { size: 5 * MIB });
  const packed = sampleLayer('packed', { size: 50_000 });

  test('429: waits for Retry-After once and goes on', async () => {
    fixture.fault = limited('CreateCacheEntry');
    expect(await fixture.build([layer])).toMatchObject({ recordsSaved: 1, notices: [] });
    expect(fixture.takeCalls()['CreateCacheEntry']).toBe(3);
  });

  test('429 at a lookup: waits for Retry-After once, and does not begin from nothing', async () => {
    await fixture.build([layer]);
    fixture.fault = limited('GetCacheEntryDownloadURL');
    const cache = await fixture.job({ scopes: pullRequest(7) });
    expect((await cache.lookup(layer.record.key, layer.record.step)).record).toBeDefined();
    expect((await cache.finish()).notices).toEqual([]);

    fixture.fault = (operation) => (operation === 'GetCacheEntryDownloadURL' ? 429 : undefined);
    fixture.takeCalls();
    const refused = await fixture.job();
    expect((await refused.finish()).notices).toEqual([expect.stringContaining('status 429')]);
    expect(fixture.takeCalls()).toEqual({ GetCacheEntryDownloadURL: 2 });
  });

  test('429 again: nothing more is tried, one notice', async () => {
    fixture.fault = (operation) => (operation === 'CreateCacheEntry' ? 429 : undefined);
    const more = [
      layer,
      packed,
      sampleLayer('more', { size: 5 * MIB }),
      sampleLayer('most', { size: 5 * MIB }),
    ];
    const report = await fixture.build(more);
    expect(report).toMatchObject({ recordsSaved: 0, bytesUploaded: 0 });
    expect(report.notices).toEqual([expect.stringContaining('200 uploads of this minute')]);
    expect(fixture.takeCalls()['CreateCacheEntry']).toBeLessThanOrEqual(6);
  });

  test('after three failures no layer is tried any more', async () => {
    const layers = Array.from({ length: 12 }, (_, i) => sampleLayer(`l${i}`, { size: 2000 }));
    fixture.fault = (operation) => (operation === 'PUT blob' ? 403 : undefined);
    const report = await fixture.build(layers, { limits: { pack: 1000, patience: 0 } });
    expect(report.notices).toEqual([
      expect.stringContaining('A layer could not be saved in the Actions cache'),
      'Nothing more is saved in the Actions cache after several failures',
    ]);
    // Those that were under way by then.
    expect(fixture.takeCalls()['CreateCacheEntry']).toBeLessThanOrEqual(5);
  });

  test('a signed URL that has expired is asked for again', async () => {
    await fixture.build([layer]);
    const cache = await fixture.job();
    expect(await cache.hasBlob(layer.record.layer!.descriptor.digest)).toBe(true);
    fixture.clock += 11 * 60_000;
    fixture.takeCalls();
    expect((await bytesOf(await cache.openBlob(layer.record.layer!.descriptor)))?.equals(layer.bytes)).toBe(
      true,
    );
    expect(fixture.takeCalls()).toEqual({ GetCacheEntryDownloadURL: 1, 'GET blob': 2 });
    await cache.finish();
  });

  test('a download that breaks off is an error while reading; then the layer is not here, and its record stays', async () => {
    await fixture.build([layer]);
    const cache = await fixture.job();
    const { descriptor } = layer.record.layer!;
    fixture.fault = (operation) => (operation === 'GET blob' ? 'truncate' : undefined);
    const stream = await cache.openBlob(descriptor);
    await expect(bytesOf(stream)).rejects.toThrow(BuildError);
    expect(await cache.openBlob(descriptor)).toBeUndefined();
    expect(await cache.hasBlob(descriptor.digest)).toBe(false);
    fixture.fault = undefined;
    expect((await cache.finish()).notices).toEqual([expect.stringContaining('cannot be downloaded')]);
    expect(await fixture.found([layer])).toEqual([true]);
  });

  test('a damaged layer is refused by the content store, named once, taken out of the index and saved anew', async () => {
    await fixture.build([layer, packed]);
    const entry = [...fixture.service.entries.values()].find(({ key }) => key.includes('-L-'));
    await fixture.service.blobs.damage(entry!.blob);
    const cache = await fixture.job();
    const { descriptor } = layer.record.layer!;
    const stored = memoryStore().put((await cache.openBlob(descriptor))!, descriptor);
    await expect(stored).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    expect(await cache.hasBlob(descriptor.digest)).toBe(false);
    // The step is executed again.
    cache.save(layer.record, layer.open);
    const report = await cache.finish();
    expect(report).toMatchObject({ recordsSaved: 1 });
    expect(report.notices).toEqual([expect.stringContaining('damaged')]);
    expect(await fixture.found([layer, packed])).toEqual([true, true]);
  });

  test('a layer of another size than the caller expects is not given out', async () => {
    await fixture.build([layer]);
    const cache = await fixture.job();
    const { descriptor } = layer.record.layer!;
    expect(await cache.openBlob({ ...descriptor, size: descriptor.size + 1 })).toBeUndefined();
    await cache.finish();
  });

  test('a key that only begins like an entry is no entry', async () => {
    await using store = new DirectStore(fixture.service.environment(MAIN));
    const open = async () => packed.open();
    expect(await store.put('some-key-1', { size: packed.bytes.length, open })).toEqual({ type: 'saved' });
    expect(await store.find('some-key')).toBeUndefined();
    expect((await store.newest('some-key'))?.key).toBe('some-key-1');
    expect((await store.find('some-key-1'))?.key).toBe('some-key-1');
  });

  test('eviction of single entries: the record goes with its layer, the others stay', async () => {
    await fixture.build([layer, packed]);
    await fixture.service.delete((entry) => entry.key.includes('-L-'));
    const cache = await fixture.job();
    expect((await cache.lookup(layer.record.key, layer.record.step)).record).toBeDefined();
    expect(await cache.hasBlob(layer.record.layer!.descriptor.digest)).toBe(false);
    expect(await cache.openBlob(layer.record.layer!.descriptor)).toBeUndefined();
    await cache.finish();
    const next = await fixture.job();
    expect((await next.lookup(layer.record.key, layer.record.step)).record).toBeUndefined();
    await next.finish();
    expect(await fixture.found([packed])).toEqual([true]);
    await fixture.build([layer]);
    expect(await fixture.found([layer, packed])).toEqual([true, true]);
  });

  test('all entries but the index evicted: a build that makes the same again saves it again', async () => {
    await fixture.build([layer, packed]);
    await fixture.service.delete((entry) => !entry.key.includes('-I-'));
    expect(await fixture.found([layer, packed])).toEqual([false, false]);
    expect(await fixture.build([layer, packed])).toMatchObject({ recordsSaved: 2, notices: [] });
    expect(await fixture.found([layer, packed])).toEqual([true, true]);
  });

  test('a damaged index is left out with a notice and replaced by the next', async () => {
    await fixture.build([packed]);
    fixture.fault = (operation) => (operation === 'GET blob' ? 'corrupt' : undefined);
    const cache = await fixture.job();
    fixture.fault = undefined;
    expect(await cache.lookup(packed.record.key, packed.record.step)).toEqual({});
    cache.save(packed.record, packed.open);
    const report = await cache.finish();
    expect(report.recordsSaved).toBe(1);
    expect(report.notices).toEqual([expect.stringContaining('index in the Actions cache is left out')]);
    expect(await fixture.found([packed])).toEqual([true]);
  });

  test.each([17, 65])(
    'an index of %d MiB is not read, says how to help, and is replaced by the next',
    async (size) => {
      await fixture.build([packed]);
      const index = [...fixture.service.entries.values()].find(({ key }) => key.includes('-I-'));
      await fixture.service.blobs.fill(index!.blob, size * 1024 * 1024);
      expect(await fixture.build([packed])).toMatchObject({
        recordsSaved: 1,
        notices: [
          expect.stringMatching(
            /index in the Actions cache is left out: it has more than 16 MiB\. A build that writes/,
          ),
        ],
      });
      expect(await fixture.found([packed])).toEqual([true]);
    },
  );

  test('an index that cannot be read is not replaced', async () => {
    await fixture.build([packed]);
    fixture.fault = (operation) => (operation === 'GET blob' ? 404 : undefined);
    const report = await fixture.build([layer]);
    expect(report.recordsSaved).toBe(0);
    fixture.fault = undefined;
    expect(await fixture.found([packed])).toEqual([true]);
  });

  test('a server error that passes is tried again', async () => {
    let failures = 3;
    fixture.fault = (operation) => (/blob|Create/.test(operation) && failures-- > 0 ? 503 : undefined);
    expect(await fixture.build([layer])).toMatchObject({ recordsSaved: 1, notices: [] });
    failures = 1;
    expect(await fixture.found([layer])).toEqual([true]);
  });

  test('a service that is down: misses, notices, no error', async () => {
    const environment = { ACTIONS_RESULTS_URL: 'http://127.0.0.1:1/' };
    const cache = await fixture.job({ environment });
    expect(await cache.lookup(layer.record.key, layer.record.step)).toEqual({
      reason: 'not all of actions could be read (see the notice)',
    });
    cache.save(layer.record, layer.open);
    const report = await cache.finish();
    expect(report.recordsSaved).toBe(0);
    expect(report.notices[0]).toContain('could not be read');
  });

  test('an expired token is named', async () => {
    fixture.clock += 7 * 3_600_000;
    const environment = { ACTIONS_RUNTIME_TOKEN: fixture.service.token(MAIN, '1', -3600) };
    const report = await fixture.build([layer], { environment });
    expect(report.recordsSaved).toBe(0);
    expect(report.notices[0]).toContain('expired token');
  });

  test('a service that speaks something else: one line of reason, then none where nothing else was asked for', async () => {
    const server = createServer((_, res) =>
      res.writeHead(404, { 'content-type': 'text/html' }).end('<html>'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const environment = {
      ACTIONS_RESULTS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    };
    const report = await fixture.build([layer], { environment, transport: 'direct' });
    expect(report.notices).toEqual([expect.stringContaining('does not speak version 2')]);
    await new Promise((resolve) => server.close(resolve));
  });

  test('no service at all', async () => {
    const cache = await openActionsCache({
      environment: {},
      scope: 'a',
      platform: 'linux/amd64',
      stateDir: fixture.dir,
    });
    expect(cache.writable).toBe(false);
    expect((await cache.finish()).notices).toEqual([
      expect.stringContaining('not run as a step of an action'),
    ]);
  });
});

describe('a signed index', () => {
  const layer = sampleLayer('layer', { size: 500 });

  test('is read with its secret alone', async () => {
    await fixture.build([layer], { secret: 'one' });
    expect(await fixture.found([layer], { secret: 'one' })).toEqual([true]);
    expect(await fixture.found([layer], { secret: 'two' })).toEqual([false]);
    expect(await fixture.found([layer])).toEqual([true]);
  });

  test('an unsigned one is not taken when a secret is set, and is said so', async () => {
    await fixture.build([layer]);
    const cache = await fixture.job({ secret: 'one' });
    expect(await cache.lookup(layer.record.key, layer.record.step)).toEqual({});
    expect((await cache.finish()).notices).toEqual([expect.stringContaining('not signed')]);
  });
});

/** 429 for a second from the first call on, which is what its Retry-After says. */
function limited(limitedOperation: string): (operation: string) => 429 | undefined {
  let until: number | undefined;
  return (operation) => {
    if (operation !== limitedOperation) return undefined;
    until ??= performance.now() + 950;
    return performance.now() < until ? 429 : undefined;
  };
}
