import { BuildError } from '../../base/errors.ts';
import type { ContentStore } from '../../image/content-store.ts';
import type { FileTree } from '../../image/file-tree.ts';
import { decompress } from '../../image/layer/decompress.ts';
import { detectCompression } from '../../image/layer/detect-compression.ts';
import { layerTree } from '../../image/layer/layer-tree.ts';
import { isTarHeader } from '../../image/layer/tar-header.ts';
import { readTar } from '../../image/layer/tar-read.ts';
import { writeLayer } from '../../image/layer/write-layer.ts';

export interface ArchiveTreeOptions {
  /** What messages call the tree. */
  readonly name: string;
  /** Keeps the content, uncompressed. */
  readonly store: ContentStore;
}

/** As many bytes as `looksLikeArchive` wants to see. */
export const ARCHIVE_HEAD = 512;

/** By the first bytes: something compressed, or a tar. What is neither is taken for a Dockerfile where both are possible. */
export function looksLikeArchive(head: Uint8Array): boolean {
  return detectCompression(head) !== 'none' || isTarHeader(head);
}

/**
 * A tar, compressed in any way, as a tree: a build context from standard input or from the web. It is read once. Names cannot lead
 * out of it; owners, modes and times are the archive's.
 * @throws BuildError `TAR_…`, `BAD_COMPRESSION`, `ARCHIVE_BROKEN_LINK`, `ARCHIVE_LINK_LOOP`, and those of ContentStore.put
 */
export async function archiveTree(
  bytes: AsyncIterable<Uint8Array>,
  { name, store }: ArchiveTreeOptions,
): Promise<FileTree> {
  const members = readTar(decompress(bytes, 'auto'), { clampPaths: true });
  const { descriptor, index } = await writeLayer(members, store, { compression: { type: 'none' } });
  try {
    return layerTree(name, [{ index, plain: true, open: () => store.open(descriptor.digest) }]);
  } catch (error) {
    throw error instanceof BuildError ? asOfArchive(error, name) : error;
  }
}

/** An archive is no layer of an image, and whoever made it can mend it. */
function asOfArchive(cause: BuildError, name: string): BuildError {
  const { kind, code, message } = cause;
  return new BuildError({
    kind,
    code: code.replace(/^LAYER_/, 'ARCHIVE_'),
    message: message.replace(/^A layer/, name),
    hint: 'Make the archive anew, with all files that its links lead to.',
    cause,
  });
}
