import type { FileTree, TreeNode } from '../../image/file-tree.ts';

/** The bytes of files, one after the other. */
export async function* bodiesOf(tree: FileTree, nodes: readonly TreeNode[]): AsyncGenerator<Uint8Array> {
  for await (const { body } of tree.read(nodes)) yield* body ?? [];
}
