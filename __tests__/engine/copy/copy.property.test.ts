import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { copyEntries } from '../../../src/engine/embedded/copy/copy.ts';
import { membersWithBodies } from '../../../src/engine/embedded/copy/member-bodies.ts';
import type { FileTree } from '../../../src/image/file-tree.ts';
import { layerTree, type TreeLayer } from '../../../src/image/layer/layer-tree.ts';
import { writeLayer } from '../../../src/image/layer/write-layer.ts';
import { memoryStore } from '../../../src/image/store/memory.ts';
import { collect } from '../../support/bytes.ts';
import { copyOp } from '../../support/copied.ts';
import { type MemoryFile, memoryTree } from '../../support/memory-tree.ts';

const store = memoryStore();

async function layerOf(
  tree: FileTree | undefined,
  source: FileTree,
  destination: string,
): Promise<TreeLayer> {
  const entries = membersWithBodies(
    await copyEntries(copyOp('.', destination), [tree, source], { mtime: 5 }),
  );
  const { index, descriptor } = await writeLayer(entries, store, { compression: { type: 'none' } });
  return { index, open: () => store.open(descriptor.digest) };
}

/** Everything below a folder: path to `type mode target content`. */
async function shown(tree: FileTree, top: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const walk = async (folder: string): Promise<void> => {
    for (const node of await tree.list(folder)) {
      let text = `${node.type} ${node.mode.toString(8)} ${node.linkName ?? ''} `;
      for await (const { body } of tree.read([node])) text += (await collect(body)).toString();
      found.set(node.path.slice(top === '' ? 0 : top.length + 1), text);
      if (node.type === 'directory') await walk(node.path);
    }
  };
  await walk(top);
  return found;
}

const name = fc.constantFrom('a', 'b', 'c.d', 'é');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const file: fc.Arbitrary<MemoryFile> = fc.oneof(
  fc.constantFrom('', 'one', 'two'),
  fc.record({ text: fc.constantFrom('x', 'y'), mode: fc.constantFrom(0o600, 0o4755) }),
  fc.record({ link: fc.constantFrom('a', '../b', '/c.d', 'nowhere') }),
  fc.record({ folder: fc.constant(true as const), mode: fc.constantFrom(0o700, 0o755) }),
);

/** Trees in which nothing is below a file. */
const tree = fc.dictionary(path, file, { maxKeys: 8 }).map((files) => {
  const isFolder = (at: string): boolean => typeof files[at] === 'object' && 'folder' in files[at];
  const kept = Object.entries(files).filter(([at]) => {
    const parts = at.split('/');
    return parts.every((_, i) => {
      const parent = parts.slice(0, i).join('/');
      return parent === '' || files[parent] === undefined || isFolder(parent);
    });
  });
  return Object.fromEntries(kept);
});

describe('a copy of a folder', () => {
  test('to a new place is that folder', async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (files) => {
        const source = memoryTree(files);
        const copy = layerTree('copy', [await layerOf(undefined, source, '/n/o')]);
        expect(await shown(copy, 'n/o')).toEqual(await shown(source, ''));
      }),
      { numRuns: 100 },
    );
  });

  test('over another folder is both, the new one on top, or an error', async () => {
    await fc.assert(
      fc.asyncProperty(tree, tree, async (below, above) => {
        const first = memoryTree(below);
        const second = memoryTree(above);
        const base = await layerOf(undefined, first, '/');
        let added: TreeLayer;
        try {
          added = await layerOf(layerTree('base', [base]), second, '/');
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^COPY_OVER_F/) });
          return;
        }
        const expected = new Map([...(await shown(first, '')), ...(await shown(second, ''))]);
        expect(await shown(layerTree('both', [base, added]), '')).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  test('over itself is nothing', async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (files) => {
        const source = memoryTree(files);
        const base = await layerOf(undefined, source, '/o');
        const again = await layerOf(layerTree('base', [base]), source, '/o');
        expect(again.index.entries).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('a heredoc over itself is nothing', async () => {
    const layer = async (text: string, below: FileTree | undefined): Promise<TreeLayer> => {
      const op = copyOp([{ kind: 'inline', name: 'f', content: text }], '/o/');
      const entries = membersWithBodies(await copyEntries(op, [below], { mtime: 5 }));
      const { index, descriptor } = await writeLayer(entries, store, { compression: { type: 'none' } });
      return { index, open: () => store.open(descriptor.digest) };
    };
    const base = layerTree('base', [await layer('a', undefined)]);
    expect((await layer('a', base)).index.entries).toEqual([]);
    expect((await layer('b', base)).index.entries.map(({ path }) => path)).toEqual(['o', 'o/f']);
  });
});
