import { createHash } from 'node:crypto';
import type { Digest } from '../../../image/digest.ts';
import type { FileTree, TreeNode } from '../../../image/file-tree.ts';

/** Content digests of file nodes by path; bytes are read only of those that are not known. */
export async function contentDigests(
  tree: FileTree,
  nodes: Iterable<TreeNode>,
): Promise<ReadonlyMap<string, Digest>> {
  const known = new Map<string, Digest>();
  const unknown = new Map<string, TreeNode>();
  for (const node of nodes) {
    if (node.content !== undefined) known.set(node.path, node.content);
    else unknown.set(node.path, node);
  }
  if (unknown.size === 0) return known;
  const list = [...unknown.values()];
  if (tree.digests !== undefined) {
    const digests = await tree.digests(list);
    list.forEach((node, i) => {
      const digest = digests[i];
      if (digest !== undefined) known.set(node.path, digest);
    });
    return known;
  }
  for await (const { entry, body } of tree.read(list)) {
    const hash = createHash('sha256');
    for await (const chunk of body ?? []) hash.update(chunk);
    known.set(entry.path, `sha256:${hash.digest('hex')}` as Digest);
  }
  return known;
}
