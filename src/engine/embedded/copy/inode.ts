import type { FileTree, TreeNode } from '../../../image/file-tree.ts';
import type { Entry } from '../../../image/layer/entry.ts';
import type { Archive } from './archive.ts';

/** Where the bytes of a file come from. */
export type Content =
  | { readonly kind: 'tree'; readonly tree: FileTree; readonly node: TreeNode }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** The member of this number of an archive that ADD unpacks. */
  | { readonly kind: 'member'; readonly archive: Archive; readonly index: number };

/** What a path holds. Hard links are several paths with the same inode, so a change through one shows on all. */
export interface Inode extends Omit<Entry, 'path' | 'mode' | 'uid' | 'gid' | 'mtime' | 'xattrs'> {
  readonly type: Exclude<Entry['type'], 'hardlink'>;
  mode: number;
  uid: number;
  gid: number;
  mtime: number;
  xattrs?: ReadonlyMap<string, Uint8Array>;
  /** Files only. */
  readonly content?: Content;
}

/** A tree's node as an inode of its own. */
export function inodeOf(tree: FileTree, node: TreeNode): Inode {
  const { type, mode, uid, gid, size, mtime, linkName, devMajor, devMinor, xattrs } = node;
  const isFile = type === 'file' || type === 'hardlink';
  return {
    type: isFile ? 'file' : type,
    mode,
    uid,
    gid,
    size,
    mtime,
    ...(linkName === undefined || isFile ? {} : { linkName }),
    ...(devMajor === undefined ? {} : { devMajor }),
    ...(devMinor === undefined ? {} : { devMinor }),
    ...(xattrs === undefined ? {} : { xattrs }),
    ...(isFile ? { content: { kind: 'tree', tree, node } as const } : {}),
  };
}

/** A new folder. */
export function folderInode(mode: number, owner: { uid: number; gid: number }, mtime: number): Inode {
  return { type: 'directory', mode, uid: owner.uid, gid: owner.gid, size: 0, mtime };
}
