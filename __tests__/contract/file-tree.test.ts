import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { contentDigests } from '../../src/engine/embedded/copy/content-digests.ts';
import { digestOf } from '../../src/image/digest.ts';
import type { FileTree, TreeNode } from '../../src/image/file-tree.ts';
import { layerTree, type TreeLayer } from '../../src/image/layer/layer-tree.ts';
import { writeTar } from '../../src/image/layer/tar-write.ts';
import { writeLayer } from '../../src/image/layer/write-layer.ts';
import { memoryStore } from '../../src/image/store/memory.ts';
import { archiveTree } from '../../src/worker/source/archive.ts';
import { localTree } from '../../src/worker/source/local.ts';
import { mappedTree } from '../../src/worker/source/mapped-tree.ts';
import { subfolder } from '../../src/worker/source/subfolder.ts';
import { collect, sampleBytes } from '../support/bytes.ts';
import { file, folder, type Member, members, symlink } from '../support/entries.ts';
import { memoryTree } from '../support/memory-tree.ts';

const LARGE = sampleBytes(700_000);
const LIST: readonly Member[] = [
  file('a', 'A'),
  file('a-b', 'AB'),
  folder('a.d'),
  file('a.d/\u{1f600}', 'smile'),
  file('a.d/\uffee', 'half'),
  file('empty', ''),
  folder('folder'),
  folder('folder/inner'),
  file('folder/inner/deep', 'deep'),
  file('large', LARGE),
  symlink('link', 'folder'),
  symlink('out', '/'),
];

/** Each gives the tree of the list above. */
const implementations: readonly {
  readonly name: string;
  readonly open: (scratch: string) => Promise<FileTree>;
}[] = [
  { name: 'in memory', open: async () => inMemory(LIST) },
  { name: 'a folder on disk', open: async (scratch) => onDisk(scratch, LIST) },
  { name: 'one layer', open: async () => layerTree('layers', [await layer(LIST)]) },
  {
    name: 'several layers',
    open: async () =>
      layerTree('layers', [
        await layer([file('a', 'old'), folder('link'), file('gone', '')]),
        await layer(LIST.slice(0, 5)),
        await layer([...LIST.slice(5), file('.wh.gone', '')]),
      ]),
  },
  {
    name: 'an archive',
    open: async () => archiveTree(writeTar(members(LIST)), { name: 'archive', store: memoryStore() }),
  },
  {
    name: 'a folder of a tree',
    open: async (scratch) => {
      const moved = LIST.map(({ entry, ...rest }) => ({
        ...rest,
        entry: { ...entry, path: `x/y/${entry.path}` },
      }));
      return subfolder(onDisk(scratch, moved), 'x/y');
    },
  },
  {
    name: 'a tree with other metadata',
    open: async () => mappedTree(inMemory(LIST), { name: 'mapped', inside: (node) => ({ ...node, uid: 5 }) }),
  },
];

function inMemory(list: readonly Member[]): FileTree {
  return memoryTree(
    Object.fromEntries(
      list.map(({ entry, content }) => [
        entry.path,
        entry.type === 'directory'
          ? { folder: true }
          : entry.linkName === undefined
            ? { text: String(content) }
            : { link: entry.linkName },
      ]),
    ),
  );
}

function onDisk(scratch: string, list: readonly Member[]): FileTree {
  const root = mkdtempSync(join(scratch, 'tree-'));
  for (const { entry, content } of list) {
    const path = join(root, entry.path);
    mkdirSync(entry.type === 'directory' ? path : dirname(path), { recursive: true });
    if (entry.linkName !== undefined) symlinkSync(entry.linkName, path);
    else if (content !== undefined) writeFileSync(path, content);
  }
  return localTree({ name: 'folder', root });
}

async function layer(list: readonly Member[]): Promise<TreeLayer> {
  const store = memoryStore();
  const { index, descriptor } = await writeLayer(members(list), store, { compression: { type: 'none' } });
  return { index, open: () => store.open(descriptor.digest) };
}

async function everything(tree: FileTree, path = ''): Promise<TreeNode[]> {
  const found: TreeNode[] = [];
  for (const node of await tree.list(path)) found.push(node, ...(await everything(tree, node.path)));
  return found;
}

describe.each(implementations)('FileTree: $name', ({ open }) => {
  let scratch = '';
  let tree: FileTree;
  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'file-tree-'));
    tree = await open(scratch);
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  test('lists folders in byte order', async () => {
    expect((await everything(tree)).map(({ path }) => path)).toEqual([
      'a',
      'a-b',
      'a.d',
      'a.d/\uffee',
      'a.d/\u{1f600}',
      'empty',
      'folder',
      'folder/inner',
      'folder/inner/deep',
      'large',
      'link',
      'out',
    ]);
  });

  test('looks up what it lists, and nothing else', async () => {
    for (const node of await everything(tree)) expect(await tree.lookup(node.path)).toEqual(node);
    for (const path of ['nope', 'folder/nope', 'a/x', 'gone']) {
      expect(await tree.lookup(path)).toBeUndefined();
      expect(await tree.list(path)).toEqual([]);
    }
  });

  test('never follows a link', async () => {
    expect(await tree.lookup('link')).toMatchObject({ type: 'symlink', linkName: 'folder', size: 0 });
    for (const path of ['link/inner', 'out/etc', '../a', 'folder/../a', 'folder//inner', './a']) {
      expect(await tree.lookup(path)).toBeUndefined();
      expect(await tree.list(path)).toEqual([]);
    }
    expect(await tree.list('link')).toEqual([]);
    expect(await tree.list('out')).toEqual([]);
  });

  test('only files have a size and a body, each comes once', async () => {
    const nodes = await everything(tree);
    const found = new Map<string, string | undefined>();
    for await (const { entry, body } of tree.read(nodes)) {
      expect(found.has(entry.path)).toBe(false);
      found.set(entry.path, body === undefined ? undefined : (await collect(body)).toString());
    }
    expect([...found.keys()].sort()).toEqual(nodes.map(({ path }) => path).sort());
    for (const { path, type, size } of nodes) {
      const content = LIST.find(({ entry }) => entry.path === path)?.content;
      expect([path, found.get(path)]).toEqual([path, content?.toString()]);
      expect(size).toBe(type === 'file' ? content?.length : 0);
    }
  });

  test('bodies may be left unread', async () => {
    const files = (await everything(tree)).filter(({ type }) => type === 'file');
    let count = 0;
    for await (const { body } of tree.read(files)) {
      count += 1;
      if (count % 2 === 0) await collect(body);
    }
    expect(count).toBe(files.length);
  });

  test('knows or works out digests', async () => {
    const files = (await everything(tree)).filter(({ type }) => type === 'file');
    const digests = await contentDigests(tree, files);
    for (const { path } of files) {
      const content = LIST.find(({ entry }) => entry.path === path)?.content ?? Buffer.alloc(0);
      expect([path, digests.get(path)]).toEqual([path, digestOf(content)]);
    }
  });
});
