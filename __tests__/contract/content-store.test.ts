import { fork, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { BuildError } from '../../src/base/errors.ts';
import type { ContentStore } from '../../src/image/content-store.ts';
import { digestOf, encoded, parseDigest } from '../../src/image/digest.ts';
import { memoryStore } from '../../src/image/store/memory.ts';
import { ociLayoutStore } from '../../src/image/store/oci-layout.ts';
import { codeOf, collect, sampleBytes, streamOf } from '../support/bytes.ts';

const work = mkdtempSync(join(tmpdir(), 'content-store-'));
const mounted: string[] = [];
afterAll(() => {
  for (const folder of mounted) spawnSync('umount', [folder]);
  rmSync(work, { recursive: true, force: true });
});

/** A folder with 256 KiB of space. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(work, 'disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder]);
  if (status !== 0) return undefined;
  mounted.push(folder);
  return folder;
}

const bytes = sampleBytes(600_000);
const digest = digestOf(bytes);
const absent = digestOf('absent');

const stores: { name: string; make: () => ContentStore }[] = [
  { name: 'OCI layout', make: () => ociLayoutStore(mkdtempSync(join(work, 'store-'))) },
  { name: 'memory', make: memoryStore },
];

describe.each(stores)('$name', ({ make }) => {
  let store: ContentStore;
  beforeEach(() => {
    store = make();
  });
  const names = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const item of store.list()) found.push(item.digest);
    return found.sort();
  };

  test('content comes back by its digest', async () => {
    expect(await store.put(streamOf(bytes, 1000))).toEqual({ digest, size: bytes.length });
    expect(await store.stat(digest)).toBe(bytes.length);
    expect((await collect(await store.open(digest))).equals(bytes)).toBe(true);
    expect(await names()).toEqual([digest]);
  });

  test('so does nothing at all', async () => {
    const empty = await store.put(streamOf(''));
    expect(empty).toEqual({ digest: digestOf(''), size: 0 });
    expect(await collect(await store.open(empty.digest))).toHaveLength(0);
  });

  test('what was expected may be told, sha512 too', async () => {
    await store.put(streamOf(bytes), { digest, size: bytes.length, limit: 1 });
    const long = parseDigest(
      'sha512:9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca72323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043',
    );
    expect(await store.put(streamOf('hello'), { digest: long })).toEqual({ digest: long, size: 5 });
    expect((await collect(await store.open(long))).toString()).toBe('hello');
    expect(await names()).toEqual([digest, long].sort());
  });

  test.each([
    [undefined, undefined],
    [0, 10],
    [5, undefined],
    [undefined, 7],
    [100_000, 500_001],
    [7, 7],
    [599_999, 700_000],
    [600_000, 600_001],
  ])('a part from %p to %p', async (start, end) => {
    await store.put(streamOf(bytes));
    const range = { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
    expect((await collect(await store.open(digest, range))).equals(bytes.subarray(start, end))).toBe(true);
  });

  test.each([
    ['DIGEST_MISMATCH', { digest: absent }],
    ['SIZE_MISMATCH', { size: bytes.length + 1 }],
    ['SIZE_MISMATCH', { size: bytes.length - 1 }],
    ['CONTENT_TOO_LARGE', { limit: bytes.length - 1 }],
  ])('%s for %p, and nothing is kept', async (code, expected) => {
    expect(await codeOf(() => store.put(streamOf(bytes), expected))).toBe(code);
    expect(await names()).toEqual([]);
  });

  test('too much is told before all of it came', async () => {
    let given = 0;
    const endless = async function* () {
      for (;;) {
        given += 1000;
        yield Buffer.alloc(1000);
      }
    };
    expect(await codeOf(() => store.put(endless(), { size: 5000 }))).toBe('SIZE_MISMATCH');
    expect(await codeOf(() => store.put(endless(), { limit: 5000 }))).toBe('CONTENT_TOO_LARGE');
    expect(given).toBeLessThan(20_000);
  });

  test('a source that fails leaves nothing, and its error comes through', async () => {
    const failing = async function* () {
      yield bytes;
      throw new BuildError({ kind: 'remote', code: 'CONNECTION_LOST', message: 'lost' });
    };
    expect(await codeOf(() => store.put(failing()))).toBe('CONNECTION_LOST');
    expect(await names()).toEqual([]);
  });

  test('what is not there', async () => {
    expect(await store.stat(absent)).toBeUndefined();
    expect(await codeOf(() => store.open(absent))).toBe('CONTENT_NOT_FOUND');
    await store.delete(absent);
    expect(await names()).toEqual([]);
  });

  test('deleted content is gone', async () => {
    await store.put(streamOf(bytes));
    await store.delete(digest);
    expect(await store.stat(digest)).toBeUndefined();
    expect(await codeOf(() => store.open(digest))).toBe('CONTENT_NOT_FOUND');
  });

  test('many at the same time, the same content too', async () => {
    const contents = Array.from({ length: 20 }, (_, i) => sampleBytes(10_000, (i % 10) + 1));
    await Promise.all(contents.map((content) => store.put(streamOf(content, 999))));
    expect(await names()).toEqual([...new Set(contents.map((content) => digestOf(content)))].sort());
    const back = await Promise.all(
      contents.map(async (content) => collect(await store.open(digestOf(content)))),
    );
    expect(back.every((content, i) => content.equals(contents[i]!))).toBe(true);
  });

  test('listing tells when content was last used', async () => {
    const before = Date.now() - 1000;
    await store.put(streamOf(bytes));
    for await (const item of store.list()) {
      expect(item.size).toBe(bytes.length);
      expect(item.lastUsed.getTime()).toBeGreaterThan(before);
    }
  });

  test('buffers that the source uses again do no harm', async () => {
    const reusing = async function* () {
      const buffer = Buffer.alloc(4);
      for (const text of ['abcd', 'efgh']) {
        buffer.write(text);
        yield buffer;
      }
    };
    const { digest: made } = await store.put(reusing());
    expect((await collect(await store.open(made))).toString()).toBe('abcdefgh');
  });

  test('pathOf names the file of a store that has files', async () => {
    await store.put(streamOf(bytes));
    const path = store.pathOf(digest);
    if (path !== undefined) expect(readFileSync(path).equals(bytes)).toBe(true);
    else expect(make).toBe(memoryStore);
  });
});

describe('the folder', () => {
  const fresh = (): string => mkdtempSync(join(work, 'folder-'));

  test('is an OCI layout, with nothing unfinished left in it', async () => {
    const folder = fresh();
    const store = ociLayoutStore(folder);
    await store.put(streamOf(bytes));
    await codeOf(() => store.put(streamOf(bytes), { size: 1 }));
    expect(readFileSync(join(folder, 'blobs', 'sha256', encoded(digest))).equals(bytes)).toBe(true);
    expect(readdirSync(join(folder, 'ingest'))).toEqual([]);
  });

  test('is rid of what killed processes left in it', async () => {
    const folder = fresh();
    await ociLayoutStore(folder).put(streamOf(bytes));
    for (const name of ['old', 'new']) writeFileSync(join(folder, 'ingest', name), 'unfinished');
    utimesSync(join(folder, 'ingest', 'old'), 1000, 1000);
    await ociLayoutStore(folder).put(streamOf(bytes));
    expect(readdirSync(join(folder, 'ingest'))).toEqual(['new']);
  });

  test('is made when the first content comes; other files in it are left alone', async () => {
    const folder = join(fresh(), 'a', 'b');
    const store = ociLayoutStore(folder);
    for await (const _ of store.list()) throw new TypeError('nothing is there');
    await store.put(streamOf(bytes));
    writeFileSync(join(folder, 'blobs', 'sha256', 'README'), 'x');
    const found: string[] = [];
    for await (const item of store.list()) found.push(item.digest);
    expect(found).toEqual([digest]);
  });

  test('opening content counts as use', async () => {
    const store = ociLayoutStore(fresh());
    await store.put(streamOf(bytes));
    const path = store.pathOf(digest)!;
    utimesSync(path, 1000, 1000);
    await store.open(digest);
    expect(statSync(path).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
  });

  test('what is open can be read although it is deleted', async () => {
    const store = ociLayoutStore(fresh());
    await store.put(streamOf(bytes));
    const reading = (await store.open(digest))[Symbol.asyncIterator]();
    const first = await reading.next();
    await store.delete(digest);
    let length = first.value.length;
    for (let next = await reading.next(); next.done !== true; next = await reading.next())
      length += next.value.length;
    expect(length).toBe(bytes.length);
  });

  test('a path that cannot be used is told', async () => {
    const folder = fresh();
    writeFileSync(join(folder, 'file'), '');
    const store = ociLayoutStore(join(folder, 'file'));
    expect(await codeOf(() => store.put(streamOf(bytes)))).toBe('STORE_FAILED');
    expect(await store.stat(digest)).toBeUndefined();
  });

  const disk = smallDisk();
  const limited = disk === undefined ? test.skip : test;
  limited('a full disk is NO_SPACE (skipped where nothing can be mounted)', async () => {
    const store = ociLayoutStore(disk!);
    const failed = await store.put(streamOf(bytes)).catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: 'NO_SPACE',
      message: expect.stringMatching(
        /^There is no space left on the disk \(ENOSPC: .*\): the content store in \//,
      ),
      hint: expect.stringContaining('state folder'),
    });
    expect((failed as Error).message).toContain(disk);
    expect(readdirSync(join(disk!, 'ingest'))).toEqual([]);
  });

  test('several processes may fill it', async () => {
    const folder = fresh();
    const script = join(work, 'filler.ts');
    const from = (path: string): string => JSON.stringify(join(process.cwd(), path));
    writeFileSync(
      script,
      `import { ociLayoutStore } from ${from('src/image/store/oci-layout.ts')};
       import { sampleBytes, streamOf } from ${from('__tests__/support/bytes.ts')};
       const store = ociLayoutStore(process.argv[2]);
       for (let i = 1; i <= 20; i++) await store.put(streamOf(sampleBytes(20_000, i), 3000));`,
    );
    const exits = [1, 2, 3].map(
      () =>
        new Promise((resolve) => {
          fork(script, [folder], { execArgv: ['--no-warnings'], execPath: process.execPath }).on(
            'exit',
            (code) => resolve(code),
          );
        }),
    );
    expect(await Promise.all(exits)).toEqual([0, 0, 0]);
    const store = ociLayoutStore(folder);
    let count = 0;
    for await (const item of store.list()) {
      expect(digestOf(await collect(await store.open(item.digest)))).toBe(item.digest);
      count += 1;
    }
    expect(count).toBe(20);
    expect(readdirSync(join(folder, 'ingest'))).toEqual([]);
  });

  const user = process.getuid?.() === 0 ? test.skip : test;
  user('a folder that may only be read can be read (skipped as root)', async () => {
    const folder = fresh();
    await ociLayoutStore(folder).put(streamOf(bytes));
    chmodSync(join(folder, 'blobs', 'sha256'), 0o555);
    expect((await collect(await ociLayoutStore(folder).open(digest))).equals(bytes)).toBe(true);
  });
});
