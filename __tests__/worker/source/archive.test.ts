import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { FileTree } from '../../../src/image/file-tree.ts';
import { writeTar } from '../../../src/image/layer/tar-write.ts';
import { memoryStore } from '../../../src/image/store/memory.ts';
import { ARCHIVE_HEAD, archiveTree, looksLikeArchive } from '../../../src/worker/source/archive.ts';
import { subfolder } from '../../../src/worker/source/subfolder.ts';
import { codeOf, collect, streamOf } from '../../support/bytes.ts';
import { file, folder, hardlink, type Member, members, symlink } from '../../support/entries.ts';

const SAMPLE = [
  file('d/f', 'F', { uid: 5, gid: 6, mode: 0o640 }),
  folder('e', { mode: 0o700 }),
  symlink('l', 'd/f'),
  hardlink('e/h', 'd/f', { uid: 5, gid: 6, mode: 0o640 }),
  file('twice', 'old'),
  file('twice', 'new'),
];

async function tar(list: readonly Member[]): Promise<Buffer> {
  return collect(writeTar(members(list)));
}

function open(bytes: Buffer): Promise<FileTree> {
  return archiveTree(streamOf(bytes, 1000), { name: 'the archive', store: memoryStore() });
}

async function shown(tree: FileTree, path = ''): Promise<string[]> {
  const found: string[] = [];
  for (const node of await tree.list(path)) {
    let text = `${node.path} ${node.type} ${node.mode.toString(8)} ${node.uid}:${node.gid}`;
    for await (const { body } of tree.read([node])) {
      if (body !== undefined) text += ` ${await collect(body)}`;
    }
    found.push(text, ...(await shown(tree, node.path)));
  }
  return found;
}

describe('an archive as a tree', () => {
  test.each([
    ['plain', (bytes: Buffer) => bytes],
    ['gzip', gzipSync],
  ])('%s', async (_, compress) => {
    const tree = await open(compress(await tar(SAMPLE)));
    expect(await shown(tree)).toEqual([
      'd directory 755 0:0',
      'd/f file 640 5:6 F',
      'e directory 700 0:0',
      'e/h file 640 5:6 F',
      'l symlink 777 0:0',
      'twice file 644 0:0 new',
    ]);
    const inodes = await Promise.all(['d/f', 'e/h'].map(async (path) => (await tree.lookup(path))?.inode));
    expect(inodes[0]).toBeDefined();
    expect(inodes[0]).toBe(inodes[1]);
  });

  test('a folder of it', async () => {
    const tree = await subfolder(await open(await tar(SAMPLE)), './d/');
    expect(await shown(tree)).toEqual(['f file 640 5:6 F']);
    expect(await tree.lookup('f')).toMatchObject({ path: 'f' });
    expect(await tree.lookup('')).toMatchObject({ path: '', type: 'directory' });
  });

  test('links that lead nowhere or in a circle are told as the archive’s, not as those of an image', async () => {
    const failing = open(await tar([hardlink('h', 'nope')]));
    await expect(failing).rejects.toMatchObject({
      kind: 'user',
      code: 'ARCHIVE_BROKEN_LINK',
      message: expect.stringContaining('the archive has a hard link "h" to "nope"'),
      hint: expect.not.stringContaining('image'),
    });
    const circle = open(await tar([symlink('a', 'b'), symlink('b', 'a'), file('a/x', '')]));
    await expect(circle).rejects.toMatchObject({ message: expect.stringContaining('the archive has') });
  });

  test('names that mean deletions in layers are names', async () => {
    const names = ['d/x', 'd/.wh.x', 'd/.wh..wh..opq', '.wh..wh.plnk/y'];
    const tree = await open(await tar(names.map((name) => file(name, name))));
    for (const name of names) expect(await tree.lookup(name)).toMatchObject({ type: 'file' });
  });

  test('damaged', async () => {
    const bytes = await tar(SAMPLE);
    expect(await codeOf(() => open(bytes.subarray(0, 700)))).toBe('TAR_TRUNCATED');
    expect(await codeOf(() => open(gzipSync(bytes).subarray(0, 50)))).toBe('BAD_COMPRESSION');
  });
});

describe('is it an archive', () => {
  test.each<[string, () => Buffer | Promise<Buffer>, boolean]>([
    ['a tar', () => tar(SAMPLE), true],
    ['gzip', () => gzipSync('anything'), true],
    ['zstd', () => Buffer.from('28b52ffd00', 'hex'), true],
    ['xz', () => Buffer.from('fd377a585a00', 'hex'), true],
    ['bzip2', () => Buffer.from('BZh9'), true],
    ['a Dockerfile', () => Buffer.from(`FROM scratch\n${'#'.repeat(600)}`), false],
    ['nothing', () => Buffer.alloc(0), false],
    ['zeros', () => Buffer.alloc(1024), false],
  ])('%s', async (_, bytes, expected) => {
    expect(looksLikeArchive((await bytes()).subarray(0, ARCHIVE_HEAD))).toBe(expected);
  });
});
