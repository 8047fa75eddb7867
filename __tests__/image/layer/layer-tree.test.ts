import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { digestOf } from '../../../src/image/digest.ts';
import type { FileTree, TreeNode } from '../../../src/image/file-tree.ts';
import { extendTree, layerTree, type TreeLayer } from '../../../src/image/layer/layer-tree.ts';
import { indexLayer } from '../../../src/image/layer/read-layer.ts';
import { writeTar } from '../../../src/image/layer/tar-write.ts';
import { implicitFolder, TreeExtension } from '../../../src/image/layer/tree-extension.ts';
import { codeOf, collect, streamOf } from '../../support/bytes.ts';
import { entry, file, folder, hardlink, type Member, members, symlink } from '../../support/entries.ts';

interface Counted extends TreeLayer {
  readonly opened: () => number;
}

async function layer(...list: readonly Member[]): Promise<Counted> {
  return await layerOf(await collect(writeTar(members(list))));
}

async function layerOf(bytes: Buffer): Promise<Counted> {
  let opened = 0;
  return {
    index: await indexLayer(streamOf(bytes), 'none'),
    open: async () => {
      opened += 1;
      return streamOf(bytes, 700);
    },
    opened: () => opened,
  };
}

/** All paths below a folder, with what tells them apart. */
async function listing(tree: FileTree, path = ''): Promise<string[]> {
  const lines: string[] = [];
  for (const node of await tree.list(path)) {
    expect(await tree.lookup(node.path)).toBe(node);
    lines.push(`${node.path}${mark(node)}`, ...(await listing(tree, node.path)));
  }
  return lines;
}

function mark(node: TreeNode): string {
  return (
    { directory: '/', symlink: ` -> ${node.linkName}`, file: '' }[node.type as string] ?? ` (${node.type})`
  );
}

async function contents(
  tree: FileTree,
  nodes: readonly (TreeNode | undefined)[],
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { entry, body } of tree.read(nodes.filter((node) => node !== undefined))) {
    found[entry.path] = body === undefined ? entry.type : (await collect(body)).toString();
  }
  return found;
}

async function all(tree: FileTree, path = ''): Promise<TreeNode[]> {
  const nodes = await tree.list(path);
  return [...nodes, ...(await Promise.all(nodes.map((node) => all(tree, node.path)))).flat()];
}

describe('one layer', () => {
  test('folders, files and links; parents that no entry names are made', async () => {
    const tree = layerTree('t', [
      await layer(
        folder('a', { mode: 0o700, uid: 5 }),
        file('a/b', 'x'),
        file('c/d/e', 'y'),
        symlink('l', 'a'),
        { entry: entry('fifo', 'p') },
      ),
    ]);
    expect(tree.name).toBe('t');
    expect(await listing(tree)).toEqual(['a/', 'a/b', 'c/', 'c/d/', 'c/d/e', 'l -> a', 'p (fifo)']);
    expect(await tree.lookup('a')).toMatchObject({ mode: 0o700, uid: 5 });
    expect(await tree.lookup('c')).toMatchObject({ type: 'directory', mode: 0o755, uid: 0, path: 'c' });
    expect(await tree.lookup('')).toMatchObject({ type: 'directory', path: '' });
    expect(await tree.lookup('a/b')).toMatchObject({ content: digestOf('x'), size: 1 });
  });

  test('nothing is below files and symbolic links, and nothing at paths that are not there', async () => {
    const tree = layerTree('t', [await layer(folder('a'), file('a/b', 'x'), symlink('l', 'a'))]);
    for (const path of ['l/b', 'a/b/c', 'z', 'a/', '/a', 'a//b'])
      expect(await tree.lookup(path)).toBeUndefined();
    expect(await tree.list('l')).toEqual([]);
    expect(await tree.list('a/b')).toEqual([]);
    expect(await tree.list('z')).toEqual([]);
  });

  test('the root may have an entry', async () => {
    const tree = layerTree('t', [await layer(folder('', { mode: 0o711, mtime: 7 }), file('a', 'x'))]);
    expect(await tree.lookup('')).toMatchObject({ mode: 0o711, mtime: 7 });
    expect(await listing(tree)).toEqual(['a']);
  });

  test('names are listed in byte order', async () => {
    const names = ['b', 'B', 'a.b', 'a-b', 'a', 'é', '\u{10000}', '\uffee', 'z\udcff', 'z\udc80'];
    const tree = layerTree('t', [await layer(...names.map((name) => file(name, '')))]);
    expect((await tree.list('')).map(({ path }) => path)).toEqual([
      'B',
      'a',
      'a-b',
      'a.b',
      'b',
      'z\udc80',
      'z\udcff',
      'é',
      '\uffee',
      '\u{10000}',
    ]);
  });

  test('the last of entries with one name counts', async () => {
    const tree = layerTree('t', [await layer(file('a', 'first'), file('b', 'x'), file('a', 'second'))]);
    expect(await contents(tree, await all(tree))).toEqual({ a: 'second', b: 'x' });
  });
});

