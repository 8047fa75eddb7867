import { describe, expect, test } from '@jest/globals';
import type { BlobStore } from '../../../src/cache/backends/indexed/blob-store.ts';
import { StoredBlobs } from '../../../src/cache/backends/indexed/stored-blobs.ts';
import { Notices } from '../../../src/cache/notices.ts';
import { digestOf } from '../../../src/image/digest.ts';
import { memoryStore } from '../../../src/image/store/memory.ts';
import { codeOf } from '../../support/bytes.ts';

const whole = Buffer.alloc(1000, 'x');
const digest = digestOf(whole);
const KEY = 'entry';

/** An entry with these bytes in pieces of 300. */
function storeOf(bytes: Buffer): BlobStore {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 300) yield bytes.subarray(at, at + 300);
  }
  return {
    find: async (key) => ({ key, open: async () => pieces() }),
    put: async () => ({ type: 'saved' }),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

describe('an entry that is read into a content store', () => {
  test.each([
    ['as it should be', whole, undefined],
    ['longer', Buffer.concat([whole, whole]), 'SIZE_MISMATCH'],
    ['cut off', whole.subarray(0, 900), 'SIZE_MISMATCH'],
    ['of other bytes', Buffer.alloc(1000, 'y'), 'DIGEST_MISMATCH'],
    ['empty', Buffer.alloc(0), 'SIZE_MISMATCH'],
  ])('%s', async (_, bytes, code) => {
    const notices = new Notices('the cache');
    const blob = { digest, size: whole.length, place: { type: 'entry', key: KEY } } as const;
    const blobs = new StoredBlobs(storeOf(bytes), notices, new Map([[digest, blob]]));
    const source = await blobs.open(blob);
    const read = async () => memoryStore().put(source!, { digest, size: whole.length });
    if (code === undefined) await read();
    else expect(await codeOf(read)).toBe(code);
    // What is damaged is named once, is not used again, and no index names it any longer.
    const isDamaged = code !== undefined;
    expect(blobs.isDamaged(digest)).toBe(isDamaged);
    expect([...blobs.gone]).toEqual(isDamaged ? [KEY] : []);
    expect(blobs.get(digest)).toEqual(isDamaged ? undefined : blob);
    expect(notices.lines).toHaveLength(isDamaged ? 1 : 0);
  });
});

test('a download that the build itself gives up, as when another layer is lost, is no failure of its entry', async () => {
  const stop = new AbortController();
  const store: BlobStore = {
    ...storeOf(whole),
    find: async (key) => ({
      key,
      open: async ({ signal } = {}) =>
        (async function* () {
          yield whole.subarray(0, 300);
          stop.abort(new TypeError('another layer is lost'));
          signal?.throwIfAborted();
        })(),
    }),
  };
  const notices = new Notices('the cache');
  const blob = { digest, size: whole.length, place: { type: 'entry', key: KEY } } as const;
  const blobs = new StoredBlobs(store, notices, new Map([[digest, blob]]));
  const source = await blobs.open(blob, stop.signal);
  await expect(memoryStore().put(source!, { digest, size: whole.length })).rejects.toThrow('another layer');
  expect(notices.lines).toEqual([]);
  expect(blobs.get(digest)).toEqual(blob);
  expect(await blobs.has(digest)).toBe(true);
});

test('an entry that could not be asked for is another thing than one that is gone', async () => {
  const blob = { digest, size: whole.length, place: { type: 'entry', key: KEY } } as const;
  const after = async (find: BlobStore['find']): Promise<readonly unknown[]> => {
    const notices = new Notices('the cache');
    const blobs = new StoredBlobs({ ...storeOf(whole), find }, notices, new Map([[digest, blob]]));
    await (await blobs.open(blob))?.[Symbol.asyncIterator]().next();
    return [await blobs.has(digest), blobs.isUnsure(digest), [...blobs.gone], notices.lines.length];
  };
  const refuse = async (): Promise<never> => {
    throw new TypeError('401');
  };
  expect(await after(refuse)).toEqual([false, true, [], 1]);
  expect(await after(async () => undefined)).toEqual([false, false, [KEY], 0]);
  expect(await after(async (key) => ({ key, open: refuse }))).toEqual([false, true, [], 1]);
});
