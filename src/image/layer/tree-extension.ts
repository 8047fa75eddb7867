import { BuildError } from '../../base/errors.ts';
import type { TreeNode } from '../file-tree.ts';
import type { IndexedEntry } from './entry.ts';
import { baseOf, childPath, parentOf } from './entry-path.ts';
import { isFolder, type TreeFile, type TreeFolder, type TreeItem, type TreeLayer } from './tree-item.ts';
import { whiteoutOf } from './whiteout.ts';

/** As many symbolic links as Linux follows for one path, and some more for layers made elsewhere. */
const MAX_LINKS = 255;

/**
 * Puts one layer over a tree. The tree below stays as it is: folders are copied when they change, once for each extension. Entries land where a container
 * runtime would unpack them: parents that are symbolic links of the tree are followed, missing ones are made.
 */
export class TreeExtension {
  readonly #owner = Symbol('extension');
  readonly #layer: TreeLayer;
  /** Folders by the path under which entries name them; emptied whenever a path may lead elsewhere from now on. */
  readonly #folders = new Map<string, TreeFolder>();
  #root: TreeFolder;

  private constructor(root: TreeFolder, layer: TreeLayer) {
    this.#layer = layer;
    this.#root = this.#copyOf(root);
  }

  /** @throws BuildError `LAYER_BROKEN_LINK`, `LAYER_LINK_LOOP` */
  static apply(root: TreeFolder, layer: TreeLayer): TreeFolder {
    const extension = new TreeExtension(root, layer);
    for (const entry of layer.index.entries) extension.#add(entry);
    return extension.#root;
  }

