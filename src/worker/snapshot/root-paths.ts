import {
  type BigIntStats,
  closeSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { BuildError } from '../../base/errors.ts';
import { decodeName, encodeName } from '../../image/layer/entry-name.ts';
import { keepingTime } from './keeping-time.ts';
import { setMtime } from './mtime.ts';
import { openInside } from './open-inside.ts';
import { rawPath } from './raw-path.ts';

export interface ResolvedPath {
  /** The path inside the root, every symlink resolved, without a leading slash. */
  readonly inside: string;
  /** The same node from outside. */
  readonly outside: Buffer;
  /** Absent when there is no such node. Never that of a symlink. */
  readonly stat?: BigIntStats;
}

/** Something that stands in for a folder or file inside the root. */
interface Covered {
  readonly inside: string;
  readonly outside: string;
  /** Other steps may have it at the same time. */
  readonly shared?: boolean;
  readonly readonly?: boolean;
}

interface Stub {
  readonly inside: string;
  readonly path: Buffer;
  readonly parent: Buffer;
  readonly folder: boolean;
}

/** As the kernel's MAXSYMLINKS. */
const MAX_LINKS = 40;

/**
 * Finds paths inside a root from outside, with symlinks followed as a process with that root would; nothing inside can lead out. Makes
 * mount points and takes them away again without a trace. Only while no process runs inside.
 */
export class RootPaths {
  readonly #root: string;
  readonly #covers: Covered[] = [];
  readonly #stubs: Stub[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  /** From now on `inside` is this folder or file. Mount points made in a shared one stay: another step may just mount on them. */
  cover(inside: string, outside: string, of: Pick<Covered, 'shared' | 'readonly'> = {}): void {
    this.#covers.push({ inside, outside, ...of });
  }

  /** @throws BuildError `PATH_LOOPS` */
  resolve(path: string): ResolvedPath {
    const done: string[] = [];
    const todo = path.split('/').reverse();
    let links = 0;
    let stat: BigIntStats | undefined = this.#stat('');
    for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
      if (part === '' || part === '.') continue;
      if (part === '..') done.pop();
      else done.push(part);
      stat = this.#stat(done.join('/'));
      if (stat?.isSymbolicLink() !== true) continue;
      if (++links > MAX_LINKS) throw loops(path);
      const target = decodeName(readlinkSync(this.#outside(done.join('/')), { encoding: 'buffer' }));
      if (target.startsWith('/')) done.length = 0;
      else done.pop();
      todo.push(...target.split('/').reverse());
      stat = this.#stat(done.join('/'));
    }
    const inside = done.join('/');
    const outside = this.#outside(inside);
    return stat === undefined ? { inside, outside } : { inside, outside, stat };
  }

  /**
   * Whether all above this path are folders. A step may have put a symlink there meanwhile, which would lead whoever follows it with the
   * worker's privileges to the machine's own files.
   */
  leadsThroughFolders(inside: string): boolean {
    const parts = inside.split('/').slice(0, -1);
    return parts.every((_, i) => this.#stat(parts.slice(0, i + 1).join('/'))?.isDirectory() === true);
  }

  /** What is at a path without symlinks on the way, itself not followed. */
  look(inside: string): BigIntStats | undefined {
    return this.#stat(inside);
  }

  /**
   * Makes what is missing to mount a folder or file at this path.
   * @throws BuildError `MOUNT_TARGET` when a file is in the way, or the place cannot be written to
   */
  mountPoint(path: string, kind: 'folder' | 'file'): ResolvedPath {
    const found = this.resolve(path);
    if (found.stat !== undefined) {
      if (found.stat.isDirectory() !== (kind === 'folder')) throw badTarget(path, kind);
      return found;
    }
    const parts = found.inside.split('/');
    for (let i = 1; i <= parts.length; i++) {
      const inside = parts.slice(0, i).join('/');
      if (this.#stat(inside) !== undefined) continue;
      this.#makeStub(inside, i < parts.length || kind === 'folder', path);
    }
    return this.resolve(path);
  }

  /** Makes a folder that is missing, and those above it, for good; false where a file or a read-only cover is in the way. */
  makeFolder(path: string, owner: { readonly uid: number; readonly gid: number }): boolean {
    const parts = this.resolve(path).inside.split('/');
    for (let i = 1; i <= parts.length; i++) {
      const inside = parts.slice(0, i).join('/');
      const stat = this.#stat(inside);
      if (stat?.isDirectory() === true) continue;
      if (stat !== undefined || this.#coverOf(inside)?.readonly === true) return false;
      const made = this.#outside(inside);
      const cover = this.#coverOf(inside);
      try {
        if (cover?.shared === true)
          makeIn(cover, parts.slice(0, i - 1).join('/'), parts[i - 1] ?? '', true, owner);
        else {
          mkdirSync(made, { mode: 0o755 });
          giveTo(made, owner);
        }
      } catch (cause) {
        if (!isThere(cause)) throw cause;
      }
    }
    return true;
  }

  /** Takes away what `mountPoint` made, unless something was put into it meanwhile. The folders above keep the times they have. */
  removeStubs(): void {
    for (let stub = this.#stubs.pop(); stub !== undefined; stub = this.#stubs.pop()) {
      const { inside, path, parent, folder } = stub;
      if (!this.leadsThroughFolders(inside)) continue;
      try {
        keepingTime(parent, () => removeStub(path, folder));
      } catch {
        // It is in use: then it belongs to the step.
      }
    }
  }

  #makeStub(inside: string, folder: boolean, target: string): void {
    const path = this.#outside(inside);
    const slash = inside.lastIndexOf('/');
    const above = slash === -1 ? '' : inside.slice(0, slash);
    const parent = this.#outside(above);
    const cover = this.#coverOf(inside);
    try {
      if (cover?.shared === true) makeIn(cover, above, inside.slice(slash + 1), folder);
      else keepingTime(parent, () => makeEmpty(path, folder));
    } catch (cause) {
      // Made by another process that has the same shared folder.
      if (isThere(cause)) return;
      throw badTarget(target, folder ? 'folder' : 'file', cause);
    }
    if (cover?.shared !== true) this.#stubs.push({ inside, path, parent, folder });
  }

  #stat(inside: string): BigIntStats | undefined {
    try {
      return lstatSync(this.#outside(inside), { bigint: true, throwIfNoEntry: false });
    } catch {
      // A file where a folder should be (ENOTDIR).
      return undefined;
    }
  }

  #outside(inside: string): Buffer {
    const cover = this.#coverOf(inside);
    if (cover === undefined) return rawPath(this.#root, inside);
    return rawPath(cover.outside, inside.slice(cover.inside.length + 1));
  }

  #coverOf(inside: string): Covered | undefined {
    return this.#covers.findLast((each) => each.inside === inside || inside.startsWith(`${each.inside}/`));
  }
}

/** Another step may put a symlink in the place of what was a folder just now: nothing is made behind one. */
function makeIn(
  { inside, outside }: Covered,
  above: string,
  name: string,
  folder: boolean,
  owner?: Parameters<RootPaths['makeFolder']>[1],
): void {
  const fd = openInside(outside, above.slice(inside.length + 1));
  try {
    const parent = Buffer.from(`/proc/self/fd/${fd}`);
    const path = Buffer.concat([parent, Buffer.from('/'), encodeName(name)]);
    const { mtimeNs } = statSync(parent, { bigint: true });
    makeEmpty(path, folder);
    if (owner !== undefined) giveTo(path, owner);
    setMtime(Buffer.concat([parent, Buffer.from('/.')]), mtimeNs);
  } finally {
    closeSync(fd);
  }
}

function makeEmpty(path: Buffer, folder: boolean): void {
  if (folder) mkdirSync(path, { mode: 0o755 });
  else writeFileSync(path, '', { flag: 'wx', mode: 0o644 });
}

function giveTo(path: Buffer, { uid, gid }: { readonly uid: number; readonly gid: number }): void {
  try {
    lchownSync(path, uid, gid);
  } catch {
    // An id that is not there in this user namespace: the step cannot be that user either, which the sandbox tells.
  }
}

function isThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

function removeStub(path: Buffer, folder: boolean): void {
  if (folder) {
    rmdirSync(path);
    return;
  }
  const stat = lstatSync(path);
  if (stat.isFile() && stat.size === 0) unlinkSync(path);
}

function loops(path: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'PATH_LOOPS',
    message: `Symlinks run in circles on the way to ${path}`,
  });
}

function badTarget(path: string, kind: 'folder' | 'file', cause?: unknown): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'MOUNT_TARGET',
    message: `A ${kind} cannot be mounted at ${path}: ${cause instanceof Error ? cause.message : 'something else is there'}`,
    cause,
  });
}