describe('layers over layers', () => {
  const base = () =>
    layer(
      folder('d', { mode: 0o700 }),
      file('d/a', 'a'),
      file('d/b', 'b'),
      folder('d/e'),
      file('d/e/f', 'f'),
      file('top', 't'),
    );

  test.each<[string, readonly Member[], readonly string[]]>([
    ['a file is replaced', [file('d/a', 'new')], ['d/', 'd/a', 'd/b', 'd/e/', 'd/e/f', 'top']],
    ['a file is removed', [file('d/.wh.a', '')], ['d/', 'd/b', 'd/e/', 'd/e/f', 'top']],
    ['a folder is removed', [file('.wh.d', '')], ['top']],
    [
      'a folder is removed and made anew',
      [file('.wh.d', ''), folder('d'), file('d/new', '')],
      ['d/', 'd/new', 'top'],
    ],
    [
      'the order of removing and making does not matter',
      [folder('d'), file('d/new', ''), file('.wh.d', '')],
      ['d/', 'd/new', 'top'],
    ],
    ['a folder is emptied', [folder('d'), file('d/.wh..wh..opq', '')], ['d/', 'top']],
    [
      'a folder is emptied and filled',
      [file('d/new', ''), file('d/.wh..wh..opq', ''), file('d/a', '')],
      ['d/', 'd/a', 'd/new', 'top'],
    ],
    ['the root is emptied', [file('.wh..wh..opq', ''), file('new', '')], ['new']],
    [
      'a whiteout of what is not there',
      [file('d/.wh.zzz', ''), file('x/y/.wh.z', '')],
      ['d/', 'd/a', 'd/b', 'd/e/', 'd/e/f', 'top'],
    ],
    [
      'files of aufs itself',
      [file('.wh..wh.aufs', ''), folder('.wh..wh.plnk'), file('.wh..wh.plnk/1', '')],
      ['d/', 'd/a', 'd/b', 'd/e/', 'd/e/f', 'top'],
    ],
    ['a folder becomes a file', [file('d', 'x')], ['d', 'top']],
    [
      'a file becomes a folder',
      [folder('top'), file('top/x', '')],
      ['d/', 'd/a', 'd/b', 'd/e/', 'd/e/f', 'top/', 'top/x'],
    ],
    [
      'a file becomes a folder without an entry',
      [file('top/x', '')],
      ['d/', 'd/a', 'd/b', 'd/e/', 'd/e/f', 'top/', 'top/x'],
    ],
    ['a folder becomes a link', [symlink('d', 'top')], ['d -> top', 'top']],
    [
      'a folder keeps what is in it',
      [folder('d', { mode: 0o755 })],
      ['d/', 'd/a', 'd/b', 'd/e/', 'd/e/f', 'top'],
    ],
    [
      'a hard link to a file of a lower layer',
      [hardlink('h', 'd/a')],
      ['d/', 'd/a', 'd/b', 'd/e/', 'd/e/f', 'h', 'top'],
    ],
    [
      'a name that only looks like a whiteout',
      [file('d/x.wh.a', '')],
      ['d/', 'd/a', 'd/b', 'd/e/', 'd/e/f', 'd/x.wh.a', 'top'],
    ],
  ])('%s', async (_, changes, expected) => {
    const below = layerTree('t', [await base()]);
    const before = await listing(below);
    const above = extendTree(below, await layer(...changes));
    expect(await listing(above)).toEqual(expected);
    expect(await listing(below)).toEqual(before);
    expect(await listing(layerTree('t', [await base(), await layer(...changes)]))).toEqual(expected);
  });

  test('contents come from the layer that has them, each layer read once', async () => {
    const layers = [
      await base(),
      await layer(file('d/a', 'new a'), file('z', 'z')),
      await layer(file('.wh.top', '')),
    ];
    const tree = layerTree('t', layers);
    expect(await contents(tree, (await all(tree)).reverse())).toEqual({
      d: 'directory',
      'd/e': 'directory',
      'd/a': 'new a',
      'd/b': 'b',
      'd/e/f': 'f',
      z: 'z',
    });
    expect(layers.map(({ opened }) => opened())).toEqual([1, 1, 0]);
  });

  test('folders that a layer does not touch are shared, not copied', async () => {
    const nothing = implicitFolder('', Symbol('nothing'), undefined);
    const below = TreeExtension.apply(nothing, await layer(file('big/a', ''), file('small/a', '')));
    const above = TreeExtension.apply(below, await layer(file('small/b', '')));
    expect(above.children.get('big')).toBe(below.children.get('big'));
    expect(above.children.get('small')).not.toBe(below.children.get('small'));
    expect(nothing.children.size).toBe(0);
  });

  test('an extension may have a name of its own', async () => {
    const below = layerTree('t', [await base()]);
    expect(extendTree(below, await layer(file('x', '')), 'next').name).toBe('next');
    expect(extendTree(below, await layer(file('x', ''))).name).toBe('t');
  });

  test('only trees of layers can be extended', async () => {
    const foreign: FileTree = {
      name: 'x',
      lookup: async () => undefined,
      list: async () => [],
      async *read() {},
    };
    expect(await codeOf(async () => extendTree(foreign, await base()))).toBe('NOT_A_LAYER_TREE');
  });
});

