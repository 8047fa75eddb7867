import type { TreeNode } from '../file-tree.ts';
import type { IndexedEntry, LayerIndex } from './entry.ts';

/** A layer as a part of a tree. */
export interface TreeLayer {
  readonly index: LayerIndex;
  /** It is an archive like any other: no name in it means that something is deleted. */
  readonly plain?: true;
  /** The uncompressed tar from its start; asked for once for each reading that needs the layer. */
  open(): Promise<AsyncIterable<Uint8Array>>;
}

/** Where a file's content is. */
export interface Home {
  readonly layer: TreeLayer;
  readonly entry: IndexedEntry;
}

export interface TreeFile {
  readonly node: TreeNode;
  /** The layer that put it here; a hard link's content may be at home in an older one. */
  readonly layer: TreeLayer;
  readonly home: Home;
}

/** Its children are changed only by the extension that owns it, before anyone else sees it. */
export interface TreeFolder {
  readonly node: TreeNode;
  /** undefined for folders that no layer tells of. */
  readonly layer: TreeLayer | undefined;
  readonly owner: symbol;
  readonly children: Map<string, TreeItem>;
}

export type TreeItem = TreeFile | TreeFolder;

export function isFolder(item: TreeItem | undefined): item is TreeFolder {
  return item !== undefined && 'children' in item;
}
