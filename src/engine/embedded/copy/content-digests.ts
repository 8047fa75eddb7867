import { type Digest, digestOf, digestOfStream } from '../../../image/digest.ts';
import type { FileTree, TreeNode } from '../../../image/file-tree.ts';
import { type Archive, archiveMembers } from './archive.ts';
import type { Inode } from './inode.ts';

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
  for await (const { entry, body } of tree.read(list))
    known.set(entry.path, await digestOfStream(body ?? []));
  return known;
}

/** Content digests of files, wherever their bytes come from. An archive is read once for all of its members. */
export async function inodeDigests(inodes: Iterable<Inode>): Promise<ReadonlyMap<Inode, Digest>> {
  const known = new Map<Inode, Digest>();
  const trees = new Map<FileTree, Map<Inode, TreeNode>>();
  const archives = new Map<Archive, Map<number, Inode>>();
  for (const inode of inodes) {
    const { content } = inode;
    if (content?.kind === 'bytes') known.set(inode, digestOf(content.bytes));
    else if (content?.kind === 'tree') grouped(trees, content.tree).set(inode, content.node);
    else if (content?.kind === 'member') grouped(archives, content.archive).set(content.index, inode);
  }
  for (const [tree, nodes] of trees) {
    const digests = await contentDigests(tree, nodes.values());
    for (const [inode, { path }] of nodes) {
      const digest = digests.get(path);
      if (digest !== undefined) known.set(inode, digest);
    }
  }
  for (const [archive, wanted] of archives) await addMembers(known, archive, wanted);
  return known;
}

function grouped<Source, Key, Value>(groups: Map<Source, Map<Key, Value>>, source: Source): Map<Key, Value> {
  const group = groups.get(source) ?? new Map<Key, Value>();
  groups.set(source, group);
  return group;
}

async function addMembers(
  known: Map<Inode, Digest>,
  archive: Archive,
  wanted: ReadonlyMap<number, Inode>,
): Promise<void> {
  let index = 0;
  let left = wanted.size;
  for await (const { body } of archiveMembers(archive)) {
    const inode = wanted.get(index);
    index += 1;
    if (inode === undefined) continue;
    known.set(inode, await digestOfStream(body ?? []));
    left -= 1;
    if (left === 0) return;
  }
}