  #add(entry: IndexedEntry): void {
    const whiteout = this.#layer.plain === true ? undefined : whiteoutOf(entry.path);
    if (whiteout?.kind === 'removed') this.#remove(whiteout.path);
    else if (whiteout?.kind === 'opaque') this.#empty(whiteout.path);
    if (whiteout !== undefined) return;
    if (entry.path === '') this.#setRoot(entry);
    else this.#put(this.#folderAt(parentOf(entry.path) ?? ''), entry);
  }

  #setRoot(entry: IndexedEntry): void {
    if (entry.type !== 'directory') return;
    this.#root = { ...this.#root, node: entry, layer: this.#layer };
    this.#folders.clear();
  }

  #put(parent: TreeFolder, entry: IndexedEntry): void {
    const name = baseOf(entry.path);
    const path = childPath(parent.node.path, name);
    const node = path === entry.path ? entry : { ...entry, path };
    const existing = parent.children.get(name);
    if (entry.type === 'directory') {
      const children = isFolder(existing) ? this.#own(parent, name, existing).children : new Map();
      parent.children.set(name, { node, layer: this.#layer, owner: this.#owner, children });
    } else if (entry.type === 'hardlink') {
      parent.children.set(name, this.#linked(node));
    } else {
      parent.children.set(name, { node, layer: this.#layer, home: { layer: this.#layer, entry } });
    }
    if (existing !== undefined || entry.type === 'symlink') this.#pathChanged(existing, entry);
  }

  #pathChanged(existing: TreeItem | undefined, entry: IndexedEntry): void {
    const before = existing?.node.type;
    if (before === 'directory' || before === 'symlink' || entry.type === 'symlink') this.#folders.clear();
  }

  /** A file of its own that shares content with the target. Runtimes put the link's own mode, owner and time on it; xattrs add up. */
  #linked(node: TreeNode): TreeFile {
    const target = this.#linkTarget(node);
    const { mode, uid, gid, mtime, path } = node;
    const xattrs = new Map([...(target.node.xattrs ?? []), ...(node.xattrs ?? [])]);
    const shared: TreeNode = { ...target.node, path, mode, uid, gid, mtime };
    return {
      node: xattrs.size === 0 ? shared : { ...shared, xattrs },
      layer: this.#layer,
      home: target.home,
    };
  }

  /** The file that the link shares, which from now on has an inode to tell that by. */
  #linkTarget(link: TreeNode): TreeFile {
    const path = link.linkName ?? '';
    const target = this.#find(path);
    if (target === undefined || isFolder(target)) throw brokenLink(link);
    if (target.node.inode !== undefined) return target;
    const { layer, entry } = target.home;
    const shared: TreeFile = {
      ...target,
      node: { ...target.node, inode: `${layer.index.diffId}/${entry.path}` },
    };
    this.#folderAt(parentOf(path) ?? '').children.set(baseOf(path), shared);
    return shared;
  }

  /** Whiteouts hide what is below this layer and nothing of the layer itself, wherever in it they stand. */
  #remove(path: string): void {
    const parent = this.#walk(parentOf(path) ?? '', false);
    const name = baseOf(path);
    if (parent?.children.has(name) !== true) return;
    const folder = this.#folderAt(parent.node.path);
    const kept = this.#withoutLower(folder.children.get(name));
    if (kept === undefined) folder.children.delete(name);
    else folder.children.set(name, kept);
    this.#folders.clear();
  }

  #empty(path: string): void {
    const found = this.#walk(path, false);
    if (found === undefined || found.children.size === 0) return;
    const folder = this.#folderAt(found.node.path);
    for (const [name, child] of [...folder.children]) {
      const kept = this.#withoutLower(child);
      if (kept === undefined) folder.children.delete(name);
      else folder.children.set(name, kept);
    }
    this.#folders.clear();
  }

  /** What this layer has put there; undefined when that is nothing. */
  #withoutLower(item: TreeItem | undefined): TreeItem | undefined {
    if (item === undefined) return undefined;
    if (!isFolder(item)) return item.layer === this.#layer ? item : undefined;
    const children = new Map<string, TreeItem>();
    for (const [name, child] of item.children) {
      const kept = this.#withoutLower(child);
      if (kept !== undefined) children.set(name, kept);
    }
    if (children.size === 0 && item.layer !== this.#layer) return undefined;
    return { ...item, owner: this.#owner, children };
  }

  /** What is at the path, symbolic links followed in all but its last part. */
  #find(path: string): TreeItem | undefined {
    if (path === '') return this.#root;
    const parent = this.#walk(parentOf(path) ?? '', false);
    return parent?.children.get(baseOf(path));
  }

  /** The folder at the path, symbolic links followed, made where it is missing, ready to be changed. */
  #folderAt(path: string): TreeFolder {
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const folder = this.#walk(path, true) ?? this.#root;
    this.#folders.set(path, folder);
    return folder;
  }

  /** `write`: own every folder on the way and make missing ones; else undefined for a path that is not there. */
  #walk(path: string, write: boolean): TreeFolder | undefined {
    const way: TreeFolder[] = [];
    let current = this.#root;
    let links = 0;
    const ahead = partsOf(path).reverse();
    for (let part = ahead.pop(); part !== undefined; part = ahead.pop()) {
      if (part === '..') {
        current = way.pop() ?? this.#root;
        continue;
      }
      const child = current.children.get(part);
      const target = child?.node.type === 'symlink' ? (child.node.linkName ?? '') : undefined;
      if (target === undefined) {
        const next = this.#step(current, part, child, write);
        if (next === undefined) return undefined;
        way.push(current);
        current = next;
        continue;
      }
      links = oneMore(links, path);
      ahead.push(...partsOf(target).reverse());
      if (target.startsWith('/')) {
        way.length = 0;
        current = this.#root;
      }
    }
    return current;
  }

  #step(
    current: TreeFolder,
    name: string,
    child: TreeItem | undefined,
    write: boolean,
  ): TreeFolder | undefined {
    if (isFolder(child)) return write ? this.#own(current, name, child) : child;
    if (!write) return undefined;
    const made = implicitFolder(childPath(current.node.path, name), this.#owner, this.#layer);
    current.children.set(name, made);
    return made;
  }

  #own(parent: TreeFolder, name: string, folder: TreeFolder): TreeFolder {
    if (folder.owner === this.#owner) return folder;
    const copy = this.#copyOf(folder);
    parent.children.set(name, copy);
    return copy;
  }

  #copyOf(folder: TreeFolder): TreeFolder {
    return { ...folder, owner: this.#owner, children: new Map(folder.children) };
  }
}

/** A folder that exists only because something is in it: runtimes make it as root's with mode 755. */
export function implicitFolder(path: string, owner: symbol, layer: TreeLayer | undefined): TreeFolder {
  const node: TreeNode = { path, type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, mtime: 0 };
  return { node, layer, owner, children: new Map() };
}

function brokenLink({ path, linkName }: TreeNode): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'LAYER_BROKEN_LINK',
    message: `A layer has a hard link ${JSON.stringify(path)} to ${JSON.stringify(linkName)}, which is no file`,
    hint: 'The image cannot be unpacked by any runtime: it is damaged.',
  });
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

function oneMore(links: number, path: string): number {
  if (links < MAX_LINKS) return links + 1;
  throw new BuildError({
    kind: 'user',
    code: 'LAYER_LINK_LOOP',
    message: `A layer has something at ${JSON.stringify(path)}, which leads through symbolic links in a circle`,
  });
}
