import { mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { danglingIn } from '../../../src/cache/backends/local/dangling.ts';
import { LocalFolder } from '../../../src/cache/backends/local/folder.ts';
import { collectGarbage, type GcLimits, type GcReport } from '../../../src/cache/backends/local/gc.ts';
import { heldIn } from '../../../src/cache/backends/local/held.ts';
import type { HeldItem } from '../../../src/cache/backends/local/held-item.ts';
import { firstLease, takeLease } from '../../../src/cache/backends/local/lease.ts';
import { openLocalCache } from '../../../src/cache/backends/local.ts';
import type { BuildCache } from '../../../src/cache/build-cache.ts';
import type { ContentStore } from '../../../src/image/content-store.ts';
import { digestOf } from '../../../src/image/digest.ts';
import { ociLayoutStore } from '../../../src/image/store/oci-layout.ts';
import { type SampleLayer, sampleLayer } from '../../support/cache-records.ts';

const DAY = 86_400_000;
const NOTHING = -1;

let dir: string;
let content: ContentStore;
let files: LocalFolder;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'local-gc-'));
  files = new LocalFolder(dir);
  content = ociLayoutStore(join(dir, 'content'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

function open(): Promise<BuildCache> {
  return openLocalCache({ folder: dir, content });
}

async function save(...layers: readonly SampleLayer[]): Promise<void> {
  const cache = await open();
  for (const { record, open: bytes } of layers) cache.save(record, bytes);
  expect((await cache.finish()).notices).toEqual([]);
}

/** Would a build have this step from the cache? */
async function usable({ record }: SampleLayer): Promise<boolean> {
  const cache = await open();
  const found = (await cache.lookup(record.key, record.step)).record !== undefined;
  const there = await cache.hasBlob(record.layer!.descriptor.digest);
  await cache.finish();
  return found && there;
}

async function age({ record }: SampleLayer, days: number): Promise<void> {
  const time = new Date(Date.now() - days * DAY);
  const blob = content.pathOf(record.layer!.descriptor.digest);
  for (const path of [files.recordFile(record.key), files.stepFile(record.step), blob ?? '']) {
    await utimes(path, time, time);
  }
}

async function collect(limits: GcLimits): Promise<GcReport> {
  return collectGarbage(await heldIn(files, content), limits);
}

describe('collectGarbage', () => {
  const [old, recent] = [sampleLayer('old', { size: 5000 }), sampleLayer('recent', { size: 5000 })];

  beforeEach(async () => {
    await save(old, recent);
    await age(old, 10);
    await age(recent, 2);
  });

  test('the least recently used goes first, and no more than necessary', async () => {
    const report = await collect({ maxSize: 7000 });
    expect(report.before).toBeGreaterThan(10_000);
    expect(report.after).toBeLessThanOrEqual(7000);
    expect([await usable(old), await usable(recent)]).toEqual([false, true]);
  });

  test('what was written a moment ago goes too, when no build counts on it', async () => {
    const fresh = sampleLayer('fresh', { size: 5000 });
    await save(fresh);
    const { after } = await collect({ maxSize: NOTHING });
    expect([after, await usable(fresh)]).toEqual([0, false]);
  });

  test('only what it is told', async () => {
    const younger = Date.now() - 5 * DAY;
    const report = await collect({
      maxSize: NOTHING,
      only: ({ lastUsed }) => lastUsed.getTime() < younger,
    });
    expect(report.deleted.map(({ kind }) => kind).sort()).toEqual(['blob', 'record', 'record']);
    expect([await usable(old), await usable(recent)]).toEqual([false, true]);
  });

  test('a lookup keeps a record and its layer young', async () => {
    expect(await usable(old)).toBe(true);
    await collect({ maxSize: 7000 });
    expect([await usable(old), await usable(recent)]).toEqual([true, false]);
  });

  test('what a running build may count on stays, whatever the limit', async () => {
    await collect({ maxSize: NOTHING, keepSince: Date.now() - 3 * DAY });
    expect([await usable(old), await usable(recent)]).toEqual([false, true]);
  });

  test('what is used between listing and deleting stays', async () => {
    const items = await heldIn(files, content);
    expect(await usable(old)).toBe(true);
    const { deleted } = await collectGarbage(items, { maxSize: NOTHING });
    expect(deleted.length).toBeGreaterThan(0);
    expect([await usable(old), await usable(recent)]).toEqual([true, false]);
  });

  test('builds that run beside it lose nothing of theirs', async () => {
    await using lease = await takeLease(dir);
    void lease;
    const layers = Array.from({ length: 12 }, (_, i) => sampleLayer(`l${i}`, { size: 4000 }));
    let isRunning = true;
    const collecting = (async () => {
      while (isRunning) await collect({ maxSize: NOTHING, keepSince: (await firstLease(dir))! - 60_000 });
    })();
    for (const layer of layers) await save(layer);
    for (const layer of layers) expect(await usable(layer)).toBe(true);
    isRunning = false;
    await collecting;
    expect([await usable(old), await usable(recent)]).toEqual([false, false]);
  });

  test('temporary files of processes that were killed go after an hour; links and foreign files stay', async () => {
    const parent = join(files.recordFile(recent.record.key), '..');
    const [left, foreign] = [join(parent, '.x.json.1.y.tmp'), join(dir, 'notes.txt')];
    // Of a process that is about to put it in its place.
    const young = join(parent, '.x.json.2.y.tmp');
    for (const path of [left, foreign, young]) await writeFile(path, 'x');
    await symlink(foreign, join(parent, 'link'));
    const hours = new Date(Date.now() - 2 * 3_600_000);
    await utimes(left, hours, hours);
    await collect({ maxSize: Number.POSITIVE_INFINITY });
    expect(await readdir(parent)).not.toContain('.x.json.1.y.tmp');
    expect(await readdir(parent)).toContain('.x.json.2.y.tmp');
    expect(await readFile(foreign, 'utf8')).toBe('x');
  });

  test('for any items: the limit is kept or only protected ones are left, and nothing younger goes before something older', async () => {
    const item = fc.record({ size: fc.nat(1000), time: fc.nat(100), stays: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(item), fc.nat(5000), fc.nat(100), async (facts, maxSize, keepSince) => {
        const items = facts.map(({ size, time, stays }, i): HeldItem => {
          const remove = (): Promise<boolean> => Promise.resolve(!stays);
          return { kind: 'blob', id: String(i), size, lastUsed: new Date(time), remove };
        });
        const { before, after, deleted } = await collectGarbage(items, { maxSize, keepSince });
        const gone = new Set(deleted.map(({ id }) => id));
        const left = items.filter(({ id }) => !gone.has(id));
        expect(before - deleted.reduce((sum, { size }) => sum + size, 0)).toBe(after);
        const removable = left.filter(
          ({ id, lastUsed }) => lastUsed.getTime() < keepSince && facts[Number(id)]?.stays === false,
        );
        if (after > maxSize) expect(removable).toEqual([]);
        const youngest = Math.max(0, ...deleted.map(({ lastUsed }) => lastUsed.getTime()));
        for (const { lastUsed } of removable) expect(lastUsed.getTime()).toBeGreaterThanOrEqual(youngest);
      }),
    );
  });
});

describe('danglingIn', () => {
  async function dangling(): Promise<readonly string[]> {
    const isDangling = await danglingIn(files, content);
    const items = (await heldIn(files, content)).filter(isDangling);
    return items.map(({ kind, id }) => `${kind} ${id}`).sort();
  }

  test('nothing of what records and base images name', async () => {
    await save(sampleLayer('a', { entries: 3 }));
    const { digest } = await content.put(bytes(Buffer.from('layer of a base')));
    await content.put(
      bytes(Buffer.from(JSON.stringify({ schemaVersion: 2, layers: [{ digest, size: 15 }] }))),
    );
    expect(await dangling()).toEqual([]);
  });

  test('a document that is nested deeper than calls can be', async () => {
    const { digest } = await content.put(bytes(Buffer.from('layer of a base')));
    const deep = `${'['.repeat(200_000)}"${digest}"${']'.repeat(200_000)}`;
    await content.put(bytes(Buffer.from(`{"config":${deep}}`)));
    expect(await dangling()).toEqual([]);
  });

  test('layers that nothing names, and records whose layer is gone', async () => {
    const [whole, lost] = [sampleLayer('whole'), sampleLayer('lost', { entries: 3 })];
    const nowhere = { ...lost, record: { ...lost.record, layer: { ...lost.record.layer!, sources: [] } } };
    await save(whole, nowhere);
    await content.delete(lost.record.layer!.descriptor.digest);
    await content.put(bytes(Buffer.from('nobody wants this')));
    expect(await dangling()).toEqual([
      `blob ${digestOf('nobody wants this')}`,
      `index ${lost.record.layer!.diffId.slice('sha256:'.length)}`,
      `record ${lost.record.key}`,
    ]);
  });

  test('documents of an image are of use, and go when they were not used for long', async () => {
    const { layer: _, ...record } = sampleLayer('documents').record;
    const cache = await open();
    cache.save({ ...record, documents: ['{}'] });
    await cache.finish();
    expect(await dangling()).toEqual([]);
    const file = files.documentsFile(record.key);
    const time = new Date(Date.now() - DAY);
    await utimes(file, time, time);
    const report = await collect({ maxSize: NOTHING, keepSince: Date.now() - 1000 });
    expect(report.deleted).toMatchObject([{ kind: 'record', id: record.key }]);
    expect(await (await open()).lookup(record.key, record.step)).toEqual({});
  });

  test('a record whose layer a registry has is of use', async () => {
    const served = sampleLayer('served');
    await save(served);
    await content.delete(served.record.layer!.descriptor.digest);
    expect(await dangling()).toEqual([]);
  });
});

describe('leases', () => {
  test('the first one counts, until it is given back', async () => {
    expect(await firstLease(dir)).toBeUndefined();
    const early = await takeLease(dir, 1000);
    const late = await takeLease(dir, 2000);
    expect(await firstLease(dir)).toBe(1000);
    await early[Symbol.asyncDispose]();
    expect(await firstLease(dir)).toBe(2000);
    await late[Symbol.asyncDispose]();
    expect(await firstLease(dir)).toBeUndefined();
    expect(await readdir(join(dir, 'builds'))).toEqual([]);
  });

  test('one of a build that was killed counts for some minutes, then it is swept up', async () => {
    await takeLease(dir, 1000);
    const [name = ''] = await readdir(join(dir, 'builds'));
    const file = join(dir, 'builds', name);
    const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
    await utimes(file, minutesAgo(4), minutesAgo(4));
    expect(await firstLease(dir)).toBe(1000);
    await utimes(file, minutesAgo(6), minutesAgo(6));
    expect(await firstLease(dir)).toBeUndefined();
    expect(await readdir(join(dir, 'builds'))).toEqual([]);
  });

  test('one that was swept up while its machine slept is taken again', async () => {
    jest.useFakeTimers({ doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask', 'Date'] });
    try {
      const lease = await takeLease(dir, 1000);
      const [name = ''] = await readdir(join(dir, 'builds'));
      await rm(join(dir, 'builds', name));
      jest.advanceTimersByTime(60_000);
      while ((await firstLease(dir)) === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await firstLease(dir)).toBe(1000);
      await lease[Symbol.asyncDispose]();
      jest.advanceTimersByTime(60_000);
      expect(await readdir(join(dir, 'builds'))).toEqual([]);
    } finally {
      jest.useRealTimers();
    }
  });

  test('a folder that cannot be written has none', async () => {
    const file = join(dir, 'file');
    await writeFile(file, '');
    await using lease = await takeLease(join(file, 'below'));
    void lease;
    expect(await firstLease(join(file, 'below'))).toBeUndefined();
  });
});

async function* bytes(buffer: Buffer): AsyncGenerator<Uint8Array> {
  yield buffer;
}
