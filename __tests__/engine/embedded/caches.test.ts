import { readFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describe, expect, jest, test } from '@jest/globals';
import { BuildError } from '../../../src/base/errors.ts';
import { tempDir } from '../../../src/base/temp.ts';
import type { CacheReport } from '../../../src/cache/build-cache.ts';
import { decodeInlineKeys, INLINE_ANNOTATION } from '../../../src/cache/inline-keys.ts';
import type { Caches } from '../../../src/engine/embedded/dependencies.ts';
import { digestOf } from '../../../src/image/digest.ts';
import { ociLayoutStore } from '../../../src/image/store/oci-layout.ts';
import { type BenchOptions, type BenchResult, benchBuild } from '../../support/engine-bench.ts';
import { MemoryCache } from '../../support/memory-cache.ts';

const DOCKERFILE = `FROM scratch AS compile
COPY src /src
RUN ["cc", "/src/main.c"]
FROM scratch
COPY --from=compile /out/app /bin/app
RUN ["strip", "/bin/app"]
`;

function build(caches: Caches, more: Partial<BenchOptions> = {}): Promise<BenchResult> {
  return benchBuild({
    dockerfile: DOCKERFILE,
    files: { 'src/main.c': 'int main;' },
    run: ([program]) => ({ files: program === 'cc' ? { 'out/app': 'built' } : { stripped: 'yes' } }),
    openCaches: () => Promise.resolve(caches),
    ...more,
  });
}

function outcomes({ result }: BenchResult): readonly string[] {
  return result.steps.map(({ outcome }) =>
    outcome.type === 'cached'
      ? `cached (${outcome.from})`
      : outcome.type === 'done'
        ? outcome.miss
        : outcome.type,
  );
}

function steps(cache: MemoryCache): readonly string[] {
  return [...new Set([...cache.records.values()].map(({ step }) => step))].filter(
    (step) => !step.startsWith('layer '),
  );
}

test('a cache for the final image takes the steps of its chain alone, also those that another cache had', async () => {
  const [all, final, later] = [new MemoryCache('all'), new MemoryCache('final'), new MemoryCache('later')];
  await build({ from: [], to: [all], toFinal: [final] });
  expect([steps(all).length, steps(final).length]).toEqual([4, 2]);
  expect([...final.records.values()].map(({ layer }) => layer).every((layer) => layer !== undefined)).toBe(
    true,
  );
  const second = await build({ from: [final], to: [], toFinal: [later] });
  expect(outcomes(second)).toEqual(['skipped', 'skipped', 'cached (final)', 'cached (final)']);
  expect(second.worker.started).toBe(0);
});

test('a miss is compared with the last record of its own step, never with a step of another Dockerfile', async () => {
  const cache = new MemoryCache('all');
  const from = (place: string, dockerfile: string): Promise<BenchResult> =>
    build({ from: [cache], to: [cache] }, { dockerfile, request: { place } });
  const lines = 'FROM scratch\nCOPY src /src\n';
  await from('one', lines);
  expect(outcomes(await from('two', 'FROM scratch\nCOPY src/main.c /\n'))).toEqual([
    'no record (evicted or never built)',
  ]);
  expect(outcomes(await from('one', 'FROM scratch\nCOPY src /new\n'))).toEqual([
    expect.stringContaining('/src -> /new'),
  ]);
});

test('when the first cache lost a layer, the record of the next one is taken', async () => {
  const [one, two] = [new MemoryCache('one'), new MemoryCache('two')];
  await build({ from: [one], to: [one] });
  // The same steps with other results: not a byte of the one's layers is in the other.
  const other = ([program]: readonly string[]): { files: Record<string, string> } => ({
    files: program === 'cc' ? { 'out/app': 'built elsewhere' } : { stripped: 'elsewhere' },
  });
  const second = await build({ from: [two], to: [two] }, { run: other });
  one.blobs.clear();
  const third = await build({ from: [one, two], to: [] });
  expect(outcomes(third)).toEqual(['skipped', 'skipped', 'cached (two)', 'cached (two)']);
  expect(third.result.digest).toBe(second.result.digest);
  two.blobs.clear();
  const fourth = await build({ from: [one, two], to: [] });
  expect(outcomes(fourth).at(-1)).toMatch(/gone from one \(evicted\)|another result/);
});

