import type { FileTree } from '../../../image/file-tree.ts';
import type { EntryWithBody } from '../../../image/layer/entry.ts';
import type { CopyOp, MkdirOp } from '../../../plan/graph.ts';
import { copyEntries } from '../copy/copy.ts';
import { mkdirEntries } from '../copy/mkdir.ts';
import type { PlannedMember } from '../copy/planned-member.ts';
import { checkPivots } from '../copy/selection-digest.ts';

/** COPY and ADD: the new layer's members, worked out on trees; nothing is mounted and nothing needs a privilege. */
export async function runCopy(
  op: CopyOp,
  inputs: readonly (FileTree | undefined)[],
  madeAt: number,
): Promise<readonly PlannedMember[]> {
  // What is read from other steps has no part in the key, so this was not seen before.
  await checkPivots(op, inputs);
  return await copyEntries(op, inputs, { mtime: madeAt });
}

/** WORKDIR. */
export async function* runMkdir(
  op: MkdirOp,
  root: FileTree | undefined,
  madeAt: number,
): AsyncGenerator<EntryWithBody> {
  for (const entry of await mkdirEntries(op, root, madeAt)) yield { entry };
}
