import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { sampleLayer, sampleMount } from '../../support/cache-records.ts';
import { CacheFixture } from '../../support/cache-runner-fixture.ts';

// Processes of others, on machines that may be busy.
jest.setTimeout(120_000);

let fixture: CacheFixture;
beforeEach(async () => {
  fixture = await CacheFixture.start();
});
afterEach(() => fixture[Symbol.asyncDispose]());

describe('numbers of indexes that are taken', () => {
  const small = sampleLayer('small', { size: 10 });

  test('by jobs that never finish: given up soon, with the reason, and no layer is lost for it', async () => {
    fixture.fault = (operation) => (operation === 'CreateCacheEntry' ? 409 : undefined);
    const report = await fixture.build([small], { limits: { patience: 20 } });
    expect(report.notices).toEqual([
      expect.stringContaining('its place is taken by other jobs that do not finish saving theirs'),
    ]);
    expect(fixture.takeCalls()['CreateCacheEntry']).toBeLessThanOrEqual(8);
  });

  test('by an upload of the own job that failed: the second try takes the next one at once', async () => {
    const cache = await fixture.job({ limits: { patience: 60_000 } });
    cache.save(small.record, small.open);
    fixture.fault = (operation) => (operation === 'PUT blob' ? 403 : undefined);
    await cache.flush?.();
    fixture.fault = undefined;
    fixture.takeCalls();
    expect(await cache.finish()).toMatchObject({ recordsSaved: 1, notices: [] });
    expect(fixture.takeCalls()).toEqual({
      CreateCacheEntry: 1,
      'PUT blob': 1,
      FinalizeCacheEntryUpload: 1,
    });
    expect(await fixture.found([small])).toEqual([true]);
  });

  test('by a job that was only slow: what was written meanwhile is not lost', async () => {
    const [slow, quick, next] = ['slow', 'quick', 'next'].map((name) => sampleLayer(name, { size: 10 }));
    const { promise: late, resolve: finish } = Promise.withResolvers<void>();
    const passed = Promise.withResolvers<void>();
    fixture.hold = (operation) => {
      if (operation !== 'PUT blob') return undefined;
      fixture.hold = undefined;
      passed.resolve();
      return late;
    };
    const building = fixture.build([slow!]);
    await passed.promise;
    expect(await fixture.build([quick!], { limits: { patience: 20 } })).toMatchObject({ recordsSaved: 1 });
    fixture.clock += 1000;
    finish();
    expect(await building).toMatchObject({ recordsSaved: 1, notices: [] });
    expect(await fixture.build([next!])).toMatchObject({ recordsSaved: 1, notices: [] });
    expect(await fixture.found([slow!, quick!, next!])).toEqual([true, true, true]);
  });

  test('by a job that was slow, and ended before this one writes again: nothing of it is lost', async () => {
    const [slow, quick, next] = ['slow', 'quick', 'next'].map((name) => sampleLayer(name, { size: 10 }));
    const { promise: late, resolve: finish } = Promise.withResolvers<void>();
    const passed = Promise.withResolvers<void>();
    fixture.hold = (operation) => {
      if (operation !== 'PUT blob') return undefined;
      fixture.hold = undefined;
      passed.resolve();
      return late;
    };
    const building = fixture.build([slow!]);
    await passed.promise;
    const cache = await fixture.job({ limits: { patience: 20 } });
    cache.save(quick!.record, quick!.open);
    await cache.flush?.();
    finish();
    expect(await building).toMatchObject({ recordsSaved: 1, notices: [] });
    fixture.clock += 1000;
    cache.save(next!.record, next!.open);
    expect(await cache.finish()).toMatchObject({ recordsSaved: 2, notices: [] });
    expect(await fixture.found([slow!, quick!, next!])).toEqual([true, true, true]);
  });

  test('a number that was not taken is not passed over: another job may still write it', async () => {
    const cache = await fixture.job();
    cache.save(small.record, small.open);
    fixture.fault = (operation) => (operation === 'CreateCacheEntry' ? 400 : undefined);
    await cache.flush?.();
    fixture.fault = undefined;
    await cache.finish();
    expect(fixture.service.keys()).toEqual([expect.stringMatching(/-I-.*-00000001$/)]);
  });
});

