import type { TreeNode } from '../../../image/file-tree.ts';
import { compareNames } from '../../../image/layer/entry-name.ts';
import { baseOf, childPath, parentOf } from '../../../image/layer/entry-path.ts';
import type { Destination } from './destination.ts';
import type { Inode } from './inode.ts';
import { visibleChanges } from './layer-changes.ts';
import type { PlannedMember } from './planned-member.ts';

/** The changes to a root file system as entries of a layer: in byte order of their paths, with all parent folders. */
export async function layerEntries(destination: Destination): Promise<readonly PlannedMember[]> {
  const inodes = new Map(await visibleChanges(destination));
  const whiteouts = await removedPaths(destination);
  for (const path of [...inodes.keys(), ...whiteouts]) await addParents(inodes, path, destination);
  const members: PlannedMember[] = [...whiteouts].map(whiteout);
  const firstNames = new Map<Inode, string>();
  for (const path of [...inodes.keys()].sort(compareNames)) {
    const inode = inodes.get(path);
    if (inode === undefined) continue;
    const first = firstNames.get(inode);
    if (inode.type !== 'directory') firstNames.set(inode, first ?? path);
    members.push(first === undefined ? memberOf(path, inode) : hardLink(path, first, inode));
  }
  return members.sort((a, b) => compareNames(a.entry.path, b.entry.path));
}

async function addParents(inodes: Map<string, Inode>, path: string, destination: Destination): Promise<void> {
  for (let at = parentOf(path); at !== undefined && at !== '' && !inodes.has(at); at = parentOf(at)) {
    const parent = await destination.lookup(at);
    if (parent !== undefined) inodes.set(at, parent);
  }
}

function memberOf(path: string, { content, ...metadata }: Inode): PlannedMember {
  const entry = { path, ...metadata };
  return content === undefined ? { entry } : { entry, content };
}

function hardLink(path: string, linkName: string, { mode, uid, gid, mtime }: Inode): PlannedMember {
  return { entry: { path, type: 'hardlink', linkName, mode, uid, gid, mtime, size: 0 } };
}

/** OCI image-spec 1.1, layer.md "Whiteouts". */
function whiteout(path: string): PlannedMember {
  return {
    entry: {
      path: childPath(parentOf(path) ?? '', `.wh.${baseOf(path)}`),
      type: 'file',
      mode: 0o644,
      uid: 0,
      gid: 0,
      size: 0,
      mtime: 0,
    },
    content: { kind: 'bytes', bytes: new Uint8Array() },
  };
}

/** What a layer has to delete: a new entry hides an old one of its name by itself, but the content of a folder shows through. */
async function removedPaths({ root, gone, changed }: Destination): Promise<ReadonlySet<string>> {
  const removed = new Set<string>();
  if (root === undefined) return removed;
  const remove = async (node: TreeNode): Promise<void> => {
    const now = changed.get(node.path);
    if (now === undefined) removed.add(node.path);
    else if (now.type === 'directory' && node.type === 'directory') {
      for (const child of await root.list(node.path)) await remove(child);
    }
  };
  for (const path of gone) {
    const node = await root.lookup(path);
    if (node !== undefined) await remove(node);
  }
  return removed;
}
