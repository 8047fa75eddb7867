import { zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import {
  CacheIndex,
  dayOf,
  type IndexedBlob,
  type IndexedMount,
  type IndexedRecord,
} from '../../../src/cache/backends/indexed/cache-index.ts';
import { decodeIndexFile, encodeIndexFile } from '../../../src/cache/backends/indexed/index-file.ts';
import { digestOf } from '../../../src/image/digest.ts';
import { sampleLayer, sampleMount } from '../../support/cache-records.ts';

const TODAY = dayOf(new Date());

function entry(
  name: string,
  key = `L-${name}`,
  createdAt = '2026-01-01T00:00:00.000Z',
): [IndexedRecord, IndexedBlob] {
  const { record, bytes } = sampleLayer(name, { bytes: Buffer.from(name), createdAt, step: 'one step' });
  const { digest } = record.layer!.descriptor;
  return [
    { record, lastUsed: TODAY },
    { digest, size: bytes.length, place: { type: 'entry', key } },
  ];
}

function indexOf(...entries: readonly [IndexedRecord, IndexedBlob][]): CacheIndex {
  return new CacheIndex(
    entries.map(([record]) => record),
    entries.map(([, blob]) => blob),
  );
}

const [a, b, c] = [entry('a'), entry('b'), entry('c')];
const identity = { scope: 'app', platform: 'linux/amd64' };

describe('CacheIndex', () => {
  test('merging keeps all of both; the newer one is right about where things are, the later use counts', () => {
    const later: IndexedRecord = { ...a[0], lastUsed: TODAY + 5 };
    const moved: IndexedBlob = { ...a[1], place: { type: 'entry', key: 'P-1', offset: 7 } };
    const merged = indexOf([later, a[1]], b).mergedWith(indexOf([a[0], moved], c));
    expect([...merged.records.keys()].sort()).toEqual([a, b, c].map(([{ record }]) => record.key).sort());
    expect(merged.records.get(a[0].record.key)?.lastUsed).toBe(TODAY + 5);
    expect(merged.blobs.get(a[1].digest)).toEqual(moved);
  });

  test('what is gone goes with the records that need it, and so do blobs that nobody needs', () => {
    const left = indexOf(a, b)
      .mergedWith(new CacheIndex([], [c[1]]))
      .without(new Set(['L-a']));
    expect([...left.records.keys()]).toEqual([b[0].record.key]);
    expect([...left.blobs.keys()]).toEqual([b[1].digest]);
  });

  test('a record whose layer was never stored here stays', () => {
    const served = new CacheIndex([a[0]], []);
    expect(served.without(new Set(['L-a'])).records.size).toBe(1);
  });

  test('trimming keeps the most recently used, with their blobs', () => {
    const old: IndexedRecord = { ...a[0], lastUsed: TODAY - 1 };
    const all = indexOf([old, a[1]], b, c);
    const length = JSON.stringify(all.toJson()).length;
    expect(all.trimmed(2 * length)).toBe(all);
    const trimmed = all.trimmed(length);
    expect([...trimmed.records.keys()].sort()).toEqual([b, c].map(([{ record }]) => record.key).sort());
    expect(trimmed.blobs.has(a[1].digest)).toBe(false);
    expect(trimmed.blobs.size).toBe(2);
  });

  test('trimming counts what is in the index itself, so that it can always be read again', async () => {
    const bytes = Buffer.alloc(32_768, 1);
    const many = Array.from({ length: 600 }, (_, i): [IndexedRecord, IndexedBlob] => {
      const [record, blob] = entry(`inline ${i}`);
      return [record, { ...blob, size: bytes.length, place: { type: 'inline', bytes } }];
    });
    const trimmed = indexOf(...many).trimmed();
    expect(trimmed.records.size).toBeGreaterThan(120);
    expect(trimmed.records.size).toBeLessThan(160);
    expect(JSON.stringify(trimmed.toJson()).length).toBeLessThan(7 * 1024 * 1024);
  });

  test('as many records, blobs and mounts as it may have can be read again, in any language', async () => {
    const [record, blob] = entry('x');
    const { layer } = record.record;
    const named = (i: number): string => digestOf(String(i)).slice('sha256:'.length);
    const all = Array.from({ length: 6000 }, (_, i): [IndexedRecord, IndexedBlob[]] => {
      const [digest, layerIndex] = [digestOf(`layer ${i}`), digestOf(`index ${i}`)];
      const descriptor = { ...layer!.descriptor, digest };
      const own = { key: named(i) as never, step: '步', parts: [], createdAt: record.record.createdAt };
      return [
        { record: { ...own, layer: { ...layer!, descriptor } }, lastUsed: TODAY, layerIndex },
        [digest, layerIndex].map((each) => ({ ...blob, digest: each })),
      ];
    });
    const mounts = Array.from({ length: 10 }, (_, i) => sampleMount(`mount ${i}`, 10));
    const index = new CacheIndex(
      all.map(([each]) => each),
      [
        ...all.flatMap(([, blobs]) => blobs),
        ...mounts.map(({ mount }) => ({ ...blob, digest: mount.archive.digest })),
      ],
      mounts.map(({ mount }) => ({ mount, lastUsed: TODAY })),
    );
    const trimmed = index.trimmed();
    expect(trimmed.records.size).toBeGreaterThan(4000);
    expect(await decodeIndexFile(await encodeIndexFile(trimmed, identity), identity)).toEqual(trimmed);

    const long = Array.from({ length: 200 }, (_, i): IndexedRecord => {
      const step = '步'.repeat(50_000);
      return { ...record, record: { ...record.record, key: named(i) as never, step } };
    });
    const text = JSON.stringify(new CacheIndex(long, []).trimmed().toJson());
    expect(Buffer.byteLength(text)).toBeLessThan(7 * 1024 * 1024);
  });

  test('what was not used for a month goes', () => {
    const old: IndexedRecord = { ...a[0], lastUsed: TODAY - 31 };
    expect([...indexOf([old, a[1]], b).trimmed().records.keys()]).toEqual([b[0].record.key]);
  });

  test('two indexes whose machines disagree about the year keep the ages of what is in them', () => {
    const future: IndexedRecord = { ...b[0], lastUsed: TODAY + 365 };
    for (const [one, other] of [
      [indexOf(a), indexOf([future, b[1]])],
      [indexOf([future, b[1]]), indexOf(a)],
    ] as const) {
      const merged = one.mergedWith(other).trimmed();
      expect([...merged.records.keys()].sort()).toEqual([a, b].map(([{ record }]) => record.key).sort());
    }
  });

  test('a day passes where a machine tells a later one than all before, but never more than one', () => {
    const first = indexOf(a);
    expect(first.onDay(TODAY).clock.day).toBe(TODAY);
    expect(first.onDay(TODAY - 365).clock.day).toBe(TODAY);
    const ahead = first.onDay(TODAY + 365);
    expect(ahead.clock).toEqual({ day: TODAY + 1, seen: TODAY + 365 });
    expect(ahead.onDay(TODAY + 365).onDay(TODAY + 3).clock.day).toBe(TODAY + 1);
    expect(new CacheIndex().onDay(7).clock).toEqual({ day: 7, seen: 7 });
  });

  test('what was not used on thirty days on which the others were used goes', () => {
    let index = indexOf(a, b);
    for (let day = 1; day <= 31; day += 1) {
      index = index.onDay(TODAY + day);
      const used = new CacheIndex([{ ...b[0], lastUsed: index.clock.day }], [b[1]], [], index.clock);
      index = index.mergedWith(used).trimmed();
      expect(index.records.size).toBe(day <= 30 ? 2 : 1);
    }
  });

  test('knows the newest record of a step', () => {
    const newer = entry('newer', 'L-n', '2026-03-01T00:00:00.000Z');
    expect(indexOf(a, newer, b).newestBySteps().get('one step')).toEqual(newer[0].record);
  });
});

describe('an index file', () => {
  const inline: IndexedBlob = { ...c[1], place: { type: 'inline', bytes: Buffer.from([0, 255, 10]) } };
  const index = indexOf(a, [{ ...b[0], layerIndex: c[1].digest }, b[1]], [c[0], inline]);

  test('comes back as it was, signed or not', async () => {
    for (const secret of [undefined, 'secret']) {
      const file = await encodeIndexFile(index, { ...identity, secret });
      expect(await decodeIndexFile(file, { ...identity, secret })).toEqual(index);
      expect(await decodeIndexFile(file, identity)).toEqual(index);
    }
  });

  test('more JSON than a program writes is refused before it is parsed, however small the file', async () => {
    const text = `{"scope":"app","platform":"linux/amd64","records":[],"blobs":[]${' '.repeat(17 * 1024 * 1024)}}`;
    const body = zstdCompressSync(Buffer.from(text));
    const head = `ts-image-build cache index 1 ${digestOf(body).slice('sha256:'.length)} -\n`;
    await expect(decodeIndexFile(Buffer.concat([Buffer.from(head), body]), identity)).rejects.toMatchObject({
      code: 'CACHE_DATA_BAD',
      message: 'it has more than 16 MiB',
    });
  });

  test.each([
    ['another image', { scope: 'other', platform: 'linux/amd64' }, 'CACHE_DATA_BAD'],
    ['another platform', { scope: 'app', platform: 'linux/arm64' }, 'CACHE_DATA_BAD'],
    ['another secret', { ...identity, secret: 'b' }, 'CACHE_NOT_SIGNED'],
  ])('is refused for %s', async (_, other, code) => {
    const file = await encodeIndexFile(index, { ...identity, secret: 'a' });
    await expect(decodeIndexFile(file, other)).rejects.toMatchObject({ code });
  });

  test.each(['secret', undefined])('no byte can be changed, signed or not (%s)', async (secret) => {
    const file = await encodeIndexFile(index, { ...identity, secret });
    for (let at = 0; at < file.length; at += 3) {
      const changed = Buffer.from(file);
      changed[at]! ^= 1;
      // The one character that says "not signed" means nothing to who does not ask for a signature.
      if (secret === undefined && file[at] === 0x2d && file[at + 1] === 0x0a) continue;
      await expect(decodeIndexFile(changed, { ...identity, secret })).rejects.toMatchObject({
        name: 'BuildError',
      });
    }
    const cut = decodeIndexFile(file.subarray(0, -1), { ...identity, secret });
    await expect(cut).rejects.toMatchObject({ name: 'BuildError' });
    await expect(decodeIndexFile(Buffer.alloc(0), identity)).rejects.toMatchObject({
      code: 'CACHE_DATA_BAD',
    });
  });
});

describe('cache mounts in an index', () => {
  function withMount(
    id: string,
    key: string,
    lastUsed = TODAY,
    savedAt = 1,
  ): { index: CacheIndex; mount: IndexedMount['mount'] } {
    const { mount } = sampleMount(id, 100);
    const blob: IndexedBlob = { digest: mount.archive.digest, size: 100, place: { type: 'entry', key } };
    const saved = { ...mount, savedAt };
    const clock = { day: Math.max(TODAY, lastUsed), seen: TODAY };
    return { index: new CacheIndex([], [blob], [{ mount: saved, lastUsed }], clock), mount: saved };
  }

  test('are written and read back; an index of an older program has none', async () => {
    const { index, mount } = withMount('m', 'L-1');
    const file = await encodeIndexFile(indexOf(a).mergedWith(index), identity);
    const read = await decodeIndexFile(file, identity);
    expect(read.mounts.get(mount.key)).toEqual({ mount, lastUsed: TODAY });
    expect(read.records.size).toBe(1);
    expect(CacheIndex.fromJson({ records: [], blobs: [] }).mounts.size).toBe(0);
    expect(index.isEmpty).toBe(false);
  });

  test('the newer one takes the place of an older generation, whose blob goes', () => {
    const [old, fresh] = [withMount('m', 'L-old', TODAY + 1), withMount('m', 'L-new', TODAY, 2)];
    const merged = indexOf(a).mergedWith(old.index).mergedWith(fresh.index).without(new Set());
    expect([...merged.mounts.values()]).toEqual([{ mount: fresh.mount, lastUsed: TODAY + 1 }]);
    expect([...merged.blobs.keys()].sort()).toEqual([a[1].digest, fresh.mount.archive.digest].sort());
  });

  test('go when their archive is gone, and when they were not used for long', () => {
    const [gone, stale, kept] = [
      withMount('gone', 'L-gone'),
      withMount('stale', 'L-stale', TODAY - 40),
      withMount('kept', 'L-kept'),
    ];
    const all = [gone, stale, kept].reduce((sum, { index }) => sum.mergedWith(index), indexOf(a));
    const left = all.without(new Set(['L-gone'])).trimmed();
    expect([...left.mounts.keys()]).toEqual([kept.mount.key]);
    expect([...left.blobs.keys()].sort()).toEqual([a[1].digest, kept.mount.archive.digest].sort());
    expect(left.records.size).toBe(1);
  });

  test.each([
    ['key', 'x'],
    ['digest', 'sha256:1'],
    ['size', -1],
    ['unpacked', 1.5],
    ['members', 1e9],
    ['savedAt', 'today'],
    ['id', 5],
  ])('a mount with a bad %s is refused', (name, value) => {
    const { mount, archive } = {
      mount: sampleMount('m', 1).mount,
      archive: sampleMount('m', 1).mount.archive,
    };
    const { key, id, platform, savedAt } = mount;
    const good = { key, id, platform, savedAt, ...archive, lastUsed: 1 };
    const json = (each: object): object => ({ records: [], blobs: [], mounts: [each] });
    expect(CacheIndex.fromJson(json(good)).mounts.size).toBe(1);
    expect(() => CacheIndex.fromJson(json({ ...good, [name]: value }))).toThrow();
  });
});
