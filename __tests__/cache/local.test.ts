import { appendFile, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { LocalFolder } from '../../src/cache/backends/local/folder.ts';
import { openLocalCache } from '../../src/cache/backends/local.ts';
import type { BuildCache } from '../../src/cache/build-cache.ts';
import type { ContentStore } from '../../src/image/content-store.ts';
import { digestOf } from '../../src/image/digest.ts';
import { memoryStore } from '../../src/image/store/memory.ts';
import { ociLayoutStore } from '../../src/image/store/oci-layout.ts';
import { bytesOf, type SampleLayer, sampleLayer, sampleMount } from '../support/cache-records.ts';

let dir: string;
let content: ContentStore;
let files: LocalFolder;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'local-cache-'));
  content = memoryStore();
  files = new LocalFolder(dir);
});
afterEach(() => rm(dir, { recursive: true, force: true }));

function open(onNotice?: (message: string) => void): Promise<BuildCache> {
  return openLocalCache({ folder: dir, content, ...(onNotice === undefined ? {} : { onNotice }) });
}

async function save(...layers: readonly SampleLayer[]): Promise<void> {
  const cache = await open();
  for (const { record, open: bytes } of layers) cache.save(record, bytes);
  expect((await cache.finish()).notices).toEqual([]);
}

async function lookup({ record }: SampleLayer): Promise<boolean> {
  const cache = await open();
  const found = await cache.lookup(record.key, record.step);
  await cache.finish();
  return found.record !== undefined;
}

