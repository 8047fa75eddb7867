import { BuildError } from '../../base/errors.ts';
import type { Entry, EntryWithBody } from '../../image/layer/entry.ts';
import { baseOf, childPath, parentOf } from '../../image/layer/entry-path.ts';

/** OCI image-spec 1.1, layer.md "Whiteouts". */
const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';
/** Other names that begin so are notes of aufs, which nobody reads any more. */
const AUFS_NOTE = '.wh..wh.';
/** As the kernel's MAXSYMLINKS. */
const MAX_LINKS = 40;

/** How whiteouts and owners are to be stored. */
export interface UnpackRules {
  /** overlayfs' mark of a folder that hides what is below it. */
  readonly opaqueAttribute: string;
  /** Whether device nodes can be made; where not they are left out. */
  readonly devices: boolean;
  /** Attributes that this process may not set are left out. */
  readonly keepsAttribute: (name: string) => boolean;
  /** The id to store for one of the layer: a user namespace may not have it. */
  readonly id: (id: number) => number;
}

/** What a layer's folder cannot tell. */
export interface LayerFacts {
  /** Folders that hide what lower layers have in them. */
  readonly opaque: readonly string[];
  /** Folders that the layer has no entry for: they take mode and owner from the layer below. */
  readonly implied: readonly string[];
  /** Hard links to files of layers below, which are not in the folder: path to the file's path. */
  readonly borrowed?: readonly BorrowedLink[];
}

export interface BorrowedLink {
  readonly path: string;
  readonly target: string;
}

/**
 * Turns the members of a layer into members that tar can unpack into an empty folder on its own: no member's path leads through a symlink,
 * every parent comes before its children, hard links point to members that were there, deletions are nodes that overlayfs knows. Hard links
 * to files of layers below are told apart: only the whole stack can say what they are.
 */
export class LayerMembers {
  readonly #rules: UnpackRules;
  readonly #folders = new Map<string, Entry>();
  readonly #others = new Set<string>();
  readonly #symlinks = new Map<string, string>();
  readonly #whiteouts = new Set<string>();
  readonly #opaque = new Set<string>();
  readonly #implied = new Set<string>(['']);
  readonly #borrowed = new Map<string, string>();
  readonly #leftOut = new Set<string>();

  constructor(rules: UnpackRules) {
    this.#rules = rules;
  }

