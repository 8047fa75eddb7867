import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import tarStream from 'tar-stream';
import { readTar } from '../../../src/image/layer/tar-read.ts';
import { headerOf, writeTar } from '../../../src/image/layer/tar-write.ts';
import { codeOf, collect, sampleBytes, streamOf } from '../../support/bytes.ts';
import {
  entry,
  file,
  folder,
  hardlink,
  type Member,
  members,
  readAll,
  symlink,
} from '../../support/entries.ts';

const work = mkdtempSync(join(tmpdir(), 'tar-write-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const write = (list: readonly Member[]): Promise<Buffer> => collect(writeTar(members(list)));

function gnu(bytes: Buffer, ...args: string[]): string {
  const path = join(work, 'archive.tar');
  writeFileSync(path, bytes);
  return execFileSync('tar', ['--numeric-owner', '--utc', '--full-time', ...args, '-f', path], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' },
  });
}

const long = `${'folder-of-thirty-characters-xx/'.repeat(6)}end`;

describe('the canonical form', () => {
  test('two zero blocks for nothing', async () => {
    expect(await write([])).toEqual(Buffer.alloc(1024));
  });

  test('a plain file is one ustar header, its content and padding', async () => {
    const bytes = await write([
      file('a.txt', 'hello', { mode: 0o4755, uid: 1000, gid: 100, mtime: 1_700_000_000 }),
    ]);
    expect(bytes.length).toBe(512 + 512 + 1024);
    expect(bytes.toString('latin1', 0, 5)).toBe('a.txt');
    expect(bytes.toString('latin1', 100, 156)).toBe(
      '0004755\x000001750\x000000144\x0000000000005\x0014524770400\x00010260\x00 ',
    );
    expect(bytes.toString('latin1', 156, 265)).toBe(`0${'\0'.repeat(100)}ustar\x0000`);
    expect(bytes.subarray(265, 329).every((byte) => byte === 0)).toBe(true);
    expect(bytes.toString('latin1', 512, 517)).toBe('hello');
  });

  test('extended headers are sorted and named as Go names them', () => {
    const header = headerOf(
      entry('file', 'dir/naïve', {
        uid: 3_000_000,
        gid: 4_000_000_000,
        mtime: -5,
        xattrs: new Map([
          ['user.b', Buffer.from([0, 255])],
          ['security.capability', Buffer.from('x')],
        ]),
      }),
    );
    expect(header.toString('latin1', 0, 40)).toBe(`dir/PaxHeaders.0/nave${'\0'.repeat(19)}`);
    expect(header.toString('latin1', 156, 157)).toBe('x');
    const size = Number.parseInt(header.toString('latin1', 124, 135), 8);
    expect(header.toString('latin1', 512, 512 + size)).toBe(
      [
        '38 SCHILY.xattr.security.capability=x\n',
        '26 SCHILY.xattr.user.b=\x00\xff\n',
        '18 gid=4000000000\n',
        '12 mtime=-5\n',
        '19 path=dir/na\xc3\xafve\n',
        '15 uid=3000000\n',
      ].join(''),
    );
    expect(header.toString('latin1', 1024, 1032)).toBe('dir/nave');
  });

  test('names up to 255 bytes are split where ustar can, and go to PAX where not', () => {
    const header = headerOf(entry('file', long));
    expect(header.length).toBe(512);
    expect(
      `${header.toString('latin1', 345, 500).replace(/\0+$/, '')}/${header.toString('latin1', 0, 100).replace(/\0+$/, '')}`,
    ).toBe(long);
    expect(headerOf(entry('file', 'x'.repeat(101))).length).toBe(1536);
    expect(headerOf(entry('file', 'x'.repeat(100))).length).toBe(512);
    expect(headerOf(entry('directory', 'x'.repeat(99))).length).toBe(512);
    expect(headerOf(entry('directory', 'x'.repeat(100))).length).toBe(1536);
  });

  test('the same entries give the same bytes however content comes in', async () => {
    const content = sampleBytes(300_000);
    const one = await collect(writeTar(once(file('a', content), 1000)));
    const two = await collect(writeTar(once(file('a', content), 70_000)));
    expect(one.equals(two)).toBe(true);
    // A change of this digest changes the digest of every image.
    expect(
      createHash('sha256')
        .update(await write(everyKind))
        .digest('hex'),
    ).toBe('025811c96ed6d62618d4686376e6763461189387fe5bb300f4547606e6d62a6f');
  });

  test.each([
    ['shorter', 6],
    ['longer', 4],
  ])('content that is %s than its entry is an error', async (_, size) => {
    const { content } = file('a', 'hello');
    expect(await codeOf(() => write([{ entry: entry('file', 'a', { size }), content: content! }]))).toBe(
      'CONTENT_CHANGED',
    );
  });

  test.each([
    ['a NUL in a name', entry('file', 'a\0b')],
    ['a symlink without target', entry('symlink', 'a')],
    ['a file with a target', entry('file', 'a', { linkName: 'b' })],
    [
      'an equals sign in an xattr name',
      entry('file', 'a', { xattrs: new Map([['user.a=b', Buffer.from('')]]) }),
    ],
    ['a huge device number', entry('block', 'a', { devMajor: 0o10000000, devMinor: 1 })],
  ])('%s is refused', async (_, bad) => {
    expect(await codeOf(() => headerOf(bad))).toBe('TAR_UNSUPPORTED');
  });
});

async function* once({ entry, content }: Member, size: number) {
  yield { entry, body: streamOf(content!, size) };
}

const capability = Buffer.from('0100000200280000000000000000000000000000', 'hex');
const everyKind: readonly Member[] = [
  folder('', { mode: 0o711 }),
  folder('dir', { mode: 0o1777, uid: 65534, gid: 65534 }),
  file('dir/file', 'content', { mode: 0o4711, uid: 5_000_000, gid: 3_000_000_000 }),
  file('dir/cap', '', {
    xattrs: new Map([
      ['security.capability', capability],
      ['user.text', Buffer.from('wert')],
    ]),
  }),
  symlink('dir/link', `../${'target/'.repeat(20)}`),
  hardlink('hard', 'dir/file', { uid: 5_000_000, gid: 3_000_000_000, mode: 0o4711 }),
  { entry: entry('character', 'null', { mode: 0o666, devMajor: 1, devMinor: 3 }) },
  { entry: entry('block', 'loop0', { mode: 0o660, devMajor: 7, devMinor: 1_000_000 }) },
  { entry: entry('fifo', 'pipe') },
  file(long, 'long'),
  file(`${'ü'.repeat(60)}`, 'unicode', { mtime: 0 }),
  file('not-utf8-\udcff\udc80', 'bytes', { mtime: 2 ** 33 }),
];

test('pieces that were handed out stay as they are, unless they are fleeting', async () => {
  const list = Array.from({ length: 60 }, (_, i) => file(`f${i}`, sampleBytes(i * 700, i + 1)));
  const expected = await write(list);
  const held: Buffer[] = [];
  for await (const piece of writeTar(members(list))) held.push(piece);
  expect(held.length).toBeGreaterThan(5);
  expect(Buffer.concat(held).equals(expected)).toBe(true);
  const copied = await collect(writeTar(members(list), undefined, { fleeting: true }));
  expect(copied.equals(expected)).toBe(true);
});

test('sizes that a ustar field cannot hold are told in the extended header', async () => {
  for (const size of [8 * 2 ** 30 - 1, 8 * 2 ** 30, 5 * 2 ** 40]) {
    const head = headerOf(entry('file', 'large', { size }));
    expect(head.length).toBe(size < 8 * 2 ** 30 ? 512 : 3 * 512);
    const first = await readTar(streamOf(head)).next();
    expect(first.value?.entry).toMatchObject({ path: 'large', size });
    // tar misses the content, and says so after it told what it read.
    const { stdout } = spawnSync('tar', ['-tvf', '-'], { input: head, encoding: 'utf8' });
    expect(stdout).toContain(` ${size} `);
  }
});

describe('other programs read it', () => {
  test('GNU tar lists what was written', async () => {
    const lines = gnu(await write(everyKind), '-tv')
      .trim()
      .split('\n');
    expect(lines.map((line) => line.split(/\s+/).slice(0, 3).join(' '))).toEqual([
      'drwx--x--x 0/0 0',
      'drwxrwxrwt 65534/65534 0',
      '-rws--x--x 5000000/3000000000 7',
      '-rw-r--r-- 0/0 0',
      'lrwxrwxrwx 0/0 0',
      'hrws--x--x 5000000/3000000000 0',
      'crw-rw-rw- 0/0 1,3',
      'brw-rw---- 0/0 7,1000000',
      'prw-r--r-- 0/0 0',
      '-rw-r--r-- 0/0 4',
      '-rw-r--r-- 0/0 7',
      '-rw-r--r-- 0/0 5',
    ]);
    expect(lines[9]).toContain(long);
    expect(lines[10]).toContain('ü'.repeat(60));
    expect(lines[10]).toContain('1970-01-01 00:00:00');
    expect(lines[11]).toContain('not-utf8-\\377\\200');
    expect(lines[11]).toContain('2242-03-16 12:56:32');
  });

  const root = process.getuid?.() === 0 ? test : test.skip;
  root('GNU tar unpacks it with owners and xattrs (root only)', async () => {
    const to = mkdtempSync(join(work, 'out-'));
    gnu(await write(everyKind), '-x', '--xattrs', '--xattrs-include=*', '-p', '-C', to);
    const stat = (path: string): string =>
      execFileSync('stat', ['-c', '%f %u %g %h %Y %t:%T', join(to, path)], { encoding: 'utf8' }).trim();
    expect(stat('dir/file')).toBe('89c9 5000000 3000000000 2 1000000000 0:0');
    expect(stat('hard')).toBe(stat('dir/file'));
    expect(stat('null')).toBe('21b6 0 0 1 1000000000 1:3');
    const packed = execFileSync(
      'tar',
      ['--xattrs', '--xattrs-include=*', '--format=pax', '--numeric-owner', '-c', '-C', to, 'dir'],
      {
        maxBuffer: 1e8,
      },
    );
    const back = await readAll(streamOf(packed));
    expect(back.find((member) => member.entry.path === 'dir/cap')?.entry.xattrs).toEqual(
      everyKind[3]!.entry.xattrs,
    );
  });

  test('tar-stream reads it', async () => {
    const list = everyKind.filter(({ entry }) => entry.gid < 2 ** 18 && entry.xattrs === undefined);
    const extract = tarStream.extract();
    const names: string[] = [];
    extract.on('entry', (header, stream, next) => {
      names.push(`${header.type} ${header.name}`);
      stream.on('end', next);
      stream.resume();
    });
    const done = new Promise((resolve, reject) =>
      extract.on('finish', () => resolve(undefined)).on('error', reject),
    );
    extract.end(await write(list));
    await done;
    expect(names).toEqual([
      'directory ./',
      'directory dir/',
      'symlink dir/link',
      'character-device null',
      'block-device loop0',
      'fifo pipe',
      `file ${long}`,
      `file ${'ü'.repeat(60)}`,
      'file not-utf8-\ufffd\ufffd',
    ]);
  });
});

const name = fc
  .array(
    fc.oneof(fc.string({ minLength: 1, maxLength: 80 }), fc.constantFrom('a', 'b.txt', 'ünï', '\udc80x')),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => parts.map((part) => part.replace(/[/\0]/g, '_').replace(/^\.{0,2}$/, 'dot')).join('/'))
  .map((path) =>
    path.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udc7f\udd00-\udfff]/g, '?'),
  );
