import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { digestOf, parseDiffId } from '../../../src/image/digest.ts';
import type { CompressionChoice } from '../../../src/image/layer/compress.ts';
import { indexLayer, readLayer } from '../../../src/image/layer/read-layer.ts';
import { diffIdOf, EMPTY_LAYER_DIGEST, writeLayer } from '../../../src/image/layer/write-layer.ts';
import { memoryStore } from '../../../src/image/store/memory.ts';
import { codeOf, collect, sampleBytes, streamOf } from '../../support/bytes.ts';
import { entry, file, folder, hardlink, type Member, members, symlink } from '../../support/entries.ts';

const list: readonly Member[] = [
  folder('etc', { mtime: 1_700_000_000.75 }),
  file('etc/app', sampleBytes(200_000), { uid: 5, mode: 0o4755 }),
  file('etc/empty', ''),
  file('x'.repeat(150), 'long', { xattrs: new Map([['user.a', Buffer.from([128])]]) }),
  symlink('link', '/etc/app'),
  hardlink('hard', 'etc/app'),
  { entry: entry('character', 'null', { devMajor: 1, devMinor: 3 }) },
  file('.wh.gone', ''),
];

describe.each<CompressionChoice['type']>(['none', 'gzip', 'zstd'])('%s', (type) => {
  test('digests, sizes and index are those that a reader finds', async () => {
    const store = memoryStore();
    const written = await writeLayer(members(list), store, { compression: { type } });
    const stored = await collect(await store.open(written.descriptor.digest));
    expect(digestOf(stored)).toBe(written.descriptor.digest);
    expect(stored.length).toBe(written.descriptor.size);
    expect(written.descriptor.mediaType).toBe(
      `application/vnd.oci.image.layer.v1.tar${type === 'none' ? '' : `+${type}`}`,
    );
    expect(await indexLayer(streamOf(stored), type, written.diffId)).toEqual(written.index);
    expect(written.index.entries[0]?.mtime).toBe(1_700_000_000);
    expect(written.index.entries[1]?.content).toBe(digestOf(sampleBytes(200_000)));
    const back: (string | undefined)[] = [];
    for await (const { entry, body } of readLayer(streamOf(stored), type, { diffId: written.diffId })) {
      back.push(entry.path);
      const content = await collect(body);
      const wanted = list[back.length - 1]?.content ?? Buffer.alloc(0);
      expect(content.equals(wanted)).toBe(true);
    }
    expect(back).toEqual(list.map(({ entry }) => entry.path));
  });

  test('the diffID can be had without writing', async () => {
    const written = await writeLayer(members(list), memoryStore(), { compression: { type } });
    expect(await diffIdOf(members(list))).toBe(written.diffId);
  });

  test('another diffID is an error, once all was read', async () => {
    const store = memoryStore();
    const written = await writeLayer(members(list), store, { compression: { type } });
    const open = () => store.open(written.descriptor.digest);
    const wrong = { diffId: digestOf('other') as string as typeof written.diffId };
    let count = 0;
    const read = async (): Promise<void> => {
      for await (const _ of readLayer(await open(), type, wrong)) count += 1;
    };
    expect(await codeOf(read)).toBe('DIFF_ID_MISMATCH');
    expect(count).toBe(list.length);
    expect(await codeOf(async () => indexLayer(await open(), type, wrong.diffId))).toBe('DIFF_ID_MISMATCH');
  });
});

test('a layer whose diffID is a SHA-512 is checked by that', async () => {
  const store = memoryStore();
  const { descriptor, index } = await writeLayer(members(list), store, { compression: { type: 'gzip' } });
  const open = () => store.open(descriptor.digest);
  const tar = gunzipSync(await collect(await open()));
  const diffId = parseDiffId(`sha512:${createHash('sha512').update(tar).digest('hex')}`);
  expect(await indexLayer(await open(), 'gzip', diffId)).toEqual({ ...index, diffId });
  let count = 0;
  for await (const _ of readLayer(await open(), 'gzip', { diffId })) count += 1;
  expect(count).toBe(index.entries.length);
  const wrong = parseDiffId(`sha512:${'0'.repeat(128)}`);
  expect(await codeOf(async () => indexLayer(await open(), 'gzip', wrong))).toBe('DIFF_ID_MISMATCH');
});

test('offsets are places in the uncompressed tar', async () => {
  const store = memoryStore();
  const { descriptor, index } = await writeLayer(members(list), store, { compression: { type: 'gzip' } });
  const tar = gunzipSync(await collect(await store.open(descriptor.digest)));
  expect(tar.length).toBe(index.size);
  for (const { offset, size, content } of index.entries) {
    if (offset !== undefined) expect(digestOf(tar.subarray(offset, offset + size))).toBe(content);
  }
  expect(index.entries.filter(({ offset }) => offset !== undefined)).toHaveLength(4);
});

test('times after the epoch become the epoch, so that two builds are one', async () => {
  const write = (mtime: number) =>
    writeLayer(members([file('old', 'a', { mtime: 500 }), file('new', 'b', { mtime })]), memoryStore(), {
      compression: { type: 'gzip' },
      epoch: 1000,
    });
  const [one, two] = [await write(1000.5), await write(99_999)];
  expect(one.index.entries.map(({ mtime }) => mtime)).toEqual([500, 1000]);
  expect(two.descriptor).toEqual(one.descriptor);
});

test('no entries make the empty layer that registries know', async () => {
  const store = memoryStore();
  const written = await writeLayer(members([]), store, { compression: { type: 'gzip' } });
  expect(written.descriptor).toEqual({
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    digest: 'sha256:a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4',
    size: 32,
  });
  expect(written.diffId).toBe('sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef');
  expect(EMPTY_LAYER_DIGEST).toBe(written.descriptor.digest);
  expect(gunzipSync(await collect(await store.open(written.descriptor.digest)))).toEqual(Buffer.alloc(1024));
  const zstd = await writeLayer(members([]), store, { compression: { type: 'zstd' } });
  expect(zstd.diffId).toBe(written.diffId);
  expect(await indexLayer(await store.open(zstd.descriptor.digest), 'zstd', zstd.diffId)).toEqual(
    written.index,
  );
});

test('nothing is stored when the entries fail', async () => {
  const store = memoryStore();
  const failing = async function* () {
    yield* members(list);
    throw new TypeError('no more');
  };
  await expect(writeLayer(failing(), store, { compression: { type: 'gzip' } })).rejects.toThrow('no more');
  const short = { entry: entry('file', 'a', { size: 9 }), content: Buffer.from('8 bytes!') };
  expect(await codeOf(() => writeLayer(members([short]), store, { compression: { type: 'gzip' } }))).toBe(
    'CONTENT_CHANGED',
  );
  for await (const _ of store.list()) throw new TypeError('something was stored');
});

test('a content digest that is known is not made again, and changes nothing else', async () => {
  const known = async function* () {
    for await (const member of members(list)) {
      yield member.entry.path === 'etc/app' ? { ...member, content: digestOf('as told') } : member;
    }
  };
  const hashed = await writeLayer(members(list), memoryStore(), { compression: { type: 'none' } });
  const told = await writeLayer(known(), memoryStore(), {
    compression: { type: 'none' },
    epoch: 2_000_000_000,
  });
  expect([told.descriptor, told.diffId]).toEqual([hashed.descriptor, hashed.diffId]);
  const entries = hashed.index.entries.map((each) =>
    each.path === 'etc/app' ? { ...each, content: digestOf('as told') } : each,
  );
  expect(told.index.entries).toEqual(entries);
});
