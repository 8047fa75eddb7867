import { BuildError } from '../../../base/errors.ts';
import type { FileTree, TreeNode } from '../../../image/file-tree.ts';
import { parentOf } from '../../../image/layer/entry-path.ts';
import { type Owner, ROOT_OWNER } from './accounts.ts';
import { followPath, notAFolder, rooted } from './followed-path.ts';
import { folderInode, type Inode, inodeOf } from './inode.ts';

/** Mode, owner and time of folders that have to be made on the way. */
export interface FolderDefaults {
  /** Absent: root, and the group of the folder above where that hands it on. */
  readonly owner: Owner | undefined;
  readonly mode: number;
  /** The mode is set once more when the folder is made: it does not hand on the group that it got. */
  readonly exactMode?: true;
  readonly mtime: number;
}

/** Set-group-id of a folder: what is made in it is of its group, and folders get the bit too (mkdir(2)). BuildKit makes folders that way. */
const HANDS_ON_GROUP = 0o2000;

/** A root file system and what a step changes on it. Nothing is written anywhere: the changes are read out at the end. */
export class Destination {
  readonly root: FileTree | undefined;
  /** Path to what is new or changed there. */
  readonly changed = new Map<string, Inode>();
  /** Paths whose original and all below it are gone. */
  readonly gone = new Set<string>();
  /** Folders that the root never had: below them nothing has to be looked up. */
  readonly #fresh = new Set<string>();

  constructor(root: FileTree | undefined) {
    this.root = root;
  }

  /** What is at this path now; no link is followed. */
  async lookup(path: string): Promise<Inode | undefined> {
    const changed = this.changed.get(path);
    if (changed !== undefined) return changed;
    const original = await this.#original(path);
    return original === undefined || this.root === undefined ? undefined : inodeOf(this.root, original);
  }

  /** The root's own node, unless it is gone. */
  async #original(path: string): Promise<TreeNode | undefined> {
    if (this.root === undefined || this.#isHidden(path)) return undefined;
    return this.root.lookup(path);
  }

  /** The path that this one leads to when all links in it are followed. */
  follow(path: string, keepLast = false): Promise<string> {
    return followPath((at) => this.lookup(at), path, keepLast);
  }

  async put(path: string, inode: Inode): Promise<void> {
    if (inode.type === 'directory' && (await this.lookup(path)) === undefined) this.#fresh.add(path);
    this.changed.set(path, inode);
  }

  /** Takes away what is at a path, with all that is below if that is a folder. */
  async remove(path: string): Promise<void> {
    const before = await this.lookup(path);
    if (before?.type === 'directory') this.#forgetBelow(path);
    this.changed.delete(path);
    this.gone.add(path);
  }

  /** Costs as much as there are changes, so not for each file that is replaced. */
  #forgetBelow(path: string): void {
    for (const other of this.changed.keys()) {
      if (other.startsWith(`${path}/`)) this.changed.delete(other);
    }
    for (const other of this.#fresh) {
      if (other === path || other.startsWith(`${path}/`)) this.#fresh.delete(other);
    }
  }

  /**
   * Makes a folder and its parents, where they are not there yet.
   * @param path with all links followed
   * @throws BuildError `NOT_A_FOLDER`
   */
  async makeFolders(path: string, defaults: FolderDefaults): Promise<void> {
    const names = rooted(path).split('/');
    for (let depth = 1; depth <= names.length; depth++) {
      const here = names.slice(0, depth).join('/');
      if (here === '') return;
      const node = await this.lookup(here);
      if (node === undefined) await this.put(here, made(defaults, await this.lookup(parentOf(here) ?? '')));
      else if (node.type !== 'directory') throw notAFolder(here);
    }
  }

  /** @throws BuildError `COPY_OVER_FOLDER` when a folder is in the place of a file */
  async putFile(path: string, inode: Inode): Promise<void> {
    const before = await this.lookup(path);
    if (before?.type === 'directory' || path === '') {
      throw new BuildError({
        kind: 'user',
        code: 'COPY_OVER_FOLDER',
        message: `cannot replace to directory /${path} with file`,
        hint: 'A folder is never replaced by a file: copy to another name, or delete the folder in a RUN step before.',
      });
    }
    this.changed.set(path, inode);
  }

  #isHidden(path: string): boolean {
    if (this.#fresh.has(parentOf(path) ?? '/')) return true;
    if (this.gone.size === 0) return false;
    for (let at: string | undefined = path; at !== undefined; at = parentOf(at)) {
      if (this.gone.has(at)) return true;
    }
    return false;
  }
}

function made({ owner, mode, exactMode, mtime }: FolderDefaults, above: Inode | undefined): Inode {
  const hands = above?.type === 'directory' && (above.mode & HANDS_ON_GROUP) !== 0;
  const shared = hands ? { ...ROOT_OWNER, gid: above.gid } : ROOT_OWNER;
  return folderInode(hands && exactMode !== true ? mode | HANDS_ON_GROUP : mode, owner ?? shared, mtime);
}
