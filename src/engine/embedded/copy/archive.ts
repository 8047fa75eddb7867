import { BuildError } from '../../../base/errors.ts';
import type { FileTree, TreeNode } from '../../../image/file-tree.ts';
import { decompress } from '../../../image/layer/decompress.ts';
import { readTar, type TarMember } from '../../../image/layer/tar-read.ts';

/** A file of a tree that is a tar, compressed or not. */
export interface Archive {
  readonly tree: FileTree;
  readonly node: TreeNode;
}

/** Bytes of one file of a tree. */
export async function* bytesOf(tree: FileTree, node: TreeNode): AsyncGenerator<Uint8Array> {
  for await (const { body } of tree.read([node])) {
    if (body !== undefined) yield* body;
  }
}

/** The archive's members in its order. `..` and absolute names stay inside the archive's root, as below a chroot. */
export function archiveMembers({ tree, node }: Archive): AsyncGenerator<TarMember> {
  return readTar(decompress(bytesOf(tree, node), 'auto'), { clampPaths: true });
}

/** Whether ADD unpacks it: by content, not by name, and only when there is at least one member. */
export async function isArchive(archive: Archive): Promise<boolean> {
  try {
    for await (const _ of archiveMembers(archive)) return true;
    return false;
  } catch (error) {
    if (error instanceof BuildError && /^(TAR_|BAD_COMPRESSION)/.test(error.code)) return false;
    throw error;
  }
}