describe('entries below symbolic links land where a runtime would put them', () => {
  test.each<[string, string, readonly Member[], readonly string[]]>([
    [
      'a relative link',
      'usr/lib',
      [file('lib/x', '')],
      ['lib -> usr/lib', 'usr/', 'usr/lib/', 'usr/lib/old', 'usr/lib/x'],
    ],
    [
      'an absolute link',
      '/usr/lib',
      [file('lib/x', '')],
      ['lib -> /usr/lib', 'usr/', 'usr/lib/', 'usr/lib/old', 'usr/lib/x'],
    ],
    [
      'a link above the root',
      '../../usr/lib',
      [file('lib/x', '')],
      ['lib -> ../../usr/lib', 'usr/', 'usr/lib/', 'usr/lib/old', 'usr/lib/x'],
    ],
    [
      'a whiteout',
      'usr/lib',
      [file('usr/lib/x', ''), file('lib/.wh.old', '')],
      ['lib -> usr/lib', 'usr/', 'usr/lib/', 'usr/lib/x'],
    ],
    [
      'an opaque mark',
      'usr/lib',
      [file('usr/lib/x', ''), file('lib/.wh..wh..opq', '')],
      ['lib -> usr/lib', 'usr/', 'usr/lib/', 'usr/lib/x'],
    ],
    [
      'a folder in place of the link',
      'usr/lib',
      [folder('lib'), file('lib/x', '')],
      ['lib/', 'lib/x', 'usr/', 'usr/lib/', 'usr/lib/old'],
    ],
    [
      'a whiteout below a folder in place of the link',
      'usr/lib',
      [folder('lib'), file('lib/.wh.old', '')],
      ['lib/', 'usr/', 'usr/lib/', 'usr/lib/old'],
    ],
    [
      'a link to where nothing is',
      'new/place',
      [file('lib/x', '')],
      ['lib -> new/place', 'new/', 'new/place/', 'new/place/x', 'usr/', 'usr/lib/', 'usr/lib/old'],
    ],
    [
      'a hard link through it',
      'usr/lib',
      [hardlink('h', 'lib/old')],
      ['h', 'lib -> usr/lib', 'usr/', 'usr/lib/', 'usr/lib/old'],
    ],
    [
      'a link that comes in the same layer',
      'usr/lib',
      [symlink('m', 'lib'), file('m/y', '')],
      ['lib -> usr/lib', 'm -> lib', 'usr/', 'usr/lib/', 'usr/lib/old', 'usr/lib/y'],
    ],
  ])('%s', async (_, target, changes, expected) => {
    const tree = layerTree('t', [
      await layer(file('usr/lib/old', 'o'), symlink('lib', target)),
      await layer(...changes),
    ]);
    expect(await listing(tree)).toEqual(expected);
    for (const node of await all(tree)) expect((await tree.lookup(node.path))?.path).toBe(node.path);
  });

  test('many links with long targets are an error of their layer', async () => {
    const long = `${'./'.repeat(2000)}b`;
    const tree = () =>
      layer(...Array.from({ length: 300 }, (_, i) => symlink(`l${i}`, `${'./'.repeat(2000)}l${i + 1}`))).then(
        async (links) => layerTree('t', [links, await layer(file('l0/x', ''))]),
      );
    expect(await codeOf(tree)).toBe('LAYER_LINK_LOOP');
    const deep = 'd/'.repeat(2000);
    const root = layerTree('t', [
      await layer(file(`${deep}a`, ''), symlink('s', long)),
      await layer(file('.wh.d', '')),
    ]);
    expect(await root.list('')).toHaveLength(1);
  });

  test('a circle of links is an error', async () => {
    const circle = await layer(symlink('a', 'b'), symlink('b', 'a'));
    expect(await codeOf(async () => layerTree('t', [circle, await layer(file('a/x', ''))]))).toBe(
      'LAYER_LINK_LOOP',
    );
  });
});

