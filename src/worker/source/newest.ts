import type { FileTree } from '../../image/file-tree.ts';

/** The time of the newest node of a tree, in whole seconds since 1970; 0 for none. */
export async function newestOf(tree: FileTree, folder = ''): Promise<number> {
  let newest = 0;
  for (const node of await tree.list(folder)) {
    newest = Math.max(newest, Math.floor(node.mtime));
    if (node.type === 'directory') newest = Math.max(newest, await newestOf(tree, node.path));
  }
  return newest;
}
