import {
  type BigIntStats,
  lstatSync,
  mkdirSync,
  readlinkSync,
  rmdirSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { BuildError } from '../../base/errors.ts';
import { decodeName, encodeName } from '../../image/layer/entry-name.ts';

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
}

interface Stub {
  readonly path: Buffer;
  readonly parent: Buffer;
  readonly folder: boolean;
  /** Time of the parent before and after the stub was made. */
  readonly before: bigint;
  readonly after: bigint;
}

/** As the kernel's MAXSYMLINKS. */
const MAX_LINKS = 40;
const NANO = 1e9;
/** Nanoseconds. */
const TIME_PRECISION = 1000n;

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

  /** From now on `inside` is this folder or file. */
  cover(inside: string, outside: string): void {
    this.#covers.push({ inside, outside });
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

  /** Takes away what `mountPoint` made, unless something was put into it meanwhile, and gives the folders above their times back. */
  removeStubs(): void {
    for (let stub = this.#stubs.pop(); stub !== undefined; stub = this.#stubs.pop()) {
      const now = mtimeOf(stub.parent);
      try {
        removeStub(stub);
      } catch {
        // It is in use: then it belongs to the step.
        continue;
      }
      if (now !== undefined) setMtime(stub.parent, isSameTime(now, stub.after) ? stub.before : now);
    }
  }

  #makeStub(inside: string, folder: boolean, target: string): void {
    const path = this.#outside(inside);
    const slash = inside.lastIndexOf('/');
    const parent = this.#outside(slash === -1 ? '' : inside.slice(0, slash));
    const before = mtimeOf(parent) ?? 0n;
    try {
      if (folder) mkdirSync(path, { mode: 0o755 });
      else writeFileSync(path, '', { flag: 'wx', mode: 0o644 });
    } catch (cause) {
      throw badTarget(target, folder ? 'folder' : 'file', cause);
    }
    this.#stubs.push({ path, parent, folder, before, after: mtimeOf(parent) ?? 0n });
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
    const cover = this.#covers.findLast(
      (each) => each.inside === inside || inside.startsWith(`${each.inside}/`),
    );
    if (cover === undefined) return joined(this.#root, inside);
    return joined(cover.outside, inside.slice(cover.inside.length + 1));
  }
}

function joined(folder: string, path: string): Buffer {
  return path === '' ? Buffer.from(folder) : Buffer.concat([Buffer.from(`${folder}/`), encodeName(path)]);
}

function removeStub(stub: Stub): void {
  if (stub.folder) {
    rmdirSync(stub.path);
    return;
  }
  const stat = lstatSync(stub.path);
  if (stat.isFile() && stat.size === 0) unlinkSync(stub.path);
}

function mtimeOf(path: Buffer): bigint | undefined {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
}

/** Node sets times as a double of seconds, which is exact to a quarter of a microsecond only. */
function isSameTime(a: bigint, b: bigint): boolean {
  return a - b < TIME_PRECISION && b - a < TIME_PRECISION;
}

function setMtime(path: Buffer, mtimeNs: bigint): void {
  const seconds = Number(mtimeNs) / NANO;
  utimesSync(path, seconds, seconds);
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