describe('hard links', () => {
  test('are files that share content, and say so', async () => {
    const tree = layerTree('t', [
      await layer(file('a', 'shared', { uid: 7 }), hardlink('b', 'a', { uid: 7 }), file('c', 'alone')),
      await layer(hardlink('d', 'b', { uid: 8 }), file('.wh.a', '')),
    ]);
    const [b, c, d] = await tree.list('');
    expect([b, c, d].map((node) => [node?.path, node?.type, node?.size, node?.uid])).toEqual([
      ['b', 'file', 6, 7],
      ['c', 'file', 5, 0],
      ['d', 'file', 6, 8],
    ]);
    expect(b?.inode).toBeDefined();
    expect(d?.inode).toBe(b?.inode);
    expect(c?.inode).toBeUndefined();
    expect(await contents(tree, [d, b, c])).toEqual({ b: 'shared', c: 'alone', d: 'shared' });
  });

  test('small ones are read once, large ones again for each', async () => {
    const large = 'x'.repeat(9 * 2 ** 20);
    const only = await layer(
      file('small', 's'),
      hardlink('small2', 'small'),
      hardlink('small3', 'small'),
      file('large', large),
      hardlink('large2', 'large'),
    );
    const tree = layerTree('t', [only]);
    const read = await contents(tree, await tree.list(''));
    expect(read).toEqual({ small: 's', small2: 's', small3: 's', large, large2: large });
    expect(only.opened()).toBe(2);
  });

  test('a target that is not there is an error', async () => {
    expect(await codeOf(async () => layerTree('t', [await layer(hardlink('a', 'b'))]))).toBe(
      'LAYER_BROKEN_LINK',
    );
    expect(await codeOf(async () => layerTree('t', [await layer(folder('b'), hardlink('a', 'b'))]))).toBe(
      'LAYER_BROKEN_LINK',
    );
  });

  test('to a symbolic link is a symbolic link', async () => {
    const tree = layerTree('t', [await layer(symlink('a', 'x'), hardlink('b', 'a'))]);
    expect(await listing(tree)).toEqual(['a -> x', 'b -> x']);
  });
});

