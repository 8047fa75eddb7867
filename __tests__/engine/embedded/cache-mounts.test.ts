/** @jest-environment ./__tests__/support/real-process-env.cjs */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { openLocalCache } from '../../../src/cache/backends/local.ts';
import type { BuildCache, MountCache } from '../../../src/cache/build-cache.ts';
import type { MountReport } from '../../../src/engine/engine.ts';
import { ociLayoutStore } from '../../../src/image/store/oci-layout.ts';
import type { RunRequest } from '../../../src/worker/worker.ts';
import { sampleMount } from '../../support/cache-records.ts';
import { CacheFixture, FORK, type JobOptions, pullRequest } from '../../support/cache-runner-fixture.ts';
import { type BenchOptions, type BenchResult, benchBuild } from '../../support/engine-bench.ts';
import { MemoryCache } from '../../support/memory-cache.ts';
import { ScriptedWorker } from '../../support/scripted-worker.ts';

// @actions/cache starts processes.
jest.setTimeout(120_000);

const BIG = 6_000_000;
const TIMERS = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'requestAnimationFrame',
  'cancelAnimationFrame',
  'requestIdleCallback',
  'cancelIdleCallback',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;
const dockerfile = (command: string, mount = 'target=/c'): string =>
  `FROM scratch\nCOPY src /\nRUN --mount=type=cache,${mount} ["${command}"]\n`;

let fixture: CacheFixture;
beforeEach(async () => {
  fixture = await CacheFixture.start();
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await fixture[Symbol.asyncDispose]();
});

/** A build on a runner of its own, whose step puts `text` behind what the mount had. */
async function runner(
  command: string,
  text: string,
  options: JobOptions & Partial<BenchOptions> & { readonly mount?: string } = {},
): Promise<
  BenchResult & {
    readonly seen: readonly (string | undefined)[];
    readonly requests: readonly RunRequest[];
    readonly mount: MountReport;
  }
> {
  const cache = options.caches?.[0] ?? (await fixture.job(options));
  const seen: (string | undefined)[] = [];
  const requests: RunRequest[] = [];
  const bench = await benchBuild({
    dockerfile: dockerfile(command, options.mount),
    files: { src: command },
    caches: [cache],
    cacheMountLimit: 100_000_000,
    readBack: false,
    run: (_argv, request, worker) => {
      requests.push(request);
      for (const mount of request.mounts) {
        if (mount.type !== 'cache') continue;
        const name = `${mount.id} ${mount.platform}`;
        seen.push(worker.caches.get(name));
        if (!mount.readonly) worker.caches.set(name, (worker.caches.get(name) ?? '') + text);
      }
      return { files: { [`by-${command}`]: '' } };
    },
    ...options,
  });
  return { ...bench, seen, requests, mount: bench.result.mounts[0] as MountReport };
}

async function local(mode: 'read-write' | 'read-only' = 'read-write'): Promise<BuildCache> {
  const folder = join(fixture.dir, 'local');
  return openLocalCache({
    folder: join(folder, 'records'),
    content: ociLayoutStore(join(folder, 'content')),
    mode,
  });
}

