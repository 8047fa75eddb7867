import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { DirectStore } from '../../../src/cache/backends/actions/direct-store.ts';
import { oneChunk } from '../../../src/image/one-chunk.ts';
import { bytesOf } from '../../support/cache-records.ts';
import { CacheFixture, MAIN } from '../../support/cache-runner-fixture.ts';

jest.setTimeout(60_000);

const SIZE = 40 * 1024 * 1024;
const KEY = `ts-image-build-L-${'a'.repeat(64)}`;
const bytes = Buffer.alloc(SIZE, 'layer ');
let fixture: CacheFixture;
let store: DirectStore;

beforeEach(async () => {
  fixture = await CacheFixture.start();
  store = new DirectStore(fixture.service.environment(MAIN));
  await store.put(KEY, { size: SIZE, open: async () => oneChunk(bytes) });
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

async function open(signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  const entry = await store.find(KEY);
  return entry!.open({ size: SIZE, signal });
}

test('segments that are fetched at the same time come in order', async () => {
  expect((await bytesOf(await open()))?.equals(bytes)).toBe(true);
});

test('segments that are under way when one fails are given up', async () => {
  let asked = 0;
  fixture.fault = (operation) => {
    if (operation !== 'GET blob') return undefined;
    asked += 1;
    // Others would be tried again.
    return asked === 1 ? 404 : 503;
  };
  await expect(bytesOf(await open())).rejects.toMatchObject({ code: 'ACTIONS_CACHE_FAILED' });
  expect(asked).toBeLessThanOrEqual(4);
});

test('who reads no further waits for no segment', async () => {
  let asked = 0;
  fixture.fault = (operation) => (operation === 'GET blob' && asked++ > 0 ? 503 : undefined);
  for await (const _ of await open()) break;
  expect(asked).toBeLessThanOrEqual(4);
});
