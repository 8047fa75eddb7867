import type { FileTree } from '../../../image/file-tree.ts';
import type { CopyOp, CopySource } from '../../../plan/graph.ts';
import { ownerOf } from './accounts.ts';
import { Copier } from './copier.ts';
import { allPicks, type PickedSource } from './copy-sources.ts';
import { Destination } from './destination.ts';
import { layerEntries } from './layer-members.ts';
import { parseModeChange } from './mode-change.ts';
import type { PlannedMember } from './planned-member.ts';

export interface CopyOptions {
  /** Time of folders that are made and of heredocs, seconds since 1970; everything else keeps its own. */
  readonly mtime: number;
}

/**
 * Works COPY and ADD out on trees: what has to be in a layer so that, on top of the destination's, it shows the result. All errors
 * come before the first member, but for those of reading content.
 *
 * The members, with their bytes (`membersWithBodies`), are ready for `writeLayer`. Changed paths bring all their parent folders with them, as some
 * runtimes make missing ones with default modes. What comes out as it was before is left out.
 * @param inputs of the vertex; [0] is the root file system, undefined for `scratch` and with `link`
 * @throws BuildError `COPY_SOURCE_NOT_FOUND`, `COPY_OVER_FOLDER`, `COPY_OVER_FILE`, `NOT_A_FOLDER`, `NO_ACCOUNTS`, `BAD_CHMOD`,
 * `BAD_PATTERN`, `BAD_HEREDOC_NAME`, `TOO_MANY_LINKS`, `TAR_…`, `BAD_COMPRESSION`
 */
export async function copyEntries(
  op: CopyOp,
  inputs: readonly (FileTree | undefined)[],
  options: CopyOptions,
): Promise<readonly PlannedMember[]> {
  const root = op.link ? undefined : inputs[0];
  const destination = new Destination(root);
  const copier = new Copier(destination, {
    destination: op.destination,
    owner: op.chown === undefined ? undefined : await ownerOf(op.chown, root),
    mode: op.chmod === undefined ? undefined : parseModeChange(op.chmod),
    mtime: options.mtime,
  });
  const picks = await allPicks(op, inputs);
  for (const [i, source] of op.sources.entries()) {
    const unpacks = attemptsUnpack(op, source);
    for (const pick of picks[i] ?? []) await put(copier, pick, unpacks);
  }
  return await layerEntries(destination);
}

async function put(copier: Copier, pick: PickedSource, unpacks: boolean): Promise<void> {
  if (unpacks && pick.kind === 'node' && (await copier.unpack(pick))) return;
  await copier.copy(pick);
}

/** Downloads are unpacked on demand only; `always` still leaves alone what is no archive, as BuildKit does. */
function attemptsUnpack({ unpack }: CopyOp, source: CopySource): boolean {
  if (source.kind === 'inline' || unpack === 'never') return false;
  return source.kind === 'path' || unpack === 'always';
}
