import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { earlier, tidyFolders } from '../../../src/app/held/tidy.ts';
import { NO_CACHES } from '../../../src/app/options/cache-options.ts';
import { takeLease } from '../../../src/cache/backends/local/lease.ts';
import { openLocalCache } from '../../../src/cache/backends/local.ts';
import { ociLayoutStore } from '../../../src/image/store/oci-layout.ts';
import { sampleLayer } from '../../support/cache-records.ts';

const layer = sampleLayer('a', { size: 5000 });

let dir: string;
let stateDir: string;
let folder: string;
let said: string[];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'tidy-'));
  [stateDir, folder] = [join(dir, 'state'), join(dir, 'folder')];
  said = [];
  await fill(join(stateDir, 'cache'), join(stateDir, 'content'));
  await fill(join(folder, 'records'), join(folder, 'content'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function fill(records: string, blobs: string): Promise<void> {
  const cache = await openLocalCache({ folder: records, content: ociLayoutStore(blobs) });
  cache.save(layer.record, layer.open);
  await cache.finish();
}

function tidy(maxSize: number | undefined, isTemporary = false): Promise<void> {
  const to = [{ place: { type: 'local' as const, folder }, mode: 'max' as const }];
  const cache = { ...NO_CACHES, to, ...(maxSize === undefined ? {} : { maxSize }) };
  return tidyFolders({ cache, stateDir }, isTemporary, (message) => said.push(message));
}

/** Which of the two still have the layer. */
async function kept(): Promise<readonly boolean[]> {
  const { digest } = layer.record.layer!.descriptor;
  const stores = [stateDir, folder].map((each) => ociLayoutStore(join(each, 'content')));
  return Promise.all(stores.map(async (store) => (await store.stat(digest)) !== undefined));
}

describe('tidyFolders', () => {
  test('without a limit nothing is looked at', async () => {
    await tidy(undefined);
    expect([await kept(), said]).toEqual([[true, true], []]);
  });

  test('what fits stays, without a word', async () => {
    await tidy(1_000_000);
    expect([await kept(), said]).toEqual([[true, true], []]);
  });

  test('each folder is kept to the limit, and a line for each says how much went', async () => {
    await tidy(100);
    expect(await kept()).toEqual([false, false]);
    expect(said).toEqual([
      expect.stringMatching(/^cache-max-size: 5\.\d+ kB .* are deleted from .*state, .* are left$/),
      expect.stringMatching(/^cache-max-size: 5\.\d+ kB .* are deleted from .*folder, .* are left$/),
    ]);
  });

  test('a state folder that goes away with the job is left alone', async () => {
    await tidy(100, true);
    expect(await kept()).toEqual([true, false]);
    expect(said).toHaveLength(1);
  });

  test('where another build works, its things stay and the rest of the limit is told', async () => {
    await using lease = await takeLease(stateDir, Date.now() - 60_000);
    void lease;
    await tidy(100);
    expect(await kept()).toEqual([true, false]);
    expect(said[0]).toMatch(/state has 5\.\d+ kB, more than cache-max-size: other builds are using it$/);
  });

  test('what cannot be looked at is a line, never an error', async () => {
    rmSync(join(folder, 'content'), { recursive: true });
    rmSync(join(folder, 'records', 'v1'), { recursive: true });
    writeFileSync(join(folder, 'records', 'v1'), 'a file');
    await tidy(100);
    expect(await kept()).toEqual([false, false]);
    for (const line of said) expect(line).toMatch(/^cache-max-size|could not be kept/);
  });
});

test('earlier', () => {
  expect([
    earlier(undefined, undefined),
    earlier(1, undefined),
    earlier(undefined, 2),
    earlier(3, 2),
  ]).toEqual([undefined, 1, 2, 2]);
});
