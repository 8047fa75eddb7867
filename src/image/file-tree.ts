import type { Digest } from './digest.ts';
import type { Entry, EntryWithBody, IndexedEntry } from './layer/entry.ts';

/** A node of a tree: an entry whose `content` digest may be known. Hard links appear as files of their own. */
export interface TreeNode extends IndexedEntry {
  /** The same text on all files of a tree that are hard links to each other; absent where a file has one name only. */
  readonly inode?: string;
}

export interface ReadOptions {
  /** A piece of a body is only looked at until the next one is asked for: its memory may be used again then. Default: false. */
  readonly fleeting?: boolean;
}

/**
 * SEAM. A read-only tree of files: a build context on disk, or the merged view of a stack of layers. COPY, ADD, WORKDIR and
 * --chown are worked out on these, so none of them needs a mounted root file system.
 * Implementations: local folder (worker/source/local), layers (image/layer/layer-tree), in-memory (tests).
 */
export interface FileTree {
  /** What messages call it, e.g. `the build context`, `stage "build"`. */
  readonly name: string;
  /** The path of the only file, in a tree that stands for one file (a download): it is copied as a file, not as a folder. */
  readonly soleFile?: string;
  /** The node at exactly this path. No symlink is followed, not even in the middle: below a symlink there is nothing. */
  lookup(path: string): Promise<TreeNode | undefined>;
  /** Children of a folder, sorted by name in byte order. Empty for anything that is not a folder. */
  list(path: string): Promise<readonly TreeNode[]>;
  /**
   * The same nodes with their content, in an order that the tree finds cheap (each node once). Only file nodes have a body.
   * @throws BuildError `CONTENT_CHANGED` when a file is no longer what it was when it was looked up
   */
  read(
    nodes: readonly TreeNode[],
    options?: ReadOptions,
  ): AsyncIterable<EntryWithBody & { readonly entry: Entry }>;
  /**
   * Content digests of these file nodes, in their order: for trees that can do better than hashing what `read` gives.
   * Trees whose nodes all have `content` leave it out.
   */
  digests?(nodes: readonly TreeNode[]): Promise<readonly Digest[]>;
  /** Why nothing is at a path where one may expect something, e.g. that the ignore file excludes it. */
  explainAbsence?(path: string): Promise<string | undefined>;
}
