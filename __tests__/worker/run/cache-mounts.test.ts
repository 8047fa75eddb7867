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
let caches: CacheMounts;

beforeEach(async () => {
  ground = await mkdtemp(join(tmpdir(), 'tsib-cache-mounts-'));
  for (const name of ['caches', 'scratch']) mkdirSync(join(ground, name));
  // A cache without a seed asks for no layers.
  const rules = { opaqueAttribute: '', devices: false, keepsAttribute: () => false, id: (id: number) => id };
  caches = new CacheMounts(join(ground, 'caches'), join(ground, 'scratch'), {} as Snapshotter, rules);
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