test('429: an index waits for Retry-After once, since without it nothing that was saved is found', async () => {
  const layers = [sampleLayer('small', { size: 10 }), sampleLayer('packed', { size: 50_000 })];
  let creations = 0;
  let until = 0;
  fixture.fault = (operation) => {
    if (operation !== 'CreateCacheEntry') return undefined;
    creations += 1;
    // The pack, then the index, which is refused for a second.
    if (creations === 2) until = performance.now() + 950;
    return creations > 1 && performance.now() < until ? 429 : undefined;
  };
  expect(await fixture.build(layers)).toMatchObject({ recordsSaved: 2, notices: [] });
  expect(await fixture.found(layers)).toEqual([true, true]);

  fixture.fault = (operation) => (operation === 'CreateCacheEntry' ? 429 : undefined);
  fixture.takeCalls();
  const report = await fixture.build([sampleLayer('more', { size: 10 })]);
  expect(report.notices).toEqual([expect.stringContaining('200 uploads of this minute')]);
  expect(fixture.takeCalls()['CreateCacheEntry']).toBe(2);
});

describe('what is written beside the export', () => {
  const [first, second] = [sampleLayer('first', { size: 10 }), sampleLayer('second', { size: 10 })];

  test('an index that could not be saved is saved at the end, with all that it was to name, and then nothing is told', async () => {
    const cache = await fixture.job();
    cache.save(first.record, first.open);
    fixture.fault = (operation) => (operation === 'CreateCacheEntry' ? 400 : undefined);
    await cache.flush?.();
    expect(fixture.takeCalls()['CreateCacheEntry']).toBe(1);
    fixture.fault = undefined;
    expect(await cache.finish()).toMatchObject({ recordsSaved: 1, notices: [] });
    expect(await fixture.found([first])).toEqual([true]);
  });

  test('one that cannot be saved at the end either is told once', async () => {
    const cache = await fixture.job();
    cache.save(first.record, first.open);
    fixture.fault = (operation) => (operation === 'CreateCacheEntry' ? 400 : undefined);
    await cache.flush?.();
    const report = await cache.finish();
    expect(report).toMatchObject({ recordsSaved: 0 });
    expect(report.notices).toEqual([expect.stringContaining('index could not be saved')]);
  });

  test('an upload without end holds up neither the flush nor the end; all else is saved', async () => {
    const big = sampleLayer('big', { size: 5 * 1024 * 1024 });
    const cache = await fixture.job({ limits: { uploadTime: 300 } });
    cache.save(big.record, big.open);
    cache.save(first.record, first.open);
    let held = false;
    fixture.hold = (operation) => {
      if (operation !== 'PUT blob' || held) return undefined;
      held = true;
      return new Promise(() => undefined);
    };
    await cache.flush?.();
    expect(await fixture.found([first])).toEqual([true]);
    const report = await cache.finish();
    expect(report).toMatchObject({ recordsSaved: 1 });
    expect(report.notices).toEqual([expect.stringContaining('their upload took too long')]);
  });

  test('a cache mount is saved when an index names it, not when its archive has arrived', async () => {
    const { mount, open } = sampleMount('m', 100_000);
    for (const [isDown, expected] of [
      [true, false],
      [false, true],
    ] as const) {
      const cache = await fixture.job();
      const saved = cache.mounts!.save(mount, open);
      let creations = 0;
      // The pack with the archive, then the index.
      fixture.fault = (operation) =>
        isDown && operation === 'CreateCacheEntry' && ++creations > 1 ? 400 : undefined;
      await cache.flush?.();
      await cache.finish();
      expect(await saved).toBe(expected);
    }
  });

  test('after a conflict the next index takes the number after the own one', async () => {
    const [one, other] = await Promise.all([fixture.job(), fixture.job()]);
    one.save(first.record, first.open);
    await one.finish();
    other.save(second.record, second.open);
    await other.flush?.();
    const later = sampleLayer('later', { size: 10 });
    other.save(later.record, later.open);
    fixture.takeCalls();
    expect(await other.finish()).toMatchObject({ recordsSaved: 2, notices: [] });
    expect(fixture.takeCalls()).toEqual({
      CreateCacheEntry: 1,
      'PUT blob': 1,
      FinalizeCacheEntryUpload: 1,
    });
    expect(await fixture.found([first, second, later])).toEqual([true, true, true]);
  });
});

test('a build that is cancelled while it waits for Retry-After knows that its cache mount is not saved', async () => {
  const { mount, open } = sampleMount('m', 100_000);
  const cache = await fixture.job();
  const saved = cache.mounts!.save(mount, open);
  const stop = new AbortController();
  fixture.fault = (operation) => {
    if (operation !== 'CreateCacheEntry') return undefined;
    setTimeout(() => stop.abort(), 50);
    return 429;
  };
  await cache.finish(stop.signal);
  expect(await saved).toBe(false);
});
