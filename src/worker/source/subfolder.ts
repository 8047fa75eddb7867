import { BuildError } from '../../base/errors.ts';
import type { FileTree, TreeNode } from '../../image/file-tree.ts';
import { childPath, cleanPath } from '../../image/layer/entry-path.ts';
import { mappedTree } from './mapped-tree.ts';

/**
 * A folder of a tree as a tree of its own.
 * @param folder `..` and absolute paths stay inside of the tree
 * @throws BuildError `SUBFOLDER_NOT_FOUND`
 */
export async function subfolder(tree: FileTree, folder: string): Promise<FileTree> {
  const base = cleanPath(`/${folder}`);
  if (base === '') return tree;
  const top = await tree.lookup(base);
  if (top?.type !== 'directory') {
    throw new BuildError({
      kind: 'user',
      code: 'SUBFOLDER_NOT_FOUND',
      message: `${tree.name} has no folder ${base}`,
    });
  }
  return mappedTree(tree, {
    name: `${base} in ${tree.name}`,
    outside: (path) => (path === '' ? base : childPath(base, path)),
    inside: (node: TreeNode) => ({ ...node, path: node.path.slice(base.length + 1) }),
  });
}