describe('cache mounts in the Actions cache', () => {
  test('a second runner with another step finds what the first left, by few requests and no byte too many', async () => {
    const first = await runner('one', 'x'.repeat(BIG));
    expect(first.seen).toEqual([undefined]);
    expect(first.mount).toMatchObject({
      id: '/c',
      platform: 'linux/amd64',
      restored: { type: 'new' },
      saved: { type: 'saved', to: ['actions'], size: BIG },
    });
    // The mount, and the index with the two layers in it.
    expect(fixture.takeCalls()).toEqual({
      GetCacheEntryDownloadURL: 1,
      CreateCacheEntry: 2,
      'PUT blob': 2,
      FinalizeCacheEntryUpload: 2,
    });
    fixture.clock += 3_600_000;
    const second = await runner('two', 'y');
    expect(second.seen).toEqual(['x'.repeat(BIG)]);
    expect(second.mount).toMatchObject({
      restored: { type: 'restored', from: 'actions', size: BIG, savedAt: 1_700_001_000_000 },
      saved: { type: 'saved', size: BIG + 1 },
    });
    expect(second.events).toContainEqual({ type: 'cache-mount', mount: second.mount });
    // Index, mount; then the mount and the index again.
    const calls = fixture.takeCalls();
    expect(calls).toMatchObject({ GetCacheEntryDownloadURL: 2, 'GET blob': 2, CreateCacheEntry: 2 });
    const third = await runner('three', '');
    expect(third.seen).toEqual([`${'x'.repeat(BIG)}y`]);
  });

  test('a mount that begins with another owner or mode is another one', async () => {
    await runner('one', 'x');
    const restored = async (command: string, mount: string) =>
      (await runner(command, 'y', { mount })).mount.restored.type;
    expect(await restored('two', 'target=/c,uid=1000')).toBe('new');
    expect(await restored('three', 'target=/c,mode=0700')).toBe('new');
    expect(await restored('four', 'target=/c,uid=1000')).toBe('restored');
    expect(await restored('five', 'target=/c,uid=0,mode=0755')).toBe('restored');
  });

  test('an unchanged mount is not saved again, though the step ran', async () => {
    await runner('one', 'x'.repeat(BIG));
    fixture.takeCalls();
    const second = await runner('two', '');
    expect([second.mount.saved, second.worker.packed]).toEqual([{ type: 'unchanged' }, 0]);
    // The index alone, with the new layers.
    expect(fixture.takeCalls()).toMatchObject({ CreateCacheEntry: 1 });
    expect(second.result.caches[0]?.bytesUploaded).toBeLessThan(10_000);
  });

  test('when every RUN is cached nothing of a mount is moved, and the worker is not started', async () => {
    await runner('one', 'x'.repeat(BIG));
    fixture.takeCalls();
    const second = await runner('one', 'never');
    expect([second.seen, second.worker.started, second.result.mounts]).toEqual([[], 0, []]);
    expect(fixture.takeCalls()).toMatchObject({ 'GET blob': 1 });
    expect(second.result.caches[0]?.bytesDownloaded).toBeLessThan(10_000);
  });

  test.each(['direct', 'toolkit'] as const)(
    'small mounts too, and through both transports: %s',
    async (transport) => {
      await runner('one', 'small', { transport });
      const second = await runner('two', '+', { transport });
      expect([second.seen, second.mount.restored.type]).toEqual([['small'], 'restored']);
      await runner('one', 'x'.repeat(BIG), { transport, mount: 'target=/big' });
      expect((await runner('two', '', { transport, mount: 'target=/big' })).seen[0]?.length).toBe(BIG);
    },
  );

  test('a pull request begins with what main has and saves its own; main never sees that', async () => {
    await runner('one', 'main');
    const pull = await runner('two', '+pull', { scopes: pullRequest(7) });
    expect([pull.seen, pull.mount.saved.type]).toEqual([['main'], 'saved']);
    expect((await runner('three', '', { scopes: pullRequest(7) })).seen).toEqual(['main+pull']);
    expect((await runner('three', '', { scopes: pullRequest(8) })).seen).toEqual(['main']);
    expect((await runner('three', '')).seen).toEqual(['main']);
  });

  test.each([
    { name: 'a token of a fork', options: { scopes: FORK } },
    { name: 'cache-mode read-only', options: { mode: 'read-only' } },
  ] as const)('read-only, by $name: restored, never saved', async ({ options }) => {
    await runner('one', 'main');
    fixture.takeCalls();
    const second = await runner('two', '+changed', options);
    expect(second.seen).toEqual(['main']);
    expect(second.mount.saved).toEqual({ type: 'not-saved', reason: expect.stringContaining('written') });
    expect(fixture.takeCalls()).not.toHaveProperty('CreateCacheEntry');
  });

  test('other ids, platforms and scopes have mounts of their own', async () => {
    await runner('one', 'amd');
    expect((await runner('two', '', { mount: 'id=other,target=/c' })).seen).toEqual([undefined]);
    const arm = { request: { platforms: [{ os: 'linux', architecture: 'arm64' }] } };
    expect((await runner('two', 'arm', arm)).seen).toEqual([undefined]);
    expect((await runner('three', '', arm)).seen).toEqual(['arm']);
    expect((await runner('three', '')).seen).toEqual(['amd']);
    expect((await runner('four', '', { scope: 'another image' })).seen).toEqual([undefined]);
    // The same id at another place is the same mount.
    expect((await runner('five', '', { mount: 'id=/c,target=/elsewhere' })).seen).toEqual(['amd']);
  });

  test('a damaged archive is one notice and an empty mount, and is replaced', async () => {
    await runner('one', 'x'.repeat(BIG));
    fixture.fault = (operation) => (operation === 'GET blob' ? 'corrupt' : undefined);
    const index = await fixture.job();
    await index.finish();
    let gets = 0;
    // The index is read first.
    fixture.fault = (operation) => (operation === 'GET blob' && ++gets > 1 ? 'corrupt' : undefined);
    const second = await runner('two', 'new');
    fixture.fault = undefined;
    expect(second.seen).toEqual([undefined]);
    expect(second.mount).toMatchObject({
      restored: { type: 'not-restored', reason: expect.stringContaining('damaged') },
      saved: { type: 'saved' },
    });
    expect(second.result.caches[0]?.notices).toEqual([expect.stringContaining('cache mount')]);
    expect((await runner('three', '')).seen).toEqual(['new']);
  });

  test('the same content is saved again where its archive was damaged', async () => {
    await runner('one', 'x'.repeat(BIG));
    let gets = 0;
    fixture.fault = (operation) => (operation === 'GET blob' && ++gets > 1 ? 'corrupt' : undefined);
    expect((await runner('two', 'x'.repeat(BIG))).mount.saved.type).toBe('saved');
    fixture.fault = undefined;
    expect((await runner('three', '')).seen).toEqual(['x'.repeat(BIG)]);
  });

  test('a download that breaks off is an empty mount; what the step then left is saved', async () => {
    await runner('one', 'x'.repeat(BIG));
    let gets = 0;
    fixture.fault = (operation) => (operation === 'GET blob' && ++gets > 1 ? 'truncate' : undefined);
    const second = await runner('two', 'new');
    fixture.fault = undefined;
    expect([second.seen, second.mount.restored.type, second.mount.saved.type]).toEqual([
      [undefined],
      'not-restored',
      'saved',
    ]);
    expect((await runner('three', '')).seen).toEqual(['new']);
  });

  test('an upload that fails, or is one too many, is a notice; what was kept stays', async () => {
    await runner('one', 'kept');
    fixture.fault = (operation) => (operation === 'PUT blob' ? 403 : undefined);
    const refused = await runner('two', 'x'.repeat(BIG));
    expect(refused.mount.saved).toEqual({ type: 'not-saved', reason: expect.stringContaining('notices') });
    expect(refused.result.caches[0]?.notices.join('\n')).toContain('403');
    fixture.fault = (operation) => (operation === 'CreateCacheEntry' ? 429 : undefined);
    const limited = await runner('three', 'y'.repeat(BIG));
    expect([limited.mount.saved.type, limited.result.caches[0]?.recordsSaved]).toEqual(['not-saved', 0]);
    fixture.fault = undefined;
    expect((await runner('four', '')).seen).toEqual(['kept']);
  });

  test('what is not signed with the secret of the cache is not restored', async () => {
    await runner('one', 'signed', { secret: 'a' });
    expect((await runner('two', '', { secret: 'b' })).seen).toEqual([undefined]);
    await runner('three', 'by anybody', { scope: 'open' });
    expect((await runner('four', '', { scope: 'open', secret: 'a' })).seen).toEqual([undefined]);
  });

  test('an evicted archive is an empty mount, with the reason', async () => {
    await runner('one', 'x'.repeat(BIG));
    await fixture.service.delete(({ key }) => key.includes('-L-'));
    const second = await runner('two', '');
    expect(second.mount.restored).toEqual({
      type: 'not-restored',
      reason: 'actions: its archive is gone (evicted)',
    });
  });

  test('an archive that the cache could not be asked for is not called gone', async () => {
    await runner('one', 'x'.repeat(BIG));
    let asked = 0;
    fixture.fault = (operation) =>
      operation === 'GetCacheEntryDownloadURL' && ++asked > 1 ? 403 : undefined;
    const second = await runner('two', '');
    fixture.fault = undefined;
    expect(second.mount.restored).toEqual({
      type: 'not-restored',
      reason: 'actions: its archive could not be had (see the notice)',
    });
  });

  test('a mount above the limit is neither saved nor restored, nor are all together above twice the limit', async () => {
    const big = await runner('one', 'x'.repeat(1001), { cacheMountLimit: 1000 });
    expect(big.mount.saved).toEqual({ type: 'too-big', size: 1001 + 512, limit: 1000 });
    await runner('one', 'x'.repeat(1001), { mount: 'target=/d' });
    const lower = await runner('two', '', { cacheMountLimit: 1000, mount: 'target=/d' });
    expect([lower.seen, lower.mount.restored]).toEqual([
      [undefined],
      { type: 'too-big', size: 1001, limit: 1000 },
    ]);
    const three = ['a', 'b', 'c'].map((id) => `id=${id},target=/${id}`).join(' --mount=type=cache,');
    const all = await runner('three', 'x'.repeat(900), { cacheMountLimit: 1500, mount: three });
    expect(all.result.mounts.map(({ saved }) => saved)).toMatchObject([
      { type: 'saved' },
      { type: 'saved' },
      { type: 'too-big', size: 900 + 512, limit: 1200 },
    ]);
  });

  test('a mount that steps could only read is looked at by nobody', async () => {
    const worker = new ScriptedWorker(() => ({ files: { done: '' } }));
    worker.caches.set('/c linux/amd64', 'of another build');
    const { result } = await benchBuild({
      dockerfile: dockerfile('one', 'target=/c,ro'),
      files: { src: '' },
      caches: [await fixture.job()],
      cacheMountLimit: 1000,
      worker,
    });
    expect(result.mounts).toMatchObject([{ saved: { type: 'unchanged' } }]);
    expect((await runner('two', '')).seen).toEqual([undefined]);
  });

  test('an archive on its way to a cache is not left in the state folder', async () => {
    const store = ociLayoutStore(join(fixture.dir, 'state'));
    await runner('one', 'x'.repeat(BIG), { store });
    const sizes: number[] = [];
    for await (const { size } of store.list()) sizes.push(size);
    expect(sizes).toHaveLength(2);
    expect(Math.max(...sizes)).toBeLessThan(10_000);
  });

  test('what a mount begins with is part of its name', async () => {
    const seeded = (seed: string, command: string): Promise<string | undefined> => {
      const dockerfile = `FROM scratch AS seed\nCOPY ${seed} /s/file\nFROM scratch\nRUN --mount=type=cache,target=/c,from=seed,source=/s ["${command}"]\n`;
      return runner(command, '+', { files: { a: 'a', b: 'b' }, dockerfile }).then(({ seen }) => seen[0]);
    };
    await seeded('a', 'one');
    expect(await seeded('a', 'two')).toBe('+');
    expect(await seeded('b', 'three')).toBeUndefined();
    expect(await seeded('a', 'four')).toBe('++');
    // One without a seed is another one, and one with an owner of its own begins empty.
    expect((await runner('five', '')).seen).toEqual([undefined]);
  });

  test('a mount with an owner or a mode begins empty, whatever "from" says; "source" goes first', async () => {
    const seedOf = async (command: string, mount: string): Promise<boolean> => {
      const dockerfile = `FROM scratch AS seed\nCOPY a /s/file\nFROM scratch\nRUN --mount=type=cache,target=/c,from=seed,${mount} ["${command}"]\n`;
      const { requests } = await runner(command, '', { files: { a: 'a' }, dockerfile });
      return requests.some(({ mounts }) =>
        mounts.some((each) => each.type === 'cache' && each.seed !== undefined),
      );
    };
    expect(await seedOf('one', 'sharing=locked')).toBe(true);
    expect(await seedOf('two', 'uid=5')).toBe(false);
    expect(await seedOf('three', 'mode=0700')).toBe(false);
    expect(await seedOf('four', 'source=/s,mode=0700')).toBe(true);
  });

  test('that a mount was used is noted, once a day', async () => {
    const { mount, open } = sampleMount('used', 1000);
    const first = await fixture.job();
    const saved = first.mounts?.save(mount, open);
    await first.finish();
    expect(await saved).toBe(true);
    const indexes = (): number => fixture.service.keys().filter((key) => key.includes('-I-')).length;
    const before = indexes();
    const use = async (): Promise<void> => {
      const job = await fixture.job();
      expect(await job.mounts?.find(mount.key)).toEqual(mount);
      await job.finish();
    };
    await use();
    expect(indexes()).toBe(before);
    // Only dates: the service and the timers of requests go on.
    jest.useFakeTimers({ now: Date.now() + 3 * 86_400_000, doNotFake: [...TIMERS] });
    try {
      await use();
    } finally {
      jest.useRealTimers();
    }
    expect(indexes()).toBe(before + 1);
  });

  test('an archive is fetched while the layers of its step are unpacked', async () => {
    const { mount: kept, bytes } = sampleMount('any', 1000);
    const unpacking = Promise.withResolvers<void>();
    const mounts: MountCache = {
      find: async () => kept,
      // One after the other, this would never end.
      open: () =>
        unpacking.promise.then(async () =>
          (async function* () {
            yield bytes;
          })(),
        ),
      save: async () => true,
    };
    const worker: ScriptedWorker = new ScriptedWorker((request) => {
      expect(request.mounts).toHaveLength(1);
      return { files: { done: worker.caches.get('/c linux/amd64') === undefined ? 'no' : 'yes' } };
    });
    worker.onPrepare = () => unpacking.resolve();
    const { result, files } = await benchBuild({
      dockerfile: 'FROM scratch\nRUN --mount=type=cache,target=/c ["one"]\n',
      caches: [Object.assign(new MemoryCache(), { mounts })],
      cacheMountLimit: 100_000,
      worker,
    });
    expect([result.mounts[0]?.restored.type, files]).toEqual(['restored', { done: 'yes' }]);
  });

  test('a failed build saves none: what its steps left may be half of something', async () => {
    await runner('one', 'good');
    const failing = `FROM scratch\nRUN --mount=type=cache,target=/c ["two"]\nRUN --mount=type=cache,target=/c ["three"]\n`;
    const build = benchBuild({
      dockerfile: failing,
      caches: [await fixture.job()],
      cacheMountLimit: 1000,
      run: ([name], { mounts: [mount] }, worker) => {
        if (mount?.type === 'cache') worker.caches.set(`${mount.id} ${mount.platform}`, 'half');
        return { exitCode: name === 'three' ? 1 : 0 };
      },
    });
    await expect(build).rejects.toMatchObject({ code: 'RUN_FAILED' });
    expect((await runner('four', '')).seen).toEqual(['good']);
  });

  test('jobs that end together keep the mounts of each other', async () => {
    const ids = Array.from({ length: 8 }, (_, i) => `job${i}`);
    await Promise.all(ids.map((id) => runner('one', id, { mount: `id=${id},target=/c` })));
    for (const id of ids)
      expect((await runner(`then ${id}`, '', { mount: `id=${id},target=/c` })).seen).toEqual([id]);
    // Of one mount the last one stays, whole.
    await Promise.all(['p', 'q', 'r'].map((text) => runner(`as ${text}`, text.repeat(50_000))));
    const [left] = (await runner('three', '')).seen;
    expect(left?.slice(0, 20)).toMatch(/^(p+|q+|r+)$/);
    expect(left).toBe(left?.[0]?.repeat(50_000));
  });

  test('mounts do not count for keys and are in no layer; an index with a mount alone is one', async () => {
    const first = await runner('one', 'first');
    const second = await runner('one', 'second', { request: { noCache: true } });
    expect(second.seen).toEqual(['first']);
    expect(second.result.digest).toBe(first.result.digest);
  });

  test('with cache mounts switched off nothing of them is asked or saved', async () => {
    await runner('one', 'x'.repeat(BIG));
    fixture.takeCalls();
    const { cacheMountLimit: _none, ...off } = { cacheMountLimit: 0 };
    const bench = await benchBuild({
      dockerfile: dockerfile('two'),
      files: { src: '' },
      caches: [await fixture.job()],
      readBack: false,
      run: () => ({ files: { a: '' } }),
      ...off,
    });
    expect([bench.result.mounts, bench.worker.caches.size]).toEqual([[], 0]);
    expect(fixture.takeCalls()).toMatchObject({ 'GET blob': 1, CreateCacheEntry: 1 });
  });
});