describe('damage', () => {
  test.each([
    ['cut off', (file: string) => truncate(file, 20)],
    ['emptied', (file: string) => writeFile(file, '')],
    ['other JSON', (file: string) => writeFile(file, '{"key":1}')],
    ['huge', (file: string) => truncate(file, 2_000_000)],
  ])('a record that was %s is a miss with one notice, and is replaced', async (_, damage) => {
    const layer = sampleLayer('a');
    await save(layer);
    await damage(files.recordFile(layer.record.key));
    const onNotice = jest.fn();
    const cache = await open(onNotice);
    expect(await cache.lookup(layer.record.key, 'other step')).toEqual({});
    expect(await cache.lookup(layer.record.key, 'other step')).toEqual({});
    expect(onNotice.mock.calls).toEqual([[expect.stringContaining('left out'), true]]);
    cache.save(layer.record, layer.open);
    await cache.finish();
    expect(await lookup(layer)).toBe(true);
  });

  test('a record under the name of another does not answer for it', async () => {
    const [a, b] = [sampleLayer('a'), sampleLayer('b')];
    await save(a);
    const [from, to] = [files.recordFile(a.record.key), files.recordFile(b.record.key)];
    await files.write(to, await readFile(from));
    expect(await lookup(b)).toBe(false);
    expect(await lookup(a)).toBe(true);
  });

  test('a damaged layer index leaves the record', async () => {
    const layer = sampleLayer('a', { entries: 5 });
    await save(layer);
    await truncate(files.indexFile(layer.record.layer!.diffId), 10);
    const cache = await open();
    const found = await cache.lookup(layer.record.key, layer.record.step);
    expect(found.record?.layer).toEqual(layer.record.layer);
    expect(found.record?.index).toBeUndefined();
    expect((await cache.finish()).notices).toHaveLength(1);
    // It is made again from the layer, and not told in every build from now on.
    expect((await (await open()).finish()).notices).toEqual([]);
    const again = await open();
    expect((await again.lookup(layer.record.key, layer.record.step)).record?.layer).toEqual(
      layer.record.layer,
    );
    expect((await again.finish()).notices).toEqual([]);
  });

  test('damaged documents of an image are not there', async () => {
    const { layer: _, ...record } = sampleLayer('documents').record;
    const first = await open();
    first.save({ ...record, documents: ['{}'] });
    await first.finish();
    await truncate(files.documentsFile(record.key), 10);
    const cache = await open();
    expect(await cache.lookup(record.key, record.step)).toEqual({});
    expect((await cache.finish()).notices).toHaveLength(1);
  });

  test('of a folder whose store has documents of images anyway, none are kept', async () => {
    const { layer: _, ...record } = sampleLayer('documents').record;
    const cache = await openLocalCache({ folder: dir, content, documents: false });
    cache.save({ ...record, documents: ['{}'] });
    expect((await cache.finish()).notices).toEqual([]);
    expect(await (await open()).lookup(record.key, record.step)).toEqual({});
  });

  test('a layer that is gone is not here; the record is found all the same', async () => {
    const layer = sampleLayer('a');
    await save(layer);
    await content.delete(layer.record.layer!.descriptor.digest);
    const cache = await open();
    expect((await cache.lookup(layer.record.key, layer.record.step)).record).toEqual(layer.record);
    expect(await cache.hasBlob(layer.record.layer!.descriptor.digest)).toBe(false);
    expect(await cache.openBlob(layer.record.layer!.descriptor)).toBeUndefined();
    expect((await cache.finish()).notices).toEqual([]);
  });

  test.each([
    ['cut off', (file: string) => truncate(file, 20)],
    ['longer', (file: string) => appendFile(file, 'more')],
    ['of other bytes', async (file: string) => writeFile(file, Buffer.alloc((await readFile(file)).length))],
  ])('a layer or a mount that is %s is not used, told once, and kept again', async (_, damage) => {
    const layer = sampleLayer('a', { size: 1000 });
    const mount = sampleMount('m', 1000);
    const { descriptor } = layer.record.layer!;
    const store = ociLayoutStore(join(dir, 'content'));
    const openIt = (): Promise<BuildCache> => openLocalCache({ folder: dir, content: store });
    const readable = async (): Promise<readonly boolean[]> => {
      const cache = await openIt();
      const found = await cache.mounts!.find(mount.mount.key);
      const streams = [
        await cache.openBlob(descriptor),
        found === undefined ? undefined : await cache.mounts!.open(found),
      ];
      const read = [await bytesOf(streams[0]), await bytesOf(streams[1])];
      expect((await cache.finish()).notices.filter((line) => line.includes(descriptor.digest))).toHaveLength(
        read[0]?.equals(layer.bytes) === true ? 0 : 1,
      );
      return [read[0]?.equals(layer.bytes) === true, read[1]?.equals(mount.bytes) === true];
    };
    const keep = async (): Promise<void> => {
      const cache = await openIt();
      cache.save(layer.record, layer.open);
      await cache.mounts!.save(mount.mount, mount.open);
      await cache.finish();
    };
    await keep();
    expect(await readable()).toEqual([true, true]);
    for (const digest of [descriptor.digest, mount.mount.archive.digest]) await damage(store.pathOf(digest)!);
    expect(await readable()).toEqual([false, false]);
    await keep();
    expect(await readable()).toEqual([true, true]);
  });

  test('a folder that cannot be made is an empty cache with a notice', async () => {
    const file = join(dir, 'file');
    await writeFile(file, '');
    const cache = await openLocalCache({ folder: join(file, 'below'), content });
    const { record, open: bytes } = sampleLayer('a');
    expect(cache.writable).toBe(false);
    expect(await cache.lookup(record.key, record.step)).toEqual({});
    cache.save(record, bytes);
    expect((await cache.finish()).notices).toEqual([expect.stringContaining('cannot be written')]);
  });

  test('a layer with other bytes than its digest says is not kept, nor is its record', async () => {
    const layer = sampleLayer('a');
    const cache = await open();
    cache.save(layer.record, sampleLayer('b').open);
    expect((await cache.finish()).notices).toEqual([expect.stringContaining('could not be kept')]);
    expect(await lookup(layer)).toBe(false);
  });
});

