import { lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { CacheMounts } from '../../../src/worker/run/cache-mounts.ts';
import type { Snapshotter } from '../../../src/worker/snapshotter.ts';

const cache = {
  type: 'cache' as const,
  target: '/cache',
  readonly: false,
  id: 'x',
  platform: 'linux/amd64',
  sharing: 'locked' as const,
  source: '',
  uid: process.getuid?.() ?? 0,
  gid: process.getgid?.() ?? 0,
  mode: 0o755,
};
let ground: string;
/** Shows an empty tree, in which no cache finds what it is to begin with. */
const seeding = {
  view: async () => ({ path: join(ground, 'tree'), [Symbol.asyncDispose]: async () => undefined }),
} as unknown as Snapshotter;
let caches: CacheMounts;

beforeEach(async () => {
  ground = await mkdtemp(join(tmpdir(), 'tsib-cache-mounts-'));
  for (const name of ['caches', 'locks', 'scratch', 'tree']) mkdirSync(join(ground, name));
  const rules = { opaqueAttribute: '', devices: false, keepsAttribute: () => false, id: (id: number) => id };
  const [folder, locks, scratch] = ['caches', 'locks', 'scratch'].map((name) => join(ground, name)) as [
    string,
    string,
    string,
  ];
  caches = new CacheMounts({ folder, locks, scratch, snapshotter: seeding, rules });
});

afterEach(() => rmSync(ground, { recursive: true }));

async function pathOf(): Promise<string> {
  await using held = await caches.acquire(cache);
  return held.path;
}

test('a cache whose folder went with a killed step is an empty one', async () => {
  const data = await pathOf();
  writeFileSync(join(dirname(data), 'mark.json'), '{}');
  rmSync(data, { recursive: true });
  expect(await pathOf()).toBe(data);
  expect(lstatSync(data).isDirectory()).toBe(true);
  expect(readdirSync(join(ground, 'scratch'))).toEqual([]);
});

test('a link in the place of its folder is not followed', async () => {
  const data = await pathOf();
  const elsewhere = join(ground, 'elsewhere');
  mkdirSync(elsewhere);
  writeFileSync(join(elsewhere, 'kept'), '');
  rmSync(data, { recursive: true });
  symlinkSync(elsewhere, data);
  expect(lstatSync(await pathOf()).isDirectory()).toBe(true);
  expect(readdirSync(data)).toEqual([]);
  expect(readdirSync(elsewhere)).toEqual(['kept']);
});

test('what a cache holds stays', async () => {
  writeFileSync(join(await pathOf(), 'kept'), '');
  expect(readdirSync(await pathOf())).toEqual(['kept']);
});

test('caches that begin with another owner or mode are other caches', () => {
  const name = (mode: number, uid: number, gid: number) => caches.nameOf({ ...cache, mode, uid, gid });
  expect(
    new Set([name(0o755, 0, 0), name(0o700, 0, 0), name(0o755, 5, 0), name(0o755, 0, 5), name(0o755, 5, 0)]),
  ).toHaveProperty('size', 4);
});

test('a cache whose beginning cannot be had leaves nothing behind', async () => {
  const bad = caches.acquire({ ...cache, seed: [], source: '/nothing' });
  await expect(bad).rejects.toMatchObject({ code: 'MOUNT_SOURCE_NOT_FOUND' });
  expect(readdirSync(join(ground, 'scratch'))).toEqual([]);
});

test('a cache that a step shares is not pruned', async () => {
  const later = new Date(Date.now() + 3_600_000);
  {
    await using held = await caches.acquire({ ...cache, sharing: 'shared' });
    await using other = await caches.acquire({ ...cache, sharing: 'shared' });
    expect(other.path).toBe(held.path);
    expect(await caches.prune(later)).toBe(0);
    expect(readdirSync(held.path)).toEqual([]);
  }
  expect(await caches.prune(later)).toBeGreaterThan(0);
});

test('who has a cache alone waits for those who share it, and can stop waiting', async () => {
  const shared = await caches.acquire({ ...cache, sharing: 'shared' });
  const stop = new AbortController();
  const stopped = caches.acquire(cache, stop.signal);
  setTimeout(() => stop.abort(), 50);
  await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
  const order: string[] = [];
  const alone = caches.acquire(cache).then((held) => {
    order.push('alone');
    return held;
  });
  await using own = await caches.acquire({ ...cache, sharing: 'private' });
  expect(own.path).not.toBe(shared.path);
  order.push('released');
  await shared[Symbol.asyncDispose]();
  await (await alone)[Symbol.asyncDispose]();
  expect(order).toEqual(['released', 'alone']);
  await using again = await caches.acquire({ ...cache, sharing: 'shared' });
  expect(again.path).toBe(shared.path);
});
