import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { copyEntries } from '../../../src/engine/embedded/copy/copy.ts';
import { membersWithBodies } from '../../../src/engine/embedded/copy/member-bodies.ts';
import { layerTree } from '../../../src/image/layer/layer-tree.ts';
import { writeTar } from '../../../src/image/layer/tar-write.ts';
import { writeLayer } from '../../../src/image/layer/write-layer.ts';
import { memoryStore } from '../../../src/image/store/memory.ts';
import { codeOf, collect } from '../../support/bytes.ts';
import { addOp, copied, copyOp, MADE } from '../../support/copied.ts';
import { file, folder, hardlink, type Member, members, symlink } from '../../support/entries.ts';
import { memoryTree } from '../../support/memory-tree.ts';

async function tar(list: readonly Member[]): Promise<Buffer> {
  return collect(writeTar(members(list)));
}

/** A context that holds an archive under a name that does not say so. */
function holding(archive: Buffer): ReturnType<typeof memoryTree> {
  const tree = memoryTree({ data: 'x' });
  return {
    ...tree,
    async *read([entry]) {
      if (entry === undefined) return;
      yield {
        entry,
        body: (async function* () {
          yield archive;
        })(),
      };
    },
  };
}

/** A member whose name our own writer refuses. */
async function renamed(archive: Promise<Buffer>, from: string, to: string): Promise<Buffer> {
  const bytes = Buffer.from(await archive);
  for (let at = bytes.indexOf(from); at !== -1; at = bytes.indexOf(from, at + 1)) {
    bytes.fill(0, at, at + from.length);
    bytes.write(to, at);
    const header = at - (at % 512);
    bytes.write(' '.repeat(8), header + 148);
    const sum = bytes.subarray(header, header + 512).reduce((total, byte) => total + byte, 0);
    bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, header + 148);
  }
  return bytes;
}

/** Contents come in the order of the archive; here only what comes counts. */
async function unpacked(...args: Parameters<typeof copied>): Promise<string[]> {
  return (await copied(...args)).sort();
}

const SAMPLE = [
  file('f', 'F', { mode: 0o640, uid: 5, gid: 6 }),
  folder('dd', { mode: 0o711, uid: 7, gid: 8 }),
  file('dd/g', 'G', { mode: 0o4755 }),
  symlink('dd/l', '../f'),
  hardlink('dd/h', 'f', { mode: 0o644 }),
];
const UNPACKED = [
  'd 755 0:0 o',
  'd 711 7:8 o/dd',
  'f 4755 0:0 o/dd/g = G',
  'f 644 0:0 o/dd/h = F',
  'l 777 0:0 o/dd/l -> ../f',
  'h 644 0:0 o/f -> o/dd/h',
].sort();