test('a cache that lost everything is no more than a build without it', async () => {
  const cache = new MemoryCache('cache');
  const names = Array.from({ length: 12 }, (_, i) => `file${i}`);
  const onEvent = jest.fn();
  const more: Partial<BenchOptions> = {
    dockerfile: `FROM scratch\n${names.map((name) => `COPY ${name} /\n`).join('')}`,
    files: Object.fromEntries(names.map((name) => [name, name])),
    onEvent,
  };
  const first = await build({ from: [cache], to: [cache] }, more);
  for (const digest of cache.blobs.keys()) cache.blobs.set(digest, Buffer.from('damaged'));
  const second = await build({ from: [cache], to: [] }, more);
  expect(second.result.digest).toBe(first.result.digest);
  const message = 'The caches lost too much: this build takes nothing more from them';
  expect(onEvent).toHaveBeenCalledWith(expect.objectContaining({ message }));
});

test.each([
  ['cut off', true, (file: string) => truncate(file, 10)],
  ['changed', true, async (file: string) => writeFile(file, Buffer.alloc((await readFile(file)).length))],
  ['cut off', false, (file: string) => truncate(file, 10)],
  ['changed', false, async (file: string) => writeFile(file, Buffer.alloc((await readFile(file)).length))],
])('layers of the store that are %s are in no image (a cache has them: %s)', async (_, isCached, damage) => {
  await using folder = await tempDir(tmpdir(), 'damaged-');
  const store = ociLayoutStore(folder.path);
  const cache = new MemoryCache();
  const first = await build({ from: [cache], to: [cache] }, { store });
  const layers = first.result.images[0]?.image.layers ?? [];
  for (const { descriptor } of layers) await damage(store.pathOf(descriptor.digest) ?? '');
  // As a state folder: what its cache knows is what its store has.
  if (!isCached) Object.assign(cache, { openBlob: async () => undefined });
  const second = await build({ from: [cache], to: [] }, { store });
  expect(second.result.digest).toBe(first.result.digest);
  for (const { descriptor } of layers) {
    const bytes = await readFile(store.pathOf(descriptor.digest) ?? '');
    expect(digestOf(bytes)).toBe(descriptor.digest);
  }
});

describe('a failure of a cache', () => {
  const FAILED = ['Nothing is saved in the cache x: no room'];

  function failing(): MemoryCache {
    const cache = new MemoryCache('x');
    const report = cache.finish;
    const finish = async (): Promise<CacheReport> => ({
      ...(await report()),
      notices: FAILED,
      failures: FAILED,
    });
    return Object.assign(cache, { finish });
  }

  test('is in the report, and the build is done', async () => {
    const cache = failing();
    const { result } = await build({ from: [cache], to: [cache] });
    expect(result.caches).toMatchObject([{ name: 'x', failures: FAILED }]);
  });

  test('of a strict one is an error, once all else is done', async () => {
    const cache = failing();
    const onEvent = jest.fn();
    const built = build({ from: [cache], to: [cache], strict: new Set([cache]) }, { onEvent });
    const error = await built.then(undefined, (thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BuildError);
    expect(error).toMatchObject({ code: 'CACHE_FAILED', message: expect.stringContaining(FAILED[0] ?? '') });
    expect((error as BuildError).message).toMatch(/The image itself was built: sha256:/);
    expect(onEvent).toHaveBeenCalledWith({ type: 'progress', message: 'keep' });
  });

  test('does not hide why the build failed', async () => {
    const cache = failing();
    const caches = { from: [cache], to: [cache], strict: new Set([cache]) };
    await expect(build(caches, { run: () => ({ exitCode: 1 }) })).rejects.toMatchObject({
      code: 'RUN_FAILED',
    });
  });
});

test('an inline cache names the steps of the last layers; without it the manifest says nothing', async () => {
  const cache = new MemoryCache();
  const request = { inlineCache: true };
  const [first, second, plain] = [
    await build({ from: [cache], to: [cache] }, { request }),
    await build({ from: [cache], to: [cache] }, { request }),
    await build({ from: [], to: [] }),
  ];
  const annotations = first.result.images[0]?.image.annotations ?? {};
  const keys = decodeInlineKeys(annotations[INLINE_ANNOTATION] ?? '');
  expect(keys.map(({ key }) => cache.records.get(key)?.layer?.diffId)).toEqual(
    first.result.images[0]?.image.layers.map(({ diffId }) => diffId),
  );
  // Wherever the results come from, the image is the same.
  expect(second.result.digest).toBe(first.result.digest);
  expect(plain.result.images[0]?.image.annotations).toBeUndefined();
  expect(plain.result.imageId).toBe(first.result.imageId);
});
