import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { digestOf, parseDiffId } from '../../../src/image/digest.ts';
import type { IndexedEntry, LayerIndex } from '../../../src/image/layer/entry.ts';
import { parseIndexOf, serialiseIndexOf } from '../../../src/image/layer/index-format.ts';
import { codeOf } from '../../support/bytes.ts';
import { entry } from '../../support/entries.ts';

const diffId = parseDiffId(digestOf('layer'));
const other = parseDiffId(digestOf('another layer'));
const index: LayerIndex = {
  diffId,
  size: 10_240,
  entries: [
    entry('directory', '', { mode: 0o711 }),
    {
      ...entry('file', 'a "quoted"\nname', { size: 5, mode: 0o4755, uid: 2 ** 32 - 1, gid: 7, mtime: -3 }),
      offset: 1024,
      content: digestOf('hello'),
    },
    { ...entry('file', 'sparse-\udcff', { size: 2 ** 40 }), content: digestOf('sparse') },
    entry('file', '.wh.gone'),
    entry('symlink', 'link', { linkName: '../a\udc80' }),
    entry('hardlink', 'hard', { linkName: 'link' }),
    entry('character', 'null', { devMajor: 1, devMinor: 3 }),
    entry('block', 'loop', {
      devMajor: 7,
      devMinor: 0,
      xattrs: new Map([
        ['user.x', Buffer.from([0, 128, 255])],
        ['user.y', Buffer.alloc(0)],
      ]),
    }),
    entry('fifo', 'pipe'),
  ],
};

test('an index comes back as it was, the same bytes each time', async () => {
  const bytes = await serialiseIndexOf(index);
  expect(await parseIndexOf(bytes, diffId)).toEqual(index);
  expect(await serialiseIndexOf(index)).toBe(bytes);
  expect(bytes.equals(await serialiseIndexOf({ ...index }))).toBe(true);
  const empty = { diffId, size: 1024, entries: [] };
  expect(await parseIndexOf(await serialiseIndexOf(empty))).toEqual(empty);
});

describe('an index that wants more memory than it is worth is refused before it is taken apart', () => {
  const head = (count: number): string => `${JSON.stringify(['layer-index/1', diffId, 0, count])}\n`;
  test.each<[string, string, () => Buffer]>([
    [
      'too many entries',
      'more than 4000000 entries',
      () => Buffer.concat([Buffer.from(head(5e6)), Buffer.alloc(5e6, '\n')]),
    ],
    ['one that is too long', 'too long', () => Buffer.from(`${head(1)}[${'[],'.repeat(1e6)}0]\n`)],
  ])('%s', async (_, reason, text) => {
    await expect(parseIndexOf(gzipSync(text()))).rejects.toThrow(reason);
  });
});

describe('what is no index is refused', () => {
  const lines = (change: (list: string[]) => void) => async (): Promise<Buffer> => {
    const list = gunzipSync(await serialiseIndexOf(index))
      .toString()
      .split('\n');
    change(list);
    return gzipSync(list.join('\n'));
  };
  test.each<[string, () => Promise<Buffer>]>([
    ['nothing', async () => Buffer.alloc(0)],
    ['no gzip', async () => Buffer.from('text')],
    ['a cut file', async () => (await serialiseIndexOf(index)).subarray(0, 200)],
    ['a later format', lines((list) => (list[0] = list[0]!.replace('/1', '/2')))],
    ['a missing line', lines((list) => list.splice(2, 1))],
    ['a line too many', lines((list) => list.splice(2, 0, list[2]!))],
    ['an unknown type', lines((list) => (list[1] = list[1]!.replace('"d"', '"x"')))],
    ['a text for a number', lines((list) => (list[1] = list[1]!.replace('457', '"457"')))],
    ['a negative number', lines((list) => (list[1] = list[1]!.replace('457', '-457')))],
    ['a bad digest', lines((list) => (list[2] = list[2]!.replace(/"[^"]*"\]$/, '"AAAA"]')))],
    ['too many fields', lines((list) => (list[1] = list[1]!.replace(']', ',[],1]')))],
    ['something else than xattrs', lines((list) => (list[1] = list[1]!.replace(']', ',7]')))],
    ...['../b', 'a/../..', '/b', 'b/', './b', 'a//b', 'b\\u0000', 'd/'.repeat(2100)].map(
      (path): [string, () => Promise<Buffer>] => [
        `the path ${path.slice(0, 10)}`,
        lines((list) => (list[9] = list[9]!.replace('"pipe"', `"${path}"`))),
      ],
    ),
    [
      'a symbolic link that is too long',
      lines((list) => (list[5] = list[5]!.replace('"../', `"${'../'.repeat(1400)}`))),
    ],
    ['a hard link out of the root', lines((list) => (list[6] = list[6]!.replace('"link"', '"../link"')))],
    ['no list', lines((list) => (list[1] = '{}'))],
    ['no JSON', lines((list) => (list[1] = '['))],
  ])('%s', async (_, make) => {
    const bytes = await make();
    expect(await codeOf(() => parseIndexOf(bytes))).toBe('BAD_LAYER_INDEX');
  });

  test('the index of another layer', async () => {
    const bytes = await serialiseIndexOf(index);
    expect(await codeOf(() => parseIndexOf(bytes, other))).toBe('BAD_LAYER_INDEX');
  });
});

test('50,000 entries stay small', async () => {
  const entries = Array.from({ length: 50_000 }, (_, i): IndexedEntry => {
    const path = `usr/lib/node_modules/package-${i % 400}/dist/module-${i}.js`;
    return { ...entry('file', path, { size: i }), offset: i * 1024, content: digestOf(path) };
  });
  const big = { diffId, size: 1, entries };
  const bytes = await serialiseIndexOf(big);
  expect(bytes.length).toBeLessThan(60 * entries.length);
  expect((await parseIndexOf(bytes)).entries).toHaveLength(50_000);
});
