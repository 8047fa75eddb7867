import type { FileTree } from '../../image/file-tree.ts';
import type { EntryWithBody } from '../../image/layer/entry.ts';

/** What a step sees instead of ids that do not exist for it: root, or the kernel's overflow id. */
const STAND_INS: ReadonlySet<number> = new Set([0, 65_534]);

/**
 * What a RUN changed, with owners that it could not see: a file that had one before keeps it. The step saw a stand-in, could give the file
 * to nobody else, and most often only wrote to it.
 * @param before what the step was run on
 * @param highestId ids above it do not exist for the step
 */
export async function* withKeptOwners(
  members: AsyncIterable<EntryWithBody>,
  before: FileTree | undefined,
  highestId: number,
): AsyncGenerator<EntryWithBody> {
  const kept = (now: number, then: number): number => (then > highestId && STAND_INS.has(now) ? then : now);
  for await (const member of members) {
    const { entry } = member;
    const old = entry.type === 'hardlink' ? undefined : await before?.lookup(entry.path);
    if (old === undefined || old.type !== entry.type) yield member;
    else
      yield { ...member, entry: { ...entry, uid: kept(entry.uid, old.uid), gid: kept(entry.gid, old.gid) } };
  }
}
