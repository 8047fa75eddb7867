import type { PatternState } from '../../../dockerfile/pattern-state.ts';
import type { FileTree, TreeNode } from '../../../image/file-tree.ts';
import { baseOf, childPath } from '../../../image/layer/entry-path.ts';
import type { PathPatterns } from './path-patterns.ts';

export interface SelectedNode {
  readonly node: TreeNode;
  /** Path below the folder that is copied; empty for that folder, or the file, itself. */
  readonly path: string;
  /** A folder that is not selected itself but holds something that is. */
  readonly onlyParent: boolean;
}

export interface TreeSelection {
  readonly tree: FileTree;
  readonly node: TreeNode;
  readonly include?: PathPatterns;
  readonly exclude?: PathPatterns;
}

interface Folder {
  readonly node: TreeNode;
  readonly path: string;
  readonly include: PatternState | undefined;
  readonly exclude: PatternState | undefined;
  given: boolean;
}

/**
 * A file, or a folder with all that is selected of its content: parents first, names in byte order. The patterns do not apply to
 * the top itself. Folders that are not selected are looked into, as something below may be.
 */
export async function* selectedNodes(selection: TreeSelection): AsyncGenerator<SelectedNode> {
  const { node } = selection;
  yield { node, path: '', onlyParent: false };
  if (node.type !== 'directory') return;
  yield* below(selection, [{ node, path: '', include: undefined, exclude: undefined, given: true }]);
}

/** @param folders from the top to the one that is listed */
async function* below(selection: TreeSelection, folders: readonly Folder[]): AsyncGenerator<SelectedNode> {
  const parent = folders.at(-1);
  if (parent === undefined) return;
  for (const node of await selection.tree.list(parent.node.path)) {
    const path = childPath(parent.path, baseOf(node.path));
    const included = selection.include?.test(path, parent.include);
    const excluded = selection.exclude?.test(path, parent.exclude);
    const selected = included?.covered !== false && excluded?.covered !== true;
    if (selected) {
      for (const folder of folders) {
        if (folder.given) continue;
        folder.given = true;
        yield { node: folder.node, path: folder.path, onlyParent: true };
      }
      yield { node, path, onlyParent: false };
    }
    if (node.type !== 'directory') continue;
    const folder = { node, path, include: included?.state, exclude: excluded?.state, given: selected };
    yield* below(selection, [...folders, folder]);
  }
}
