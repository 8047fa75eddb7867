import { BuildError } from '../../base/errors.ts';
import type { FileTree, TreeNode } from '../file-tree.ts';
import type { Entry, EntryWithBody } from './entry.ts';
import { compareNames } from './entry-name.ts';
import { readContent, type WantedFile } from './tree-content.ts';
import { implicitFolder, TreeExtension } from './tree-extension.ts';
import { isFolder, type TreeFolder, type TreeItem, type TreeLayer } from './tree-item.ts';

export type { TreeLayer } from './tree-item.ts';

/** The merged view of a stack of layers. */
class LayerTree implements FileTree {
  readonly name: string;
  readonly root: TreeFolder;
  readonly #sorted = new WeakMap<TreeFolder, readonly TreeNode[]>();

  constructor(name: string, root: TreeFolder) {
    this.name = name;
    this.root = root;
  }

  async lookup(path: string): Promise<TreeNode | undefined> {
    return this.#item(path)?.node;
  }

  async list(path: string): Promise<readonly TreeNode[]> {
    const folder = this.#item(path);
    if (!isFolder(folder)) return [];
    let nodes = this.#sorted.get(folder);
    if (nodes === undefined) {
      const children = [...folder.children].sort(([a], [b]) => compareNames(a, b));
      nodes = children.map(([, child]) => child.node);
      this.#sorted.set(folder, nodes);
    }
    return nodes;
  }

  async *read(nodes: readonly TreeNode[]): AsyncGenerator<EntryWithBody & { readonly entry: Entry }> {
    const files: WantedFile[] = [];
    for (const node of nodes) {
      if (node.type === 'file') files.push(this.#wanted(node));
      else yield { entry: node };
    }
    yield* readContent(files);
  }

  #wanted(node: TreeNode): WantedFile {
    const item = this.#item(node.path);
    if (item !== undefined && !isFolder(item) && item.node.content === node.content) {
      return { node, home: item.home };
    }
    throw new BuildError({
      kind: 'bug',
      code: 'CONTENT_CHANGED',
      message: `${JSON.stringify(node.path)} of ${this.name} is not the file that was looked up`,
    });
  }

  #item(path: string): TreeItem | undefined {
    let item: TreeItem | undefined = this.root;
    if (path === '') return item;
    for (const part of path.split('/')) {
      item = isFolder(item) ? item.children.get(part) : undefined;
      if (item === undefined) return undefined;
    }
    return item;
  }
}

/**
 * A tree of layers, base first: whiteouts hide, later entries replace, hard links are files of their own.
 * @throws BuildError `LAYER_BROKEN_LINK`, `LAYER_LINK_LOOP` for layers that no runtime could unpack
 */
export function layerTree(name: string, layers: readonly TreeLayer[]): FileTree {
  let root = implicitFolder('', Symbol('empty'), undefined);
  for (const layer of layers) root = TreeExtension.apply(root, layer);
  return new LayerTree(name, root);
}

/**
 * The tree with one more layer on top; the old one stays usable. Costs as much as the folders that the layer touches, not as the whole tree.
 * @throws BuildError as layerTree; `NOT_A_LAYER_TREE` for a tree that layerTree or extendTree did not make
 */
export function extendTree(tree: FileTree, layer: TreeLayer, name: string = tree.name): FileTree {
  return new LayerTree(name, TreeExtension.apply(rootOf(tree), layer));
}

/** The same tree under another name. @throws BuildError `NOT_A_LAYER_TREE` as extendTree */
export function renamedTree(tree: FileTree, name: string): FileTree {
  return new LayerTree(name, rootOf(tree));
}

function rootOf(tree: FileTree): TreeFolder {
  if (tree instanceof LayerTree) return tree.root;
  throw new BuildError({
    kind: 'bug',
    code: 'NOT_A_LAYER_TREE',
    message: `${tree.name} is not made of layers`,
  });
}
