import { BuildError } from '../../base/errors.ts';
import type { Entry, EntryType, EntryWithBody } from '../../image/layer/entry.ts';
import { parentOf } from '../../image/layer/entry-path.ts';
import type { UnpackRules } from '../snapshot/layer-members.ts';

/** Characters of all names, which are held while an archive is unpacked: they pack well, and may be many. */
const MOST_NAMES = 256 * 1024 * 1024;

/**
 * Members of a cache folder's archive, which anybody may have written, as tar can unpack them on its own: each once, below a folder that the
 * archive itself made before, so that no path leads through a symlink; hard links to members that were there; no devices.
 * @throws BuildError `CACHE_MOUNT_BAD`
 */
export async function* checkedMembers(
  members: AsyncIterable<EntryWithBody>,
  rules: Pick<UnpackRules, 'id' | 'keepsAttribute'>,
): AsyncGenerator<EntryWithBody> {
  const seen = new Map<string, EntryType>();
  let names = 0;
  for await (const { entry, body } of members) {
    const wrong = whyRefused(entry, seen);
    if (wrong !== undefined) throw badArchive(`${wrong}: ${JSON.stringify(entry.path)}`);
    names += entry.path.length;
    if (names > MOST_NAMES) throw badArchive(`has names of more than ${MOST_NAMES} characters in all`);
    seen.set(entry.path, entry.type);
    const stored = storedEntry(entry, rules);
    yield body === undefined ? { entry: stored } : { entry: stored, body };
  }
}

function whyRefused(
  { path, type, linkName }: Entry,
  seen: ReadonlyMap<string, EntryType>,
): string | undefined {
  if (seen.has(path)) return 'holds a member twice';
  const parent = parentOf(path) ?? '';
  // The folder itself is there before the archive says so.
  if (parent !== '' && seen.get(parent) !== 'directory') return 'has a member below what is no folder of it';
  if (type === 'character' || type === 'block') return 'holds a device';
  if (type !== 'hardlink') return undefined;
  const target = seen.get(linkName ?? '');
  return target === undefined || target === 'directory'
    ? 'has a hard link to what it does not hold'
    : undefined;
}

/** Owners that do not exist here become others, attributes that may not be set here are left out. */
function storedEntry(
  entry: Entry,
  { id, keepsAttribute }: Pick<UnpackRules, 'id' | 'keepsAttribute'>,
): Entry {
  const { xattrs, ...rest } = entry;
  const owned = { ...rest, uid: id(entry.uid), gid: id(entry.gid) };
  const kept = [...(xattrs ?? [])].filter(([name]) => keepsAttribute(name));
  return kept.length === 0 ? owned : { ...owned, xattrs: new Map(kept) };
}

export function badArchive(what: string): BuildError {
  return new BuildError({ kind: 'remote', code: 'CACHE_MOUNT_BAD', message: `its archive ${what}` });
}