describe('cache mounts in a folder', () => {
  const archives = async (): Promise<readonly string[]> =>
    readdir(join(fixture.dir, 'local', 'content', 'blobs', 'sha256'));

  test('are found by a machine that has the folder alone; an old generation goes', async () => {
    await runner('one', 'x'.repeat(BIG), { caches: [await local()] });
    const before = await archives();
    const second = await runner('two', 'y', { caches: [await local()] });
    expect(second.seen).toEqual(['x'.repeat(BIG)]);
    const after = await archives();
    // New layers came, and of the archives one is there as before.
    expect(before.filter((name) => !after.includes(name))).toHaveLength(1);
    expect((await runner('three', '', { caches: [await local('read-only')] })).mount).toMatchObject({
      restored: { type: 'restored', size: BIG + 1 },
      saved: { type: 'not-saved' },
    });
  });

  test('two mounts with the same content share an archive, and keep it', async () => {
    await runner('one', 'same', { caches: [await local()], mount: 'id=a,target=/c' });
    await runner('another', 'same', { caches: [await local()], mount: 'id=b,target=/c' });
    await runner('two', '!', { caches: [await local()], mount: 'id=a,target=/c' });
    const options = { caches: [await local()], mount: 'id=b,target=/c' };
    expect((await runner('three', '', options)).seen).toEqual(['same']);
  });

  test('a damaged file is left out and replaced', async () => {
    await runner('one', 'content', { caches: [await local()] });
    const folder = join(fixture.dir, 'local', 'content', 'blobs', 'sha256');
    for (const name of await archives()) {
      const bytes = await readFile(join(folder, name));
      if (bytes.toString() === 'content') await writeFile(join(folder, name), 'CONTENT');
    }
    const second = await runner('two', 'content', { caches: [await local()] });
    expect([second.seen, second.mount.restored.type, second.mount.saved.type]).toEqual([
      [undefined],
      'not-restored',
      'saved',
    ]);
    expect((await runner('three', '', { caches: [await local()] })).seen).toEqual(['content']);
  });
});
