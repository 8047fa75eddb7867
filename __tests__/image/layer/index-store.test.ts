import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { digestOf, encoded, parseDiffId } from '../../../src/image/digest.ts';
import type { LayerIndex } from '../../../src/image/layer/entry.ts';
import { layerIndexStore } from '../../../src/image/layer/index-store.ts';
import { entry } from '../../support/entries.ts';

const work = mkdtempSync(join(tmpdir(), 'index-store-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const diffId = parseDiffId(digestOf('layer'));
const other = parseDiffId(digestOf('another layer'));
const index: LayerIndex = { diffId, size: 1024, entries: [entry('directory', 'a')] };

test('indexes are kept for the next process; damaged, missing and wrong ones are as none', async () => {
  const folder = join(work, 'new', 'folder');
  const first = layerIndexStore(folder);
  expect(await first.get(diffId)).toBeUndefined();
  await Promise.all([first.put(index), layerIndexStore(folder).put(index)]);
  expect(await first.get(diffId)).toEqual(index);
  expect(readdirSync(folder)).toEqual([encoded(diffId)]);
  const path = join(folder, encoded(diffId));
  utimesSync(path, 1000, 1000);
  expect(await layerIndexStore(folder).get(diffId)).toEqual(index);
  expect(statSync(path).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
  writeFileSync(join(folder, encoded(other)), readFileSync(path));
  expect(await layerIndexStore(folder).get(other)).toBeUndefined();
  writeFileSync(path, readFileSync(path).subarray(0, 30));
  expect(await layerIndexStore(folder).get(diffId)).toBeUndefined();
});

test('a folder that cannot be used fails nothing', async () => {
  writeFileSync(join(work, 'file'), '');
  const store = layerIndexStore(join(work, 'file'));
  await store.put(index);
  expect(await store.get(diffId)).toEqual(index);
  expect(await layerIndexStore(join(work, 'file')).get(diffId)).toBeUndefined();
});
