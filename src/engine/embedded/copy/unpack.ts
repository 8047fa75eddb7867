import { BuildError } from '../../../base/errors.ts';
import type { Entry } from '../../../image/layer/entry.ts';
import { baseOf, childPath, parentOf } from '../../../image/layer/entry-path.ts';
import type { TarMember } from '../../../image/layer/tar-read.ts';
import type { Owner } from './accounts.ts';
import { type Archive, archiveMembers } from './archive.ts';
import type { Destination } from './destination.ts';
import { followPath } from './followed-path.ts';
import type { Content, Inode } from './inode.ts';

export interface UnpackOptions {
  /** --chown: replaces the owner of every member. */
  readonly owner: Owner | undefined;
  /** Time of folders that the archive does not name. */
  readonly mtime: number;
}

/**
 * Unpacks a tar into a folder, which is to the archive what `/` is after chroot: neither names nor links lead out of it. Members
 * replace what is there, folders are merged. Owners, modes, times, links and xattrs are the archive's.
 * @param folder with all links followed; it exists
 * @throws BuildError `TAR_…` for a damaged archive, `NOT_A_FOLDER`, `ARCHIVE_LINK` for a hard link to nothing
 */
export async function unpack(
  archive: Archive,
  destination: Destination,
  folder: string,
  options: UnpackOptions,
): Promise<void> {
  const unpacking = new Unpacking(archive, destination, folder, options);
  let index = 0;
  for await (const member of archiveMembers(archive)) {
    await unpacking.put(member, index);
    index += 1;
  }
}

class Unpacking {
  readonly #archive: Archive;
  readonly #destination: Destination;
  readonly #folder: string;
  readonly #options: UnpackOptions;

  constructor(archive: Archive, destination: Destination, folder: string, options: UnpackOptions) {
    this.#archive = archive;
    this.#destination = destination;
    this.#folder = folder;
    this.#options = options;
  }

  async put({ entry }: TarMember, index: number): Promise<void> {
    // The archive's own root says nothing about the folder that it is unpacked into.
    if (entry.path === '') return;
    const path = await this.#placeOf(entry.path);
    const before = await this.#destination.lookup(path);
    const merges = before?.type === 'directory' && entry.type === 'directory';
    if (before !== undefined && !merges) await this.#destination.remove(path);
    const owner = this.#options.owner ?? entry;
    const inode =
      entry.type === 'hardlink'
        ? relinked(await this.#linked(entry.path, entry.linkName ?? ''), entry, owner)
        : memberInode(entry, owner, { kind: 'member', archive: this.#archive, index });
    if (merges && before.xattrs !== undefined) {
      inode.xattrs = new Map([...before.xattrs, ...(inode.xattrs ?? [])]);
    }
    await this.#destination.put(path, inode);
  }

  /** Where a member goes; folders that lead to it are made. */
  async #placeOf(name: string): Promise<string> {
    const parent = await this.#inside(parentOf(name) ?? '', false);
    const { mtime } = this.#options;
    await this.#destination.makeFolders(parent, { owner: undefined, mode: 0o755, exactMode: true, mtime });
    return childPath(parent, baseOf(name));
  }

  async #linked(name: string, target: string): Promise<Inode> {
    const path = await this.#inside(target, true);
    const inode = await this.#destination.lookup(path);
    if (inode === undefined || inode.type === 'directory') {
      throw new BuildError({
        kind: 'user',
        code: 'ARCHIVE_LINK',
        message: `${JSON.stringify(this.#archive.node.path)} has a hard link ${JSON.stringify(name)} to ${JSON.stringify(target)}, which is not there`,
      });
    }
    // From now on it is one file with two names, so its old name belongs to the change too.
    await this.#destination.put(path, inode);
    return inode;
  }

  /** A path of the archive as a path of the destination, with links followed inside of the folder. */
  async #inside(path: string, keepLast: boolean): Promise<string> {
    const lookup = (at: string): Promise<Inode | undefined> => this.#destination.lookup(this.#below(at));
    return this.#below(await followPath(lookup, path, keepLast));
  }

  #below(path: string): string {
    return path === '' ? this.#folder : childPath(this.#folder, path);
  }
}

/** A hard link's header has its say about the file that it links to. */
function relinked(inode: Inode, { mode, mtime }: Entry, { uid, gid }: Owner): Inode {
  inode.uid = uid;
  inode.gid = gid;
  if (inode.type !== 'symlink') {
    inode.mode = mode;
    inode.mtime = mtime;
  }
  return inode;
}

function memberInode(entry: Entry, { uid, gid }: Owner, content: Content): Inode {
  const { path: _, type, mode, ...rest } = entry;
  return {
    ...rest,
    type: type === 'hardlink' ? 'file' : type,
    mode: type === 'symlink' ? 0o777 : mode,
    uid,
    gid,
    ...(type === 'file' ? { content } : {}),
  };
}