describe('ADD of an archive', () => {
  test('links come behind what they link to', async () => {
    const lines = await copied(addOp('data', '/o'), [undefined, holding(await tar(SAMPLE))]);
    expect(lines.indexOf('h 644 0:0 o/f -> o/dd/h')).toBeGreaterThan(lines.indexOf('f 644 0:0 o/dd/h = F'));
  });

  test('folders that it does not name are of the group that the one above hands on, and end that', async () => {
    const root = memoryTree({ team: { folder: true, mode: 0o2775, uid: 5, gid: 6 } });
    const archive = holding(
      await tar([file('q/w/f', 'F'), folder('own', { mode: 0o2711, uid: 7, gid: 8 }), file('own/q/f', 'F')]),
    );
    expect(await unpacked(addOp('data', '/team/x/'), [root, archive])).toEqual([
      'd 2711 7:8 team/x/own',
      'd 2755 0:6 team/x',
      'd 2775 5:6 team',
      'd 755 0:0 team/x/q/w',
      'd 755 0:6 team/x/q',
      'd 755 0:8 team/x/own/q',
      'f 644 0:0 team/x/own/q/f = F',
      'f 644 0:0 team/x/q/w/f = F',
    ]);
  });

  test.each([
    ['plain', (bytes: Buffer) => bytes],
    ['gzip', (bytes: Buffer) => gzipSync(bytes)],
    ['zstd', (bytes: Buffer) => zstdCompressSync(bytes)],
    ['bzip2', (bytes: Buffer) => execFileSync('bzip2', ['-c'], { input: bytes })],
    ['xz', (bytes: Buffer) => execFileSync('xz', ['-c'], { input: bytes })],
  ])('%s: owners, modes and links are kept', async (_, compress) => {
    const tree = holding(compress(await tar(SAMPLE)));
    expect(await unpacked(addOp('data', '/o'), [undefined, tree])).toEqual(UNPACKED);
  });

  describe.each([
    ['plain', (bytes: Buffer) => bytes],
    ['gzip', (bytes: Buffer) => gzipSync(bytes)],
    ['zstd', (bytes: Buffer) => zstdCompressSync(bytes)],
    ['bzip2', (bytes: Buffer) => execFileSync('bzip2', ['-c'], { input: bytes })],
    ['xz', (bytes: Buffer) => execFileSync('xz', ['-c'], { input: bytes })],
  ])('%s with something behind its end', (_, compress) => {
    test.each([
      ['zeros', Buffer.alloc(1000)],
      ['three zeros', Buffer.alloc(3)],
      ['junk', Buffer.from('junk behind the end')],
      ['much junk', Buffer.from('junk and more '.repeat(50_000))],
    ])('%s', async (_name, junk) => {
      const tree = holding(Buffer.concat([compress(await tar(SAMPLE)), junk]));
      expect(await unpacked(addOp('data', '/o'), [undefined, tree])).toEqual(UNPACKED);
    });

    test('the head of another stream', async () => {
      const bytes = compress(await tar(SAMPLE));
      const tree = holding(Buffer.concat([bytes, bytes.subarray(0, 6)]));
      expect(await unpacked(addOp('data', '/o'), [undefined, tree])).toEqual(UNPACKED);
    });
  });

  test.each([
    ['gzip', (bytes: Buffer) => gzipSync(bytes)],
    ['xz', (bytes: Buffer) => execFileSync('xz', ['-c'], { input: bytes })],
  ])('%s whose trailer was cut off', async (_, compress) => {
    const tree = holding(compress(await tar(SAMPLE)).subarray(0, -5));
    expect(await unpacked(addOp('data', '/o'), [undefined, tree])).toEqual(UNPACKED);
  });

  test('a large gzip whose last block is followed by junk loses nothing', async () => {
    const large = randomBytes(900_000).toString('latin1');
    const archive = await tar([file('big', large), file('last', 'L')]);
    const tree = holding(Buffer.concat([gzipSync(archive), Buffer.from('junk')]));
    const lines = await unpacked(addOp('data', '/o'), [undefined, tree]);
    expect(lines).toContain(`f 644 0:0 o/big = ${large}`);
    expect(lines).toContain('f 644 0:0 o/last = L');
  });

  test('COPY and --unpack=false leave it alone', async () => {
    const tree = holding(await tar(SAMPLE));
    for (const op of [copyOp('data', '/o'), addOp('data', '/o', { unpack: 'never' })]) {
      expect(await copied(op, [undefined, tree])).toHaveLength(1);
    }
  });

  test('a download is unpacked on demand only', async () => {
    const tree = { ...holding(await tar(SAMPLE)), soleFile: 'data' };
    const sources = [{ kind: 'remote', from: 1 }] as const;
    expect(await copied(addOp([], '/o', { sources }), [undefined, tree])).toHaveLength(1);
    expect(await unpacked(addOp([], '/o', { sources, unpack: 'always' }), [undefined, tree])).toEqual(
      UNPACKED,
    );
  });

  test.each([
    ['an archive of nothing', async () => tar([])],
    ['something under gzip that is no tar', async () => gzipSync('plain')],
    ['a cut gzip stream', async () => gzipSync(await tar(SAMPLE)).subarray(0, 20)],
    ['an empty file', async () => Buffer.alloc(0)],
  ])('%s is copied as a file', async (_, archive) => {
    const lines = await copied(addOp('data', '/o'), [undefined, holding(await archive())]);
    expect(lines[0]).toMatch(/^f 644 0:0 o = /);
  });

  test('a damaged archive is an error, not a half copy', async () => {
    const bytes = await tar([file('a', 'A'), file('b', 'x'.repeat(5000))]);
    const tree = holding(bytes.subarray(0, 3000));
    expect(await codeOf(() => copied(addOp('data', '/o'), [undefined, tree]))).toBe('TAR_TRUNCATED');
  });

  test('--chown goes for all members, --chmod for none', async () => {
    const tree = holding(await tar([folder('d', { mode: 0o711 }), symlink('l', 'x'), file('f', '')]));
    const op = addOp('data', '/n/o', { chown: '1:2', chmod: '600' });
    expect(await copied(op, [undefined, tree])).toEqual([
      'd 755 1:2 n',
      'd 755 1:2 n/o',
      'd 711 1:2 n/o/d',
      'f 644 1:2 n/o/f = ',
      'l 777 1:2 n/o/l -> x',
    ]);
  });

  test('the root of the archive and folders it does not name', async () => {
    const tree = holding(await tar([folder('', { mode: 0o700, uid: 9 }), file('p/q', 'x', { uid: 9 })]));
    expect(await copied(addOp('data', '/o', { chown: '3:3' }), [undefined, tree])).toEqual([
      'd 755 3:3 o',
      'd 755 0:0 o/p',
      'f 644 3:3 o/p/q = x',
    ]);
  });

  test.each([
    ['..', 'NAME/up', '../up'],
    ['an absolute name', 'NAME/up', '/up'],
    ['.. in the middle', 'NAME/up', 'a/../../up'],
  ])('%s stays inside', async (_, from, to) => {
    const tree = holding(await renamed(tar([file(from.padEnd(12, 'x'), 'x')]), from.padEnd(12, 'x'), to));
    expect(await copied(addOp('data', '/o/'), [undefined, tree])).toEqual([
      'd 755 0:0 o',
      'f 644 0:0 o/up = x',
    ]);
  });

  test('links of the archive and of the destination lead no further than the folder', async () => {
    const tree = holding(
      await tar([
        symlink('esc', '../../etc'),
        file('esc/x', '1'),
        symlink('abs', '/etc'),
        file('abs/y', '2'),
      ]),
    );
    const root = memoryTree({ 'o/old': { link: '/etc' }, 'etc/passwd': '' }, { name: 'the base' });
    expect(await copied(addOp('data', '/o'), [root, tree])).toEqual([
      'd 755 0:0 o',
      'l 777 0:0 o/abs -> /etc',
      'l 777 0:0 o/esc -> ../../etc',
      'd 755 0:0 o/etc',
      'f 644 0:0 o/etc/x = 1',
      'f 644 0:0 o/etc/y = 2',
    ]);
  });

  test('members replace files, links and folders; folders are merged', async () => {
    const root = memoryTree({
      'o/f/inner': 'old',
      'o/l': { link: 'f' },
      'o/d/kept': 'kept',
      'o/file': 'old',
    });
    const tree = holding(
      await tar([
        file('d/more', 'm'),
        file('f', 'new'),
        folder('l', { mode: 0o700 }),
        folder('d', { mode: 0o700 }),
        symlink('file', 'f'),
      ]),
    );
    expect(await copied(addOp('data', '/o'), [root, tree])).toEqual([
      'd 755 0:0 o',
      'd 700 0:0 o/d',
      'f 644 0:0 o/d/more = m',
      'f 644 0:0 o/f = new',
      'l 777 0:0 o/file -> f',
      'd 700 0:0 o/l',
    ]);
  });

  test('what comes out as it was is no change', async () => {
    const store = memoryStore();
    const entries = membersWithBodies(
      await copyEntries(addOp('data', '/o/'), [undefined, holding(await tar(SAMPLE))], {
        mtime: MADE,
      }),
    );
    const { index, descriptor } = await writeLayer(entries, store, { compression: { type: 'none' } });
    const base = layerTree('base', [{ index, open: () => store.open(descriptor.digest) }]);
    expect(await unpacked(addOp('data', '/o/'), [base, holding(await tar(SAMPLE))])).toEqual([]);
    const other = SAMPLE.map((member) =>
      member.entry.path === 'dd/g' ? file('dd/g', 'H', { mode: 0o4755 }) : member,
    );
    expect(await unpacked(addOp('data', '/o/'), [base, holding(await tar(other))])).toEqual([
      'd 711 7:8 o/dd',
      'd 755 0:0 o',
      'f 4755 0:0 o/dd/g = H',
    ]);
  });

  test('what a folder held before a file took its place for a while does not come back', async () => {
    const root = memoryTree({ 'd/old': '', 'd/sub/old': '', 'd/sub/new': 'before' });
    const tree = holding(await tar([file('d', 'file'), folder('d'), file('d/sub/new', 'now')]));
    expect(await copied(addOp('data', '/'), [root, tree])).toEqual([
      'd 755 0:0 d',
      'f 644 0:0 d/.wh.old = ',
      'd 755 0:0 d/sub',
      'f 644 0:0 d/sub/.wh.old = ',
      'f 644 0:0 d/sub/new = now',
    ]);
  });

  test('a hard link to a file that was there before', async () => {
    const root = memoryTree({ 'o/old': { text: 'old', uid: 1 } });
    const tree = holding(await tar([hardlink('new', 'old', { uid: 2, mode: 0o600 })]));
    expect(await copied(addOp('data', '/o'), [root, tree])).toEqual([
      'd 755 0:0 o',
      'f 600 2:0 o/new = old',
      'h 600 2:0 o/old -> o/new',
    ]);
  });

  test('a hard link to nothing', async () => {
    const tree = holding(await tar([hardlink('new', 'nope')]));
    expect(await codeOf(() => copied(addOp('data', '/o'), [undefined, tree]))).toBe('ARCHIVE_LINK');
  });

  test('into a file', async () => {
    const tree = holding(await tar(SAMPLE));
    expect(await codeOf(() => copied(addOp('data', '/o'), [memoryTree({ o: '' }), tree]))).toBe(
      'NOT_A_FOLDER',
    );
  });
});
