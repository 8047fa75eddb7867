import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { selectionDigest } from '../../../src/engine/embedded/copy/selection-digest.ts';
import { codeOf } from '../../support/bytes.ts';
import { copyOp } from '../../support/copied.ts';
import { type MemoryFile, memoryTree } from '../../support/memory-tree.ts';

const FILES: Readonly<Record<string, MemoryFile>> = {
  a: 'A',
  'd/f': 'F',
  'd/l': { link: 'f' },
  'd/node_modules/x': 'X',
  other: 'O',
};

async function digest(
  files: Readonly<Record<string, MemoryFile>>,
  ...args: Parameters<typeof copyOp>
): Promise<readonly string[]> {
  return selectionDigest(copyOp(...args), [undefined, memoryTree(files)]);
}

describe('what a selection depends on', () => {
  const op = ['d', '/', { exclude: ['node_modules'] }] as const;

  test.each<[string, Record<string, MemoryFile>]>([
    ['bytes', { 'd/f': 'G' }],
    ['mode', { 'd/f': { text: 'F', mode: 0o755 } }],
    ['owner', { 'd/f': { text: 'F', uid: 5 } }],
    ['link target', { 'd/l': { link: 'g' } }],
    ['type', { 'd/l': 'f' }],
    ['one more file', { 'd/new': '' }],
    ['a folder', { 'd/new': { folder: true } }],
    ['xattrs', { 'd/f': { text: 'F', xattrs: new Map([['user.x', Buffer.from('1')]]) } }],
    ['a name', { 'd/f': { link: 'F' }, 'd/F': 'F' }],
  ])('%s', async (_, change) => {
    expect(await digest({ ...FILES, ...change }, ...op)).not.toEqual(await digest(FILES, ...op));
  });

  test.each<[string, Record<string, MemoryFile>]>([
    ['the time', { 'd/f': { text: 'F', mtime: 5 } }],
    ['what is excluded', { 'd/node_modules/x': 'Y' }],
    ['what is not selected', { other: 'P' }],
    ['metadata of the folder whose content is copied', { d: { folder: true, mode: 0o700 } }],
  ])('not on %s', async (_, change) => {
    expect(await digest({ ...FILES, ...change }, ...op)).toEqual(await digest(FILES, ...op));
  });
});

describe('names', () => {
  test('renaming a hit of a wildcard counts', async () => {
    expect(await digest({ 'a.go': '1' }, '*.go', '/')).not.toEqual(
      await digest({ 'b.go': '1' }, '*.go', '/'),
    );
  });

  test('one digest for each source', async () => {
    const [first, second, third] = await digest(FILES, ['a', 'other', 'a'], '/');
    expect(first).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(first).not.toBe(second);
    expect(third).toBe(first);
  });

  test('heredocs', async () => {
    const inline = (content: string): Promise<readonly string[]> =>
      digest({}, [{ kind: 'inline', name: 'x', content }], '/');
    expect(await inline('1')).not.toEqual(await inline('2'));
    expect(await inline('1')).toEqual(await inline('1'));
  });
});

test('known digests are not worked out again, unknown ones are', async () => {
  const known = memoryTree(FILES);
  const unknown = memoryTree(FILES, { undigested: true });
  const op = copyOp('.', '/');
  expect(await selectionDigest(op, [undefined, known])).toEqual(
    await selectionDigest(op, [undefined, unknown]),
  );
  expect(known.reads).toEqual([]);
  expect(unknown.reads).toEqual(['a', 'd/f', 'd/node_modules/x', 'other']);
});

test('a missing source is told before anything is read', async () => {
  expect(await codeOf(() => digest(FILES, ['a', 'nope'], '/'))).toBe('COPY_SOURCE_NOT_FOUND');
});

test.each(['d/./', 'd/././.'])('--parents %s selects nothing', async (pattern) => {
  expect(await codeOf(() => digest(FILES, pattern, '/', { parents: true }))).toBe('COPY_SOURCE_NOT_FOUND');
});

test('of a single file its mode, owner and bytes are told, of anything else nothing', async () => {
  const told = new Map<string, string>();
  const tree = memoryTree({ ...FILES, a: { text: 'A', mode: 0o755, uid: 5 } });
  const one = await selectionDigest(copyOp('a', '/'), [undefined, tree], told);
  const bytes = createHash('sha256').update('A').digest('hex').slice(0, 16);
  expect([...told]).toEqual([[one[0], `0755 5:0 ${bytes}`]]);
  await selectionDigest(copyOp('d', '/'), [undefined, tree], told);
  await selectionDigest(copyOp(['a', 'other'], '/'), [undefined, memoryTree(FILES)], new Map());
  expect(told.size).toBe(1);
});