  get facts(): LayerFacts {
    const borrowed = [...this.#borrowed].map(([path, target]) => ({ path, target }));
    const facts = { opaque: [...this.#opaque], implied: [...this.#implied] };
    return borrowed.length === 0 ? facts : { ...facts, borrowed };
  }

  /** @throws BuildError `UNPACK_FAILED` for a path that runs in circles */
  async *transform(members: AsyncIterable<EntryWithBody>): AsyncGenerator<EntryWithBody> {
    for await (const { entry, body } of members) {
      const path = this.#reroot(entry.path);
      if (path === '' && entry.type !== 'directory') continue;
      yield* this.#parents(path);
      if (baseOf(path).startsWith(WHITEOUT)) yield* this.#whiteout(path);
      else yield* this.#member({ ...entry, path }, body);
    }
  }

  *#member(entry: Entry, body: AsyncIterable<Uint8Array> | undefined): Generator<EntryWithBody> {
    const { path } = entry;
    this.#symlinks.delete(path);
    this.#borrowed.delete(path);
    this.#leftOut.delete(path);
    switch (entry.type) {
      case 'directory':
        yield this.#folder(entry);
        return;
      case 'character':
      case 'block':
        if (!this.#rules.devices) {
          this.#leftOut.add(path);
          return;
        }
        break;
      case 'symlink':
        this.#symlinks.set(path, entry.linkName ?? '');
        break;
      case 'hardlink':
        yield* this.#hardLink(entry);
        return;
      case 'file':
      case 'fifo':
        break;
    }
    this.#others.add(path);
    this.#folders.delete(path);
    const stored = this.#stored(entry);
    yield body === undefined ? { entry: stored } : { entry: stored, body };
  }

  #folder(entry: Entry): EntryWithBody {
    if (this.#whiteouts.has(entry.path)) this.#opaque.add(entry.path);
    this.#others.delete(entry.path);
    this.#implied.delete(entry.path);
    this.#folders.set(entry.path, entry);
    return { entry: this.#stored(entry) };
  }

  *#hardLink(entry: Entry): Generator<EntryWithBody> {
    const { path } = entry;
    const target = this.#reroot(entry.linkName ?? '');
    if (path === target) return;
    if (this.#leftOut.has(target)) {
      this.#leftOut.add(path);
      return;
    }
    const lent = this.#borrowed.get(target) ?? (this.#others.has(target) ? undefined : target);
    this.#others.add(path);
    this.#folders.delete(path);
    if (lent === undefined) yield { entry: { ...this.#stored(entry), linkName: target } };
    else this.#borrowed.set(path, lent);
  }

  *#whiteout(path: string): Generator<EntryWithBody> {
    const parent = parentOf(path) ?? '';
    const name = baseOf(path);
    if (name === OPAQUE) {
      yield* this.#makeOpaque(parent);
    } else if (!name.startsWith(AUFS_NOTE)) {
      const hidden = childPath(parent, name.slice(WHITEOUT.length));
      this.#whiteouts.add(hidden);
      if (this.#folders.has(hidden)) yield* this.#makeOpaque(hidden);
      else if (!this.#others.has(hidden)) yield { entry: deviceZero(hidden) };
    }
  }

  /** Says the folder once more, with the mark. */
  *#makeOpaque(path: string): Generator<EntryWithBody> {
    this.#opaque.add(path);
    const folder = this.#folders.get(path);
    if (folder !== undefined) yield { entry: this.#stored(folder) };
  }

  *#parents(path: string): Generator<EntryWithBody> {
    const missing: string[] = [];
    for (let parent = parentOf(path); parent !== undefined && parent !== ''; parent = parentOf(parent)) {
      if (this.#folders.has(parent)) break;
      missing.push(parent);
    }
    for (const parent of missing.reverse()) {
      const member = this.#folder(impliedFolder(parent));
      this.#implied.add(parent);
      yield member;
    }
  }

  #stored(entry: Entry): Entry {
    const { xattrs, ...rest } = entry;
    const kept = new Map([...(xattrs ?? [])].filter(([name]) => this.#rules.keepsAttribute(name)));
    const { opaqueAttribute, id } = this.#rules;
    if (entry.type === 'directory' && this.#opaque.has(entry.path)) {
      kept.set(opaqueAttribute, Buffer.from('y'));
    }
    const owned = { ...rest, uid: id(entry.uid), gid: id(entry.gid) };
    return kept.size === 0 ? owned : { ...owned, xattrs: kept };
  }

  /** The path with every symlink of this layer on the way to it resolved, as if the layer were the root. */
  #reroot(path: string): string {
    if (this.#symlinks.size === 0) return path;
    const done: string[] = [];
    const todo = path.split('/').reverse();
    let links = 0;
    for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
      enter(done, part);
      const target = todo.length === 0 ? undefined : this.#symlinks.get(done.join('/'));
      if (target === undefined) continue;
      if (++links > MAX_LINKS) throw looped(path);
      if (target.startsWith('/')) done.length = 0;
      else done.pop();
      todo.push(...target.split('/').reverse());
    }
    return done.join('/');
  }
}

/** One step of a path. */
function enter(path: string[], part: string): void {
  if (part === '..') path.pop();
  else if (part !== '' && part !== '.') path.push(part);
}

/** overlayfs shows a character device 0:0 as "nothing here" (Linux Documentation/filesystems/overlayfs.rst, "whiteouts and opaque directories"). */
function deviceZero(path: string): Entry {
  return { path, type: 'character', mode: 0, uid: 0, gid: 0, size: 0, mtime: 0, devMajor: 0, devMinor: 0 };
}

function impliedFolder(path: string): Entry {
  return { path, type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, mtime: 0 };
}

function looped(path: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'UNPACK_FAILED',
    message: `A layer has a member whose path runs in circles through symlinks: ${JSON.stringify(path)}`,
  });
}
