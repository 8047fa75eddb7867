import { BuildError } from '../../../base/errors.ts';
import type { FileTree } from '../../../image/file-tree.ts';
import { childPath, parentOf } from '../../../image/layer/entry-path.ts';
import { type Owner, ROOT_OWNER } from './accounts.ts';
import { isArchive } from './archive.ts';
import type { PickedSource } from './copy-sources.ts';
import type { Destination } from './destination.ts';
import { rooted } from './followed-path.ts';
import { type Inode, inodeOf } from './inode.ts';
import type { ModeChange } from './mode-change.ts';
import { type SelectedNode, selectedNodes } from './selected-nodes.ts';
import { unpack } from './unpack.ts';

export interface CopyRules {
  /** Absolute; ends with `/` or `/.` where it means a folder. */
  readonly destination: string;
  readonly owner: Owner | undefined;
  readonly mode: ModeChange | undefined;
  /** Time of what has none of its own: folders that are made, heredocs. */
  readonly mtime: number;
}

type NodePick = Extract<PickedSource, { kind: 'node' }>;

/** Puts what sources selected where it belongs in a root file system. */
export class Copier {
  readonly #destination: Destination;
  readonly #rules: CopyRules;

  constructor(destination: Destination, rules: CopyRules) {
    this.#destination = destination;
    this.#rules = rules;
  }

  /** @throws BuildError `COPY_OVER_FOLDER`, `COPY_OVER_FILE`, `NOT_A_FOLDER` */
  async copy(pick: PickedSource): Promise<void> {
    const isFolder = pick.kind === 'node' && pick.node.type === 'directory';
    const target = await this.#target(isFolder, pick.name);
    if (pick.kind === 'inline') await this.#putText(target, pick.content);
    else await this.#putTree(target, pick);
  }

  /** True when the pick was an archive, whose content is now in the destination folder. */
  async unpack(pick: NodePick): Promise<boolean> {
    if (pick.node.type !== 'file' || !(await isArchive(pick))) return false;
    const { destination, owner, mtime } = this.#rules;
    const folder = await this.#destination.follow(destination);
    await this.#makeFolders(folder, 0o755);
    await unpack(pick, this.#destination, folder, { owner, mtime });
    return true;
  }

  /** The path that a file or folder is copied to; the folders that lead to it are made. */
  async #target(isFolder: boolean, name: string): Promise<string> {
    const { destination } = this.#rules;
    const wanted = rooted(destination);
    const folder = /\/\.?$/.test(destination) ? wanted : (parentOf(wanted) ?? '');
    await this.#makeFolders(await this.#destination.follow(folder));
    const path = await this.#destination.follow(destination);
    const there = path === '' ? 'directory' : (await this.#destination.lookup(path))?.type;
    const target = there === 'directory' && !isFolder ? childPath(path, name) : path;
    await this.#makeFolders(isFolder && there === undefined ? target : (parentOf(target) ?? ''));
    return target;
  }

  #makeFolders(path: string, mode = this.#rules.mode?.madeFolder ?? 0o755): Promise<void> {
    const { owner, mtime } = this.#rules;
    return this.#destination.makeFolders(path, { owner, mode, mtime });
  }

  async #putText(path: string, content: string): Promise<void> {
    const bytes = Buffer.from(content, 'utf8');
    await this.#destination.putFile(
      path,
      this.#changed({
        type: 'file',
        mode: 0o644,
        ...ROOT_OWNER,
        size: bytes.length,
        mtime: this.#rules.mtime,
        content: { kind: 'bytes', bytes },
      }),
    );
  }

  async #putTree(target: string, pick: NodePick): Promise<void> {
    const links = new Map<string, Inode>();
    for await (const selected of selectedNodes(pick)) {
      const path = selected.path === '' ? target : childPath(target, selected.path);
      if (selected.node.type !== 'directory') await this.#putNode(path, pick.tree, selected.node, links);
      else if (selected.path === '') await this.#touchTop(path, selected);
      else await this.#putFolder(path, pick.tree, selected);
    }
  }

  async #putNode(
    path: string,
    tree: FileTree,
    node: SelectedNode['node'],
    links: Map<string, Inode>,
  ): Promise<void> {
    let inode = node.inode === undefined ? undefined : links.get(node.inode);
    if (inode === undefined) {
      inode = this.#changed(inodeOf(tree, node));
      if (node.inode !== undefined) links.set(node.inode, inode);
    }
    await this.#destination.putFile(path, inode);
  }

  /** The folder whose content is copied is there by now and keeps its mode and owner; it takes the time only. */
  async #touchTop(path: string, { node }: SelectedNode): Promise<void> {
    if (path === '') return;
    const before = await this.#destination.lookup(path);
    if (before?.type !== 'directory') throw overFile(path);
    if (node.path !== '') await this.#destination.put(path, { ...before, mtime: node.mtime });
  }

  async #putFolder(path: string, tree: FileTree, { node, onlyParent }: SelectedNode): Promise<void> {
    const before = await this.#destination.lookup(path);
    if (before !== undefined && before.type !== 'directory') throw overFile(path);
    if (onlyParent && before !== undefined) {
      await this.#destination.put(path, { ...before, mode: node.mode });
      return;
    }
    const inode = this.#changed(inodeOf(tree, node));
    if (before?.xattrs !== undefined) inode.xattrs = new Map([...before.xattrs, ...(inode.xattrs ?? [])]);
    await this.#destination.put(path, inode);
  }

  /** With --chown and --chmod. Links have no mode. */
  #changed(inode: Inode): Inode {
    const { owner, mode } = this.#rules;
    if (owner !== undefined) {
      inode.uid = owner.uid;
      inode.gid = owner.gid;
    }
    if (mode !== undefined && inode.type !== 'symlink') {
      inode.mode = mode.apply(inode.mode, inode.type === 'directory');
    }
    return inode;
  }
}

function overFile(path: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'COPY_OVER_FILE',
    message: `cannot copy to non-directory: /${path}`,
    hint: 'A folder is copied, but there is a file or a link of that name. Copy to another name, or delete it in a RUN step before.',
  });
}
