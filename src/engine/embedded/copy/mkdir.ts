import type { FileTree } from '../../../image/file-tree.ts';
import type { Entry } from '../../../image/layer/entry.ts';
import type { MkdirOp } from '../../../plan/graph.ts';
import { ownerOf } from './accounts.ts';
import { Destination } from './destination.ts';
import { layerEntries } from './layer-members.ts';

/**
 * WORKDIR: the folders that have to be made, with the existing ones that lead to them; empty when the folder is there. Links on
 * the way are followed inside the root.
 * @param mtime of new folders, seconds since 1970
 * @throws BuildError `NOT_A_FOLDER`, `TOO_MANY_LINKS`; `NO_ACCOUNTS` for a named user on an empty root file system
 */
export async function mkdirEntries(
  op: MkdirOp,
  root: FileTree | undefined,
  mtime: number,
): Promise<readonly Entry[]> {
  const destination = new Destination(root);
  const owner = op.user === '' ? undefined : await ownerOf(op.user, root);
  await destination.makeFolders(await destination.follow(op.path), { owner, mode: 0o755, mtime });
  return (await layerEntries(destination)).map(({ entry }) => entry);
}
