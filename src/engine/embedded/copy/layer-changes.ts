import type { TreeNode } from '../../../image/file-tree.ts';
import { contentDigests, inodeDigests } from './content-digests.ts';
import type { Destination } from './destination.ts';
import type { Inode } from './inode.ts';

/** A changed path that was there before, with the same metadata. */
interface Suspect {
  readonly path: string;
  readonly inode: Inode;
  readonly original: TreeNode;
}

/**
 * The changed paths of which something shows: those that came out as they were before are left out, as they are by the differ of
 * BuildKit. The time of a folder alone is no change.
 */
export async function visibleChanges(destination: Destination): Promise<ReadonlyMap<string, Inode>> {
  const suspects: Suspect[] = [];
  for (const [path, inode] of destination.changed) {
    // What stood there counts, too, if it was taken away on the way here (ADD of an archive replaces what it names).
    const original = await destination.root?.lookup(path);
    if (original !== undefined && sameMetadata(inode, original)) suspects.push({ path, inode, original });
  }
  const same = new Map<string, TreeNode>();
  for (const { path, original } of await withSameContent(destination, suspects)) same.set(path, original);
  const relinked = newLinks(destination, same);
  return new Map(
    [...destination.changed].filter(
      ([path, inode]) => path !== '' && (!same.has(path) || relinked.has(inode)),
    ),
  );
}

function sameMetadata(inode: Inode, original: TreeNode): boolean {
  const type = original.type === 'hardlink' ? 'file' : original.type;
  return (
    inode.type === type &&
    inode.mode === original.mode &&
    inode.uid === original.uid &&
    inode.gid === original.gid &&
    inode.size === original.size &&
    inode.devMajor === original.devMajor &&
    inode.devMinor === original.devMinor &&
    (type === 'file' || inode.linkName === original.linkName) &&
    (type === 'directory' || Math.floor(inode.mtime) === Math.floor(original.mtime)) &&
    sameXattrs(inode.xattrs, original.xattrs)
  );
}

function sameXattrs(a: Inode['xattrs'], b: Inode['xattrs']): boolean {
  if ((a?.size ?? 0) !== (b?.size ?? 0)) return false;
  return [...(a ?? [])].every(([name, value]) => {
    const other = b?.get(name);
    return other !== undefined && Buffer.compare(value, other) === 0;
  });
}

async function withSameContent(
  { root }: Destination,
  suspects: readonly Suspect[],
): Promise<readonly Suspect[]> {
  const files = suspects.filter(({ inode }) => inode.content !== undefined);
  const same = suspects.filter(({ inode }) => inode.content === undefined);
  if (root === undefined || files.length === 0) return same;
  const after = await inodeDigests(files.map(({ inode }) => inode));
  const before = await contentDigests(
    root,
    files.map(({ original }) => original),
  );
  same.push(...files.filter(({ original, inode }) => before.get(original.path) === after.get(inode)));
  return same;
}

/** Files with several names that were not, all of them, one file before. */
function newLinks(destination: Destination, same: ReadonlyMap<string, TreeNode>): ReadonlySet<Inode> {
  const names = new Map<Inode, string[]>();
  for (const [path, inode] of destination.changed) {
    if (inode.type === 'directory') continue;
    const list = names.get(inode);
    if (list === undefined) names.set(inode, [path]);
    else list.push(path);
  }
  const changed = new Set<Inode>();
  for (const [inode, paths] of names) {
    const before = new Set(paths.map((path) => same.get(path)?.inode));
    if (paths.length > 1 && (before.size > 1 || before.has(undefined))) changed.add(inode);
  }
  return changed;
}