describe('what the system does not let be read', () => {
  /** A link to itself: refused to root too (ELOOP). */
  async function refuse(path: string): Promise<void> {
    await rm(path, { recursive: true, force: true });
    await symlink(path, path);
  }

  test('a record: the miss does not say that there is none, and all of them have one notice', async () => {
    const layers = [sampleLayer('a', { step: 's' }), sampleLayer('b', { step: 's' })];
    await save(...layers);
    await refuse(join(dir, 'v1', 'records'));
    const onNotice = jest.fn();
    const cache = await open(onNotice);
    for (const { record } of layers)
      expect(await cache.lookup(record.key, record.step)).toEqual({
        reason: 'its record could not be read from local (see the notice)',
      });
    expect(onNotice.mock.calls).toEqual([[expect.stringMatching(/^Not all can be read .*ELOOP/), true]]);
  });

  test('the folder itself is not told as empty', async () => {
    const folder = join(dir, 'refused');
    await refuse(folder);
    const cache = await openLocalCache({ folder, content, mode: 'read-only', absence: 'remark' });
    expect((await cache.finish()).notices).toEqual([
      expect.stringMatching(/^Nothing can be read from .*ELOOP/),
      expect.stringMatching(/^Not all can be read /),
    ]);
  });

  test('a layer and an archive of a cache mount: nobody knows whether they are there', async () => {
    content = ociLayoutStore(join(dir, 'content'));
    const [layer, mount] = [sampleLayer('a'), sampleMount('m', 100)];
    await save(layer);
    const saving = await open();
    await saving.mounts!.save(mount.mount, mount.open);
    await saving.finish();
    const digests = [layer.record.layer!.descriptor.digest, mount.mount.archive.digest];
    const gone = digestOf('gone');

    const cache = await open();
    await refuse(join(dir, 'content', 'blobs', 'sha256'));
    expect(await cache.hasBlob(digests[0]!)).toBe(false);
    expect(await cache.mounts!.open(mount.mount)).toBeUndefined();
    expect(digests.map((digest) => cache.isUnsure?.(digest))).toEqual([true, true]);
    await cache.finish();

    await rm(join(dir, 'content', 'blobs', 'sha256'));
    const without = await open();
    for (const digest of [...digests, gone]) {
      expect(await without.hasBlob(digest)).toBe(false);
      expect(without.isUnsure?.(digest)).toBe(false);
    }
  });

  test('a layer that cannot be read to its end', async () => {
    const layer = sampleLayer('a');
    content = ociLayoutStore(join(dir, 'content'));
    await save(layer);
    const cache = await open();
    const bytes = await cache.openBlob(layer.record.layer!.descriptor);
    await refuse(content.pathOf(layer.record.layer!.descriptor.digest)!);
    await expect(bytesOf(bytes)).rejects.toThrow();
    expect(cache.isUnsure?.(layer.record.layer!.descriptor.digest)).toBe(true);
  });
});

test("with the build's own content store nothing is copied", async () => {
  const layer = sampleLayer('a');
  await content.put(await layer.open());
  const cache = await open();
  const bytes = jest.fn(layer.open);
  cache.save(layer.record, bytes);
  expect(await cache.finish()).toMatchObject({ recordsSaved: 1, bytesUploaded: 0 });
  expect(bytes).not.toHaveBeenCalled();
});

test('several caches over one folder at once: all that they saved is there, and no temporary files', async () => {
  const store = ociLayoutStore(join(dir, 'content'));
  const layers = Array.from({ length: 20 }, (_, i) => sampleLayer(`l${i}`, { step: 'one step', entries: 2 }));
  const run = async (start: number): Promise<void> => {
    const cache = await openLocalCache({ folder: dir, content: store });
    for (const { record, open: bytes } of layers.slice(start, start + 10)) cache.save(record, bytes);
    expect((await cache.finish()).notices).toEqual([]);
  };
  await Promise.all([run(0), run(5), run(10)]);
  const cache = await openLocalCache({ folder: dir, content: store });
  for (const { record, bytes } of layers) {
    expect((await cache.lookup(record.key, record.step)).record).toEqual(record);
    expect((await bytesOf(await cache.openBlob(record.layer!.descriptor)))?.equals(bytes)).toBe(true);
  }
  const names = await readdir(dir, { recursive: true });
  expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
});
