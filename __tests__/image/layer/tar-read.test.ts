import { execFileSync } from 'node:child_process';
import {
  closeSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BuildError } from '../../../src/base/errors.ts';
import { formatPax } from '../../../src/image/layer/pax.ts';
import { formatHeader } from '../../../src/image/layer/tar-header.ts';
import { readTar } from '../../../src/image/layer/tar-read.ts';
import { writeTar } from '../../../src/image/layer/tar-write.ts';
import { codeOf, collect, sampleBytes, streamOf } from '../../support/bytes.ts';
import { file, folder, members, readAll } from '../../support/entries.ts';

const work = mkdtempSync(join(tmpdir(), 'tar-read-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;
const SIZE = 3_000_000;

/** A header and data as other programs might write them. */
function member(
  type: string,
  name: string,
  data: Buffer | string = '',
  change: (block: Buffer) => void = () => undefined,
): Buffer {
  const bytes = Buffer.from(data as string);
  const block = formatHeader({
    name: Buffer.from(name),
    mode: 0o644,
    uid: 1,
    gid: 2,
    size: bytes.length,
    mtime: 3,
    type,
  });
  change(block);
  resum(block);
  return Buffer.concat([block, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

function resum(block: Buffer): void {
  block.fill(0x20, 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}

const pax = (type: string, records: Record<string, string | Buffer>): Buffer =>
  member(
    type,
    'pax',
    formatPax(Object.entries(records).map(([key, value]) => ({ key, value: Buffer.from(value as string) }))),
  );
const archive = (...parts: readonly Buffer[]): Buffer => Buffer.concat([...parts, Buffer.alloc(1024)]);
const read = (...parts: readonly Buffer[]) => readAll(streamOf(archive(...parts)));
const paths = async (...parts: readonly Buffer[]): Promise<string[]> =>
  (await read(...parts)).map(({ entry }) => entry.path);

const longName = `${'d'.repeat(60)}/${'e'.repeat(60)}/${'f'.repeat(150)}`;
const mtime = 1_234_567_890;

beforeAll(() => {
  const root = join(work, 'root');
  mkdirSync(join(root, `${'d'.repeat(60)}/${'e'.repeat(60)}`), { recursive: true });
  writeFileSync(join(root, longName), 'long name');
  writeFileSync(join(root, 'plain'), sampleBytes(1500));
  symlinkSync('plain', join(root, 'link'));
  linkSync(join(root, 'plain'), join(root, 'twin'));
  writeFileSync(Buffer.concat([Buffer.from(`${root}/bad`), Buffer.from([0xff, 0xfe])]), 'not UTF-8');
  const sparse = join(root, 'sparse');
  writeFileSync(sparse, '');
  truncateSync(sparse, SIZE);
  const handle = openSync(sparse, 'r+');
  for (let i = 0; i < 30; i++) writeSync(handle, `data ${i}`, i * 100_000 - (i % 2));
  closeSync(handle);
  truncateSync(join(root, 'sparse'), SIZE);
  for (const name of ['plain', 'sparse', longName]) utimesSync(join(root, name), mtime, mtime);
});

function expectedSparse(): Buffer {
  const bytes = Buffer.alloc(SIZE);
  for (let i = 0; i < 30; i++) bytes.write(`data ${i}`, i * 100_000 - (i % 2));
  return bytes;
}

describe('archives of GNU tar', () => {
  test.each([
    ['v7', ['plain', 'link', 'twin', 'sparse'], []],
    ['ustar', ['plain', 'link', 'twin', 'sparse'], []],
    ['gnu', ['.'], []],
    ['oldgnu', ['.'], []],
    ['pax', ['.'], []],
    ['gnu', ['.'], ['--sparse']],
    ['oldgnu', ['.'], ['--sparse']],
    ['pax', ['.'], ['--sparse', '--sparse-version=0.0']],
    ['pax', ['.'], ['--sparse', '--sparse-version=0.1']],
    ['pax', ['.'], ['--sparse', '--sparse-version=1.0']],
  ])('%s of %j with %j', async (format, names, options) => {
    const bytes = execFileSync(
      'tar',
      [`--format=${format}`, ...options, '--sort=name', '-C', join(work, 'root'), '-c', ...names],
      {
        maxBuffer: 1e8,
      },
    );
    const found = new Map((await readAll(streamOf(bytes, 10_000))).map((item) => [item.entry.path, item]));
    expect(found.get('plain')?.content).toEqual(sampleBytes(1500));
    expect(found.get('plain')?.entry.mtime).toBe(mtime);
    expect(found.get('link')?.entry).toMatchObject({ type: 'symlink', linkName: 'plain', size: 0 });
    expect(found.get('twin')?.entry).toMatchObject({ type: 'hardlink', linkName: 'plain', size: 0 });
    expect(found.get('sparse')?.entry).toMatchObject({ type: 'file', size: SIZE });
    expect(found.get('sparse')?.content?.equals(expectedSparse())).toBe(true);
    if (names[0] !== '.') return;
    expect(found.get('')?.entry.type).toBe('directory');
    expect(found.get(longName)?.content?.toString()).toBe('long name');
    expect(found.get('bad\udcff\udcfe')?.content?.toString()).toBe('not UTF-8');
    if (options.includes('--sparse')) expect(bytes.length).toBeLessThan(SIZE / 2);
  });

  (isRoot ? test : test.skip)('xattrs, binary ones too (root only)', async () => {
    const path = join(work, 'cap');
    writeFileSync(path, '');
    // cap_net_raw and cap_setuid: a value with bytes that are not UTF-8.
    execFileSync('python3', [
      '-c',
      `import os; os.setxattr(${JSON.stringify(path)}, 'security.capability', bytes.fromhex('0100000280200000000000000000000000000000'))`,
    ]);
    const bytes = execFileSync('tar', [
      '--format=pax',
      '--xattrs',
      '--xattrs-include=*',
      '-C',
      work,
      '-c',
      'cap',
    ]);
    const [found] = await readAll(streamOf(bytes));
    expect(Buffer.from(found?.entry.xattrs?.get('security.capability') ?? []).toString('hex')).toBe(
      '0100000280200000000000000000000000000000',
    );
  });
});

describe('what headers may say', () => {
  test.each([
    ['./a//b/', 'a/b'],
    ['/a', 'a'],
    ['a/../b', 'b'],
    ['/../a', 'a'],
    ['/a/../../b', 'b'],
    ['.hidden', '.hidden'],
    ['a/...', 'a/...'],
  ])('the name %s is the path %s', async (name, path) => {
    expect(await paths(member('5', name))).toEqual([path]);
  });

  test.each(['../a', 'a/../../b', '..'])('the name %s is refused', async (name) => {
    expect(await codeOf(() => read(member('0', name)))).toBe('TAR_PATH_ESCAPES');
  });

  test.each([
    ['../a', 'a'],
    ['a/../../b', 'b'],
    ['..', ''],
  ])('where names are clamped, %s is the path %p', async (name, path) => {
    const bytes = archive(member('5', name));
    expect((await readAll(streamOf(bytes), { clampPaths: true })).map(({ entry }) => entry.path)).toEqual([
      path,
    ]);
  });

  test('a hard link to a place outside is refused, a symbolic link is kept as it is', async () => {
    const link = (block: Buffer): void => void block.write('../../etc', 157);
    expect(await codeOf(() => read(member('1', 'a', '', link)))).toBe('TAR_PATH_ESCAPES');
    expect((await read(member('2', 'a', '', link)))[0]?.entry.linkName).toBe('../../etc');
  });

  test('extended headers stand over global ones, those over the header, and an empty record takes back', async () => {
    const found = await read(
      pax('g', { uid: '70', gid: '80', comment: 'x' }),
      pax('x', { gid: '90', path: 'first', mtime: '12.5' }),
      member('0', 'name'),
      member('0', 'second'),
      pax('g', { uid: '' }),
      member('0', 'third'),
    );
    expect(found.map(({ entry: { path, uid, gid, mtime } }) => [path, uid, gid, mtime])).toEqual([
      ['first', 70, 90, 12.5],
      ['second', 70, 80, 3],
      ['third', 1, 80, 3],
    ]);
  });

  test('xattrs of libarchive, and of star where both are there', async () => {
    const [found] = await read(
      pax('x', {
        'LIBARCHIVE.xattr.user.a%20b': Buffer.from([0, 1, 255]).toString('base64'),
        'LIBARCHIVE.xattr.user.c': 'AAAA',
        'SCHILY.xattr.user.c': 'star',
        'SCHILY.xattr.user.empty': '',
        'SCHILY.xattr.user.x%3Dy%25': '1',
      }),
      member('0', 'a'),
    );
    expect(found?.entry.xattrs).toEqual(
      new Map([
        ['user.a b', Buffer.from([0, 1, 255])],
        ['user.c', Buffer.from('star')],
        ['user.empty', Buffer.alloc(0)],
        ['user.x=y%', Buffer.from('1')],
      ]),
    );
  });

  test('more than 8 GiB, as base-256 and as PAX', async () => {
    const size = 9 * 2 ** 30;
    const base256 = (block: Buffer): void => {
      block.writeBigUInt64BE(BigInt(size), 128);
      block.writeUInt32BE(0x80000000, 124);
    };
    for (const head of [
      member('0', 'a', '', base256),
      Buffer.concat([pax('x', { size: String(size) }), member('0', 'a')]),
    ]) {
      const first = await readTar(streamOf(head)).next();
      expect(first.value?.entry.size).toBe(size);
    }
  });

  test('negative numbers in base-256', async () => {
    const [found] = await read(
      member('0', 'a', '', (block) => {
        block.fill(0xff, 136, 148).writeInt32BE(-7, 144);
        block.fill(0xff, 108, 116).writeInt8(-2, 115);
      }),
    );
    expect(found?.entry).toMatchObject({ mtime: -7, uid: 2 ** 32 - 2 });
  });

  test('old folders are files with a slash; links and folders have no data whatever they say', async () => {
    const size = (block: Buffer): void => void block.write('00000000777', 124);
    const types = await read(
      member('\0', 'old/', '', (block) => block.fill(0, 257, 265)),
      member('5', 'new', '', size),
      member('0', 'z', 'zz'),
    );
    expect(types.map(({ entry, content }) => [entry.type, entry.size, content?.toString()])).toEqual([
      ['directory', 0, undefined],
      ['directory', 0, undefined],
      ['file', 2, 'zz'],
    ]);
  });

  test('names in two fields, a volume label, a contiguous file', async () => {
    const found = await read(
      member('V', 'label'),
      member('7', 'name', 'x', (block) => void block.write('some/prefix', 345)),
    );
    expect(found.map(({ entry }) => [entry.type, entry.path])).toEqual([['file', 'some/prefix/name']]);
  });
});

describe('damaged archives', () => {
  const good = archive(member('0', 'a', 'aaaa'), pax('x', { path: 'p' }), member('0', 'b', 'b'.repeat(600)));

  test.each([
    ['in a header', 300],
    ['in a body', 700],
    ['in an extended header', 1600],
    ['in the last body', 3100],
  ])('cut %s', async (_, length) => {
    expect(await codeOf(() => readAll(streamOf(good.subarray(0, length))))).toBe('TAR_TRUNCATED');
  });

  test('cut before the end mark, and with one zero block, is whole', async () => {
    expect(await readAll(streamOf(good.subarray(0, -1024)))).toHaveLength(2);
    expect(await readAll(streamOf(good.subarray(0, -512)))).toHaveLength(2);
    expect(await readAll(streamOf(Buffer.alloc(0)))).toEqual([]);
  });

  test.each<[string, Buffer]>([
    ['a wrong checksum', Buffer.concat([Buffer.from('x'), good.subarray(1)])],
    ['text', Buffer.from('this is no archive'.repeat(40))],
    ['one zero block in the middle', Buffer.concat([Buffer.alloc(512), good])],
    ['a PAX record that is too long', archive(member('x', 'p', '99 path=a\n'), member('0', 'a'))],
    ['a PAX record without newline', archive(member('x', 'p', '9 path=ab'), member('0', 'a'))],
    ['a PAX record without key', archive(member('x', 'p', '5 =a\n'), member('0', 'a'))],
    ['a NUL in a PAX path', archive(pax('x', { path: 'a\0b' }), member('0', 'a'))],
    ['a PAX size that is no number', archive(pax('x', { size: '1e3' }), member('0', 'a'))],
    ['a negative size', archive(pax('x', { size: '-1' }), member('0', 'a'))],
    ['a number that is not octal', archive(member('0', 'a', '', (block) => void block.write('9', 124)))],
    ['a file without a name', archive(member('0', '.'))],
    ['a symbolic link without target', archive(member('2', 'a'))],
    [
      'overlapping sparse parts',
      archive(
        pax('x', { 'GNU.sparse.size': '9', 'GNU.sparse.numblocks': '2', 'GNU.sparse.map': '0,3,2,3' }),
        member('0', 'a', 'abcdef'),
      ),
    ],
    [
      'sparse parts behind the end',
      archive(
        pax('x', { 'GNU.sparse.size': '9', 'GNU.sparse.numblocks': '1', 'GNU.sparse.map': '5,6' }),
        member('0', 'a', 'abcdef'),
      ),
    ],
    [
      'sparse parts without data',
      archive(
        pax('x', { 'GNU.sparse.size': '9', 'GNU.sparse.numblocks': '1', 'GNU.sparse.map': '0,5' }),
        member('0', 'a', 'abc'),
      ),
    ],
  ])('%s', async (_, bytes) => {
    expect(await codeOf(() => readAll(streamOf(bytes)))).toBe('TAR_DAMAGED');
  });

  test('an unknown type', async () => {
    expect(await codeOf(() => read(member('M', 'a')))).toBe('TAR_UNSUPPORTED');
  });

  test('limits', async () => {
    expect(await codeOf(() => readAll(streamOf(good), { maxEntries: 1 }))).toBe('TAR_TOO_LARGE');
    expect(await codeOf(() => readAll(streamOf(good), { maxFileSize: 599 }))).toBe('TAR_TOO_LARGE');
    expect(await codeOf(() => readAll(streamOf(good), { maxSize: good.length - 1 }))).toBe('TAR_TOO_LARGE');
    expect(
      await readAll(streamOf(good), { maxEntries: 2, maxFileSize: 600, maxSize: good.length }),
    ).toHaveLength(2);
    expect(await codeOf(() => read(member('x', 'p', Buffer.alloc(2 ** 20 + 1))))).toBe('TAR_TOO_LARGE');
  });

  test('names, links and attributes count together: they are kept when the content is not', async () => {
    const attribute = () => pax('x', { 'SCHILY.xattr.user.a': 'v'.repeat(400), path: 'p'.repeat(100) });
    const bytes = archive(...[1, 2, 3].flatMap(() => [attribute(), member('0', 'a')]));
    expect(await readAll(streamOf(bytes), { maxMetadata: 2000 })).toHaveLength(3);
    expect(await codeOf(() => readAll(streamOf(bytes), { maxMetadata: 1200 }))).toBe('TAR_TOO_LARGE');
  });

  test('global headers do not grow without end', async () => {
    const global = (i: number) => pax('g', { [`comment${i}`]: 'v'.repeat(1_000_000) });
    expect(await codeOf(() => read(global(1), global(2), member('0', 'a')))).toBe('TAR_TOO_LARGE');
    expect(await paths(global(1), global(1), member('0', 'a'))).toEqual(['a']);
  });

  test('a name or a link that no Linux could hold', async () => {
    const long = 'd/'.repeat(2100);
    expect(await codeOf(() => read(pax('x', { path: `${long}a` }), member('0', 'a')))).toBe(
      'TAR_UNSUPPORTED',
    );
    expect(await codeOf(() => read(pax('x', { linkpath: long }), member('2', 'a')))).toBe('TAR_UNSUPPORTED');
    expect(await codeOf(() => read(pax('x', { linkpath: long }), member('1', 'a')))).toBe('TAR_UNSUPPORTED');
    expect(await read(pax('x', { path: 'd/'.repeat(2000) }), member('5', 'a'))).toHaveLength(1);
  });

  test('no bytes make it fail in another way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), fc.boolean(), async (at, byte, fixed) => {
        const bytes = Buffer.from(good);
        bytes[at] = byte;
        const start = at - (at % 512);
        if (fixed) resum(bytes.subarray(start, start + 512));
        try {
          await readAll(streamOf(bytes), { maxSize: 1e6, maxFileSize: 1e6 });
        } catch (error) {
          expect(error).toBeInstanceOf(BuildError);
          expect((error as BuildError).kind).toBe('user');
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('reading in order', () => {
  test('bodies may be left, in whole or in part; the source is read to its end', async () => {
    let given = 0;
    const bytes = archive(
      member('0', 'a', sampleBytes(5000)),
      member('0', 'b', 'b'),
      Buffer.alloc(1024),
      sampleBytes(3000),
    );
    const source = async function* () {
      for await (const chunk of streamOf(bytes, 700)) {
        given += chunk.length;
        yield chunk;
      }
    };
    const names: string[] = [];
    for await (const { entry, body } of readTar(source())) {
      names.push(entry.path);
      if (entry.path === 'a') for await (const _ of body ?? []) break;
    }
    expect(names).toEqual(['a', 'b']);
    expect(given).toBe(bytes.length);
  });

  test('a body that is asked for too late is an error', async () => {
    const reading = readTar(streamOf(archive(member('0', 'a', 'aa'), member('0', 'b', 'b'))));
    const { value: first } = await reading.next();
    await reading.next();
    expect(await codeOf(() => collect(first?.body))).toBe('BODY_GONE');
  });

  test('the source is closed when reading stops early', async () => {
    let closed = false;
    const source = async function* () {
      try {
        yield archive(member('0', 'a', 'aa'), member('0', 'b', 'b'));
      } finally {
        closed = true;
      }
    };
    for await (const _ of readTar(source())) break;
    expect(closed).toBe(true);
  });

  test('offsets lead to the content', async () => {
    const bytes = await collect(
      writeTar(members([folder('d'), file('d/a', 'aaa'), file('x'.repeat(200), 'bbb')])),
    );
    const offsets: string[] = [];
    for await (const { entry, offset } of readTar(streamOf(bytes))) {
      if (offset !== undefined) offsets.push(bytes.toString('latin1', offset, offset + entry.size));
    }
    expect(offsets).toEqual(['aaa', 'bbb']);
  });
});