describe('reading', () => {
  test('empty files need no layer, unread bodies are passed over', async () => {
    const only = await layer(file('empty', ''), file('a', 'a'.repeat(5000)), file('b', 'b'));
    const tree = layerTree('t', [only]);
    expect(await contents(tree, [await tree.lookup('empty')])).toEqual({ empty: '' });
    expect(only.opened()).toBe(0);
    const paths: string[] = [];
    for await (const { entry, body } of tree.read(await tree.list(''))) {
      paths.push(entry.path);
      if (entry.path === 'a') for await (const _ of body ?? []) break;
      if (entry.path === 'b') expect((await collect(body)).toString()).toBe('b');
    }
    expect(paths).toEqual(['empty', 'a', 'b']);
  });

  test('files tell the digests that their bodies are checked against, those with one body too', async () => {
    const only = await layer(file('a', 'one'), file('b', 'two'), hardlink('c', 'b'), file('empty', ''));
    const told: unknown[] = [];
    const tree = layerTree('t', [only]);
    for await (const { entry, content } of tree.read(await tree.list(''))) told.push([entry.path, content]);
    expect(told).toEqual([
      ['empty', undefined],
      ['a', digestOf('one')],
      ['b', digestOf('two')],
      ['c', digestOf('two')],
    ]);
  });

  test('a layer with other bytes is found out', async () => {
    const good = await collect(writeTar(members([file('a', 'good'), file('b', 'b')])));
    const real = await layerOf(good);
    const bad = Buffer.from(good);
    bad.write('evil', 512);
    const tree = (bytes: Buffer) =>
      layerTree('t', [{ index: real.index, open: async () => streamOf(bytes) }]);
    const read = (bytes: Buffer) => async () => contents(tree(bytes), await tree(bytes).list(''));
    expect(await codeOf(read(good))).toBe('no error');
    expect(await codeOf(read(bad))).toBe('CONTENT_CHANGED');
    expect(await codeOf(read(good.subarray(0, 1030)))).toBe('CONTENT_CHANGED');
  });

  test('a node of another tree is refused', async () => {
    const tree = layerTree('t', [await layer(file('a', 'one'))]);
    const other = layerTree('o', [await layer(file('a', 'two'))]);
    expect(await codeOf(async () => contents(tree, await other.list('')))).toBe('CONTENT_CHANGED');
  });

  test('sparse files, which have no place of their own', async () => {
    const { execFileSync } = await import('node:child_process');
    const { mkdtempSync, rmSync, truncateSync, writeFileSync } = await import('node:fs');
    const folder = mkdtempSync('/tmp/sparse-');
    try {
      writeFileSync(`${folder}/s`, 'begin');
      truncateSync(`${folder}/s`, 500_000);
      writeFileSync(`${folder}/t`, 'plain');
      const bytes = execFileSync('tar', ['--sparse', '--format=pax', '-C', folder, '-c', 's', 't']);
      const tree = layerTree('t', [await layerOf(bytes)]);
      const found = await contents(tree, await tree.list(''));
      expect(found['s']?.length).toBe(500_000);
      expect(found['s']?.startsWith('begin\0')).toBe(true);
      expect(found['t']).toBe('plain');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

const part = fc.constantFrom('a', 'b', 'c');
const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const change = fc.oneof(
  fc.record({ kind: fc.constant('file' as const), path, content: fc.stringMatching(/^[xyz]{0,3}$/) }),
  fc.record({ kind: fc.constant('folder' as const), path }),
  fc.record({ kind: fc.constant('remove' as const), path }),
);

/** A plain model: path to content, or undefined for a folder. */
type Model = ReadonlyMap<string, string | undefined>;

test('many layers are the same as the changes done one after the other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 25 }), async (changes) => {
      let model: Model = new Map();
      const layers: TreeLayer[] = [];
      let tree = layerTree('t', []);
      for (const item of changes) {
        const next = new Map(
          [...model].filter(
            ([name]) =>
              !(item.kind !== 'folder' || model.get(item.path) !== undefined) ||
              (name !== item.path && !name.startsWith(`${item.path}/`)),
          ),
        );
        if (item.kind !== 'remove') {
          const parts = item.path.split('/');
          for (let i = 1; i < parts.length; i++) {
            const parent = parts.slice(0, i).join('/');
            if (next.get(parent) !== undefined || !next.has(parent)) next.set(parent, undefined);
          }
          next.set(item.path, item.kind === 'file' ? item.content : undefined);
        }
        model = next;
        const slash = item.path.lastIndexOf('/') + 1;
        const added = await layer(
          item.kind === 'file'
            ? file(item.path, item.content)
            : item.kind === 'folder'
              ? folder(item.path)
              : file(`${item.path.slice(0, slash)}.wh.${item.path.slice(slash)}`, ''),
        );
        layers.push(added);
        tree = extendTree(tree, added);
      }
      for (const made of [tree, layerTree('t', layers)]) {
        const nodes = await all(made);
        const read = await contents(made, nodes);
        const expected = Object.fromEntries(
          [...model].map(([name, content]) => [name, content ?? 'directory']),
        );
        expect(read).toEqual(expected);
      }
    }),
    { numRuns: 60 },
  );
});
