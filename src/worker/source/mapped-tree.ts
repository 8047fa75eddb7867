import type { FileTree, TreeNode } from '../../image/file-tree.ts';

export interface TreeMapping {
  readonly name: string;
  /** A node as the new tree shows it. Its type and size have to stay. */
  readonly inside: (node: TreeNode) => TreeNode;
  /** The path in the old tree for one of the new. Default: the same. */
  readonly outside?: (path: string) => string;
}

/** A tree with other names or other metadata. */
export function mappedTree(tree: FileTree, mapping: TreeMapping): FileTree {
  const { inside, outside = (path: string) => path } = mapping;
  // The old tree has to get back the very nodes that it gave, as it compares them with what it reads.
  const original = async (node: TreeNode): Promise<TreeNode> =>
    (await tree.lookup(outside(node.path))) ?? { ...node, path: outside(node.path) };
  return {
    name: mapping.name,
    async lookup(path) {
      const node = await tree.lookup(outside(path));
      return node === undefined ? undefined : inside(node);
    },
    async list(path) {
      return (await tree.list(outside(path))).map(inside);
    },
    async *read(nodes, options) {
      const wanted = new Map(nodes.map((node) => [outside(node.path), node]));
      for await (const member of tree.read(await Promise.all(nodes.map(original)), options)) {
        yield { ...member, entry: wanted.get(member.entry.path) ?? member.entry };
      }
    },
    ...(tree.digests === undefined
      ? {}
      : { digests: async (nodes) => (await tree.digests?.(await Promise.all(nodes.map(original)))) ?? [] }),
  };
}
