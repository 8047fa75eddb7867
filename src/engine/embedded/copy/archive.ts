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

/**
 * The archive's members in its order. `..` and absolute names stay inside the archive's root, as below a chroot. As in Docker nothing
 * behind the end-of-archive mark counts: neither padding nor junk nor a trailer that was cut off.
 */
export function archiveMembers(archive: Archive): AsyncGenerator<TarMember> {
  return readTar(plainBytes(archive), { clampPaths: true, untilMark: true });
}

/** Uncompressed; all that can be had before damage comes before the error, since the mark may be in it. */
async function* plainBytes({ tree, node }: Archive): AsyncGenerator<Uint8Array> {
  let given = 0;
  try {
    for await (const chunk of decompress(bytesOf(tree, node), 'auto')) {
      given += chunk.length;
      yield chunk;
    }
    return;
  } catch (error) {
    if (!(error instanceof BuildError) || error.code !== 'BAD_COMPRESSION') throw error;
  }
  for await (const chunk of decompress(bytesOf(tree, node), 'auto', { gzipProgram: true })) {
    const known = Math.min(given, chunk.length);
    given -= known;
    if (known < chunk.length) yield chunk.subarray(known);
  }
}

/** Whether ADD unpacks it: by content, not by name, and only when its first member can be read. */
export async function isArchive(archive: Archive): Promise<boolean> {
  try {
    for await (const _ of archiveMembers(archive)) return true;
    return false;
  } catch (error) {
    if (error instanceof BuildError && /^(TAR_|BAD_COMPRESSION)/.test(error.code)) return false;
    throw error;
  }
}
