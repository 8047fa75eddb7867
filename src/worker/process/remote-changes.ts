import type { Entry, EntryWithBody } from '../../image/layer/entry.ts';
import { compareNames } from '../../image/layer/entry-name.ts';
import { baseOf, childPath, parentOf } from '../../image/layer/entry-path.ts';
import type { DifferencePlan } from '../protocol.ts';
import { ownAttributes } from '../snapshot/attributes.ts';

/** Members of a run's tar with its deletions between them, all in byte order of their paths. */
export async function* mergeChanges(
  plan: DifferencePlan,
  members: AsyncIterable<EntryWithBody>,
): AsyncGenerator<EntryWithBody> {
  const whiteouts = plan.deleted.map(whiteoutOf).sort((a, b) => compareNames(a.path, b.path));
  let next = 0;
  for await (const member of members) {
    const entry = withoutOverlayAttributes(member.entry);
    if (entry.path === '') continue;
    for (let whiteout = whiteouts[next]; whiteout !== undefined; whiteout = whiteouts[next]) {
      if (compareNames(whiteout.path, entry.path) > 0) break;
      yield { entry: whiteout };
      next += 1;
    }
    yield member.body === undefined ? { entry } : { entry, body: member.body };
  }
  for (const whiteout of whiteouts.slice(next)) yield { entry: whiteout };
}

/** OCI image-spec 1.1, layer.md "Whiteouts": an empty file whose name is `.wh.` and that of what is gone. */
function whiteoutOf(path: string): Entry {
  return {
    path: childPath(parentOf(path) ?? '', `.wh.${baseOf(path)}`),
    type: 'file',
    mode: 0,
    uid: 0,
    gid: 0,
    size: 0,
    mtime: 0,
  };
}

function withoutOverlayAttributes(entry: Entry): Entry {
  if (entry.xattrs === undefined) return entry;
  const { xattrs, ...rest } = entry;
  const kept = ownAttributes(xattrs);
  return kept === undefined ? rest : { ...rest, xattrs: kept };
}