const meta = fc.record({
  mode: fc.integer({ min: 0, max: 0o7777 }),
  uid: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  gid: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  mtime: fc.integer({ min: -(2 ** 40), max: 2 ** 40 }),
});
const xattrs = fc
  .array(fc.tuple(fc.stringMatching(/^[a-z][a-z.]{0,20}$/), fc.uint8Array({ maxLength: 40 })), {
    maxLength: 3,
  })
  .map((list) => new Map(list.map(([key, value]) => [key, Buffer.from(value)])));
const anyMember = fc.oneof(
  fc
    .tuple(name, meta, fc.uint8Array({ maxLength: 1500 }), xattrs)
    .map(([path, more, content, extra]) =>
      file(path, Buffer.from(content), { ...more, ...(extra.size === 0 ? {} : { xattrs: extra }) }),
    ),
  fc.tuple(name, meta).map(([path, more]) => folder(path, more)),
  fc.tuple(name, meta, name).map(([path, more, target]) => symlink(path, `/../${target}`, more)),
  fc.tuple(name, meta, name).map(([path, more, target]) => hardlink(path, target, more)),
  fc.tuple(name, meta, fc.nat(0o7777777), fc.nat(0o7777777)).map(([path, more, devMajor, devMinor]) => ({
    entry: entry('character', path, { ...more, devMajor, devMinor }),
  })),
);

test('what is written is what is read', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyMember, { maxLength: 12 }),
      fc.integer({ min: 1, max: 5000 }),
      async (list, cut) => {
        const bytes = await write(list);
        expect(bytes.length % 512).toBe(0);
        expect(await readAll(streamOf(bytes, cut))).toEqual(list);
      },
    ),
    { numRuns: 150 },
  );
});
