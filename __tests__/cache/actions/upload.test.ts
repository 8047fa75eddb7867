import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { DirectStore } from '../../../src/cache/backends/actions/direct-store.ts';
import { CacheFixture, MAIN } from '../../support/cache-runner-fixture.ts';

jest.setTimeout(60_000);

const MIB = 1024 * 1024;
const BLOCK = 8 * MIB;
const KEY = `ts-image-build-L-${'a'.repeat(64)}`;
let fixture: CacheFixture;
let store: DirectStore;

beforeEach(async () => {
  fixture = await CacheFixture.start();
  store = new DirectStore(fixture.service.environment(MAIN));
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

/** Content that knows how often it was opened and closed. */
function content(size: number, length = size) {
  const seen = { opened: 0, closed: 0 };
  async function* stream(): AsyncGenerator<Uint8Array> {
    seen.opened += 1;
    try {
      for (let left = length; left > 0; left -= MIB) yield Buffer.alloc(Math.min(left, MIB), 'x');
    } finally {
      seen.closed += 1;
    }
  }
  return { seen, size, open: async () => stream() };
}

test.each([
  ['a small one', 10],
  ['one of exactly a block', BLOCK],
  ['one of several blocks', 2 * BLOCK + 5],
  ['an empty one', 0],
])('%s is saved and closed', async (_, size) => {
  const upload = content(size);
  expect(await store.put(KEY, upload)).toEqual({ type: 'saved' });
  expect(upload.seen).toEqual({ opened: 1, closed: 1 });
});

test('a key that is taken leaves no content open', async () => {
  await store.put(KEY, content(10));
  const upload = content(2 * BLOCK);
  expect(await store.put(KEY, upload)).toEqual({ type: 'exists' });
  expect(upload.seen).toEqual({ opened: 1, closed: 1 });
});

test.each(['PUT blob block', 'CreateCacheEntry', 'FinalizeCacheEntryUpload', 'PUT blob blocklist'])(
  'a refused %s leaves no content open',
  async (refused) => {
    fixture.fault = (operation) => (operation === refused ? 403 : undefined);
    const upload = content(5 * BLOCK);
    expect(await store.put(KEY, upload)).toMatchObject({ type: 'failed' });
    expect(upload.seen).toEqual({ opened: 1, closed: 1 });
  },
);

test('a few blocks are under way at once, and no more of the content is read meanwhile', async () => {
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  let waiting = 0;
  fixture.hold = (operation) => {
    if (operation !== 'PUT blob block') return undefined;
    waiting += 1;
    return answered;
  };
  let read = 0;
  const { size, open } = content(8 * BLOCK);
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of await open()) {
      read += chunk.length;
      yield chunk;
    }
  };
  const saved = store.put(KEY, { size, open: async () => counted() });
  while (waiting < 3) await sleep(10);
  await sleep(200);
  expect(waiting).toBe(3);
  expect(read).toBeLessThanOrEqual(4 * BLOCK + MIB);
  answer();
  expect(await saved).toEqual({ type: 'saved' });
});

test('blocks that are under way when one is refused are given up', async () => {
  let asked = 0;
  fixture.fault = (operation) => {
    if (operation !== 'PUT blob block') return undefined;
    asked += 1;
    // Others would be tried again.
    return asked === 1 ? 403 : 503;
  };
  expect(await store.put(KEY, content(5 * BLOCK))).toMatchObject({ type: 'failed' });
  // Those that were sent already arrive.
  await sleep(100);
  const atEnd = asked;
  await sleep(900);
  expect(asked).toBe(atEnd);
});

test('an end whose answer was lost on the way is found to be one', async () => {
  let left = 1;
  fixture.fault = (operation) =>
    operation === 'FinalizeCacheEntryUpload' && left-- > 0 ? 'lose' : undefined;
  expect(await store.put(KEY, content(10))).toEqual({ type: 'saved' });
  expect(await store.find(KEY)).toBeDefined();
});

test.each([
  ['less', BLOCK, BLOCK - 1],
  ['more', BLOCK, BLOCK + 1],
  ['less', 2 * BLOCK, 2 * BLOCK - 1],
  ['more', 2 * BLOCK, 2 * BLOCK + 1],
  ['more', 10, 11],
])('content that is %s than %i bytes is not saved', async (_, size, length) => {
  expect(await store.put(KEY, content(size, length))).toMatchObject({
    type: 'failed',
    reason: expect.stringContaining(`instead of ${size}`),
  });
  expect(await store.find(KEY)).toBeUndefined();
});
