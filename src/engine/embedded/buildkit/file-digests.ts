import { createHash, type Hash } from 'node:crypto';
import type { Digest } from '../../../image/digest.ts';
import type { FileTree, TreeNode } from '../../../image/file-tree.ts';
import type { EntryType } from '../../../image/layer/entry.ts';
import { encodeName } from '../../../image/layer/entry-name.ts';

const TYPE_FLAGS: Readonly<Record<EntryType, string>> = {
  file: '0',
  hardlink: '0',
  symlink: '2',
  character: '3',
  block: '4',
  directory: '5',
  fifo: '6',
};

/**
 * Digests of single nodes as BuildKit makes them (cache/contenthash/filehash.go, tarsum.go): over the old tarsum form of a tar header without
 * name and time, and the bytes. Each made once.
 */
export class FileDigests {
  readonly #tree: FileTree;
  readonly #known = new Map<string, Digest>();

  constructor(tree: FileTree) {
    this.#tree = tree;
  }

  /** Reads the bytes of these nodes, in the order that the tree finds cheap; what `of` gives them afterwards costs nothing. */
  async readAll(nodes: readonly TreeNode[]): Promise<void> {
    const due = nodes.filter((node) => isFile(node) && node.size > 0 && !this.#known.has(node.path));
    if (due.length === 0) return;
    const byPath = new Map(due.map((node) => [node.path, node]));
    for await (const { entry, body } of this.#tree.read(due)) {
      const node = byPath.get(entry.path);
      if (node === undefined) continue;
      const hash = headerHash(node);
      for await (const chunk of body ?? []) hash.update(chunk);
      this.#known.set(node.path, digestOf(hash));
    }
  }

  /** Of a node without bytes, or one whose bytes were read. */
  of(node: TreeNode): Digest {
    return this.#known.get(node.path) ?? digestOf(headerHash(node));
  }
}

/** Attributes that BuildKit counts, in a way that its versions disagree on. */
export function hasCountedAttributes({ xattrs }: TreeNode): boolean {
  return [...(xattrs?.keys() ?? [])].some(
    (name) => name === 'security.capability' || !/^(?:security|system|com\.apple)\./.test(name),
  );
}

export function isFile({ type }: TreeNode): boolean {
  return type === 'file' || type === 'hardlink';
}

function headerHash(node: TreeNode): Hash {
  const hash = createHash('sha256');
  const link = node.type === 'symlink' ? encodeName(node.linkName ?? '') : '';
  hash.update(`namemode${node.mode}uid${node.uid}gid${node.gid}size${isFile(node) ? node.size : 0}`);
  hash.update(`typeflag${TYPE_FLAGS[node.type]}linkname`).update(link);
  hash.update(`unamegnamedevmajor${node.devMajor ?? 0}devminor${node.devMinor ?? 0}`);
  return hash;
}

function digestOf(hash: Hash): Digest {
  return `sha256:${hash.digest('hex')}` as Digest;
}
