import { lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { BuildError } from '../../base/errors.ts';
import type { Digest } from '../../image/digest.ts';
import type { FileTree, ReadOptions, TreeNode } from '../../image/file-tree.ts';
import type { Entry, EntryType, EntryWithBody } from '../../image/layer/entry.ts';
import { compareNames, decodeName, encodeName } from '../../image/layer/entry-name.ts';
import { childPath, parentOf } from '../../image/layer/entry-path.ts';
import { type FileMark, KnownDigests } from './known-digests.ts';
import { hashLargeFile, hashSmallFile, readingMemory, readListedFile } from './local-file.ts';

export interface LocalTreeOptions {
  /** What messages call the tree. */
  readonly name: string;
  /** The folder; links in the path to it are followed. */
  readonly root: string;
  /**
   * Whether a path belongs to the tree. A folder that does not is there all the same when something in it does, unless the answer
   * was `prune`: then nothing in it is looked at. Default: everything.
   */
  readonly includes?: (path: string, isDirectory: boolean) => boolean | 'prune';
  /** What keeps paths out, for messages: `.dockerignore`. */
  readonly excludedBy?: string;
  /** Owners as on disk instead of 0:0, which is what build contexts have (BuildKit, client/solve.go). Default: false. */
  readonly keepOwners?: boolean;
  /** Files that earlier builds have hashed need not be read for it again. */
  readonly known?: KnownDigests;
  /** Ends all that is being read. */
  readonly signal?: AbortSignal;
}

/** Synchronous system calls are several times faster than asynchronous ones here; this long, in ms, before others get a turn. */
const LONGEST_TURN = 10;
/** Larger files are hashed asynchronously, so that more than one processor is used; bytes. */
const SMALL_FILE = 512 * 1024;
/** Large files hashed at the same time. */
const IN_FLIGHT = 4;

/**
 * A folder of this machine as a tree. What is listed once stays as it was found, so that all steps of a build see one state;
 * reading a file that has changed since then is an error. Links are never followed. Sockets are left out: no tar can hold them.
 * Extended attributes are not seen, as Node has no call for them.
 * @throws BuildError (when used) `CONTEXT_UNREADABLE`
 */
export function localTree(options: LocalTreeOptions): FileTree {
  return new LocalTree(options);
}

class LocalTree implements FileTree {
  readonly name: string;
  readonly #options: LocalTreeOptions;
  readonly #lists = new Map<string, Promise<readonly TreeNode[]>>();
  readonly #digests = new Map<string, Digest>();
  readonly #marks = new Map<string, FileMark>();
  #turnEnds = 0;

  constructor(options: LocalTreeOptions) {
    this.name = options.name;
    this.#options = options;
  }

  async lookup(path: string): Promise<TreeNode | undefined> {
    if (path === '') return this.#node('', this.#stat(''));
    const siblings = await this.list(parentOf(path) ?? '');
    return findPath(siblings, path);
  }

  async list(path: string): Promise<readonly TreeNode[]> {
    let list = this.#lists.get(path);
    if (list === undefined) {
      list = this.#list(path);
      this.#lists.set(path, list);
    }
    return list;
  }

  async *read(
    nodes: readonly TreeNode[],
    { fleeting }: ReadOptions = {},
  ): AsyncGenerator<EntryWithBody & { readonly entry: Entry }> {
    const { signal } = this.#options;
    const memory = fleeting === true ? readingMemory() : undefined;
    for (const node of nodes) {
      if (node.type !== 'file') {
        yield { entry: node };
        continue;
      }
      const body = readListedFile(this.#onDisk(node.path), node, this.name, { memory, signal });
      const content = this.#digests.get(node.path);
      yield content === undefined ? { entry: node, body } : { entry: node, body, content };
    }
  }

  async digests(nodes: readonly TreeNode[]): Promise<readonly Digest[]> {
    const pending: TreeNode[] = [];
    const memory = readingMemory();
    for (const node of nodes) {
      if (this.#digests.has(node.path) || this.#isKnown(node)) continue;
      if (node.size > SMALL_FILE) pending.push(node);
      else {
        this.#note(node, hashSmallFile(this.#onDisk(node.path), node, this.name, memory));
        await this.#giveTurn();
      }
    }
    const workers = Array.from({ length: IN_FLIGHT }, async () => {
      for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
        this.#note(node, await hashLargeFile(this.#onDisk(node.path), node, this.name, this.#options.signal));
      }
    });
    await Promise.all(workers);
    return nodes.map((node) => this.#digests.get(node.path) as Digest);
  }

  #isKnown({ path }: TreeNode): boolean {
    const mark = this.#marks.get(path);
    const digest = mark === undefined ? undefined : this.#options.known?.of(path, mark);
    if (digest !== undefined) this.#digests.set(path, digest);
    return digest !== undefined;
  }

  #note({ path }: TreeNode, digest: Digest): void {
    this.#digests.set(path, digest);
    const mark = this.#marks.get(path);
    if (mark !== undefined) this.#options.known?.note(path, mark, digest);
  }

  async explainAbsence(path: string): Promise<string | undefined> {
    const { excludedBy, includes } = this.#options;
    const stats = this.#stat(path);
    if (stats?.isSocket() === true) return `/${path} is a socket, and a layer can hold none.`;
    if (includes === undefined || stats === undefined) return undefined;
    return `/${path} exists, but ${excludedBy ?? 'the ignore file'} keeps it out of ${this.name}.`;
  }

  async #list(path: string): Promise<readonly TreeNode[]> {
    await this.#giveTurn();
    if (!(await this.#isFolder(path))) return [];
    const nodes: TreeNode[] = [];
    for (const name of this.#names(path)) {
      const node = await this.#child(childPath(path, name));
      if (node !== undefined) nodes.push(node);
    }
    return nodes;
  }

  /** Only a folder that its own parent's list shows can be listed: so no link is ever followed on the way. */
  async #isFolder(path: string): Promise<boolean> {
    if (path === '') return true;
    if (/(?:^|\/)\.{0,2}$/.test(path)) return false;
    const parent = parentOf(path) ?? '';
    if (!(await this.#isFolder(parent))) return false;
    return this.#stat(path)?.isDirectory() === true && this.#options.includes?.(path, true) !== 'prune';
  }

  /** Undefined for what does not belong to the tree. */
  async #child(path: string): Promise<TreeNode | undefined> {
    const stats = this.#stat(path);
    if (stats === undefined || stats.isSocket()) return undefined;
    const included = this.#options.includes?.(path, stats.isDirectory()) ?? true;
    if (included === true) return this.#node(path, stats);
    if (included === 'prune' || !stats.isDirectory()) return undefined;
    return (await this.list(path)).length > 0 ? this.#node(path, stats) : undefined;
  }

  #names(path: string): readonly string[] {
    const folder = this.#onDisk(path);
    try {
      const names = readdirSync(folder);
      // U+FFFD is what Node makes of bytes that are no UTF-8, so such a folder is read again as bytes.
      const exact = names.some((name) => name.includes('\uFFFD'))
        ? readdirSync(folder, { encoding: 'buffer' }).map(decodeName)
        : names;
      return exact.sort(compareNames);
    } catch (cause) {
      throw unreadable(path, this.name, cause);
    }
  }

  #stat(path: string): Stats | undefined {
    try {
      // The root itself may be a link, which only a path that goes on follows.
      const onDisk = path === '' ? `${this.#options.root}/.` : this.#onDisk(path);
      return lstatSync(onDisk, { throwIfNoEntry: false });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
      throw unreadable(path, this.name, cause);
    }
  }

  #node(path: string, stats: Stats | undefined): TreeNode | undefined {
    if (stats === undefined) return undefined;
    const type = typeOf(stats);
    const { keepOwners, known } = this.#options;
    if (known !== undefined && type === 'file') this.#marks.set(path, KnownDigests.markOf(stats));
    return {
      path,
      type,
      mode: stats.mode & 0o7777,
      uid: keepOwners === true ? stats.uid : 0,
      gid: keepOwners === true ? stats.gid : 0,
      size: type === 'file' ? stats.size : 0,
      mtime: stats.mtimeMs / 1000,
      ...(type === 'symlink' ? { linkName: this.#linkTarget(path) } : {}),
      ...(type === 'character' || type === 'block' ? deviceNumbers(stats.rdev) : {}),
      ...(type === 'file' && stats.nlink > 1 ? { inode: `${stats.dev}:${stats.ino}` } : {}),
    };
  }

  #linkTarget(path: string): string {
    try {
      return decodeName(readlinkSync(this.#onDisk(path), { encoding: 'buffer' }));
    } catch (cause) {
      throw unreadable(path, this.name, cause);
    }
  }

  #onDisk(path: string): string | Buffer {
    if (path.isWellFormed()) return join(this.#options.root, path);
    return Buffer.concat([Buffer.from(`${this.#options.root}/`), encodeName(path)]);
  }

  async #giveTurn(): Promise<void> {
    this.#options.signal?.throwIfAborted();
    if (performance.now() < this.#turnEnds) return;
    await nextTurn();
    this.#turnEnds = performance.now() + LONGEST_TURN;
  }
}

function typeOf(stats: Stats): EntryType {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'symlink';
  if (stats.isFIFO()) return 'fifo';
  return stats.isBlockDevice() ? 'block' : 'character';
}

/** Linux's encoding of a device number (glibc, sys/sysmacros.h). */
function deviceNumbers(device: number): { devMajor: number; devMinor: number } {
  const high = Math.floor(device / 2 ** 32);
  const low = device % 2 ** 32;
  return {
    devMajor: ((low >>> 8) & 0xfff) + (high & ~0xfff),
    devMinor: (low & 0xff) + (((low >>> 12) & ~0xff) >>> 0),
  };
}

/** By halving: lists are in byte order. */
function findPath(nodes: readonly TreeNode[], path: string): TreeNode | undefined {
  let low = 0;
  let high = nodes.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const node = nodes[middle];
    const order = node === undefined ? 0 : compareNames(node.path, path);
    if (order === 0) return node;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

function unreadable(path: string, tree: string, cause: unknown): BuildError {
  const { code, message } = cause as NodeJS.ErrnoException;
  return new BuildError({
    kind: 'environment',
    code: 'CONTEXT_UNREADABLE',
    message: `/${path} of ${tree} cannot be read: ${code ?? message}`,
    hint: 'Make it readable for the user that runs the build, or exclude it in .dockerignore.',
    cause,
  });
}
