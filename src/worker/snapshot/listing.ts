import { type BigIntStats, lstatSync, opendirSync } from 'node:fs';
import { execOk } from '../../base/exec.ts';
import type { EntryType } from '../../image/layer/entry.ts';
import { compareNames, decodeName } from '../../image/layer/entry-name.ts';
import { childPath } from '../../image/layer/entry-path.ts';
import { rawPath } from './raw-path.ts';

/** A node as find(1) saw it. Times are as it prints them: the last whole second and, behind a point, what came after it. */
export interface ListedNode {
  readonly path: string;
  readonly type: EntryType | 'socket';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly inode: string;
  readonly mtime: string;
  readonly ctime: string;
}

const TYPES: Readonly<Record<string, ListedNode['type']>> = {
  f: 'file',
  d: 'directory',
  l: 'symlink',
  c: 'character',
  b: 'block',
  p: 'fifo',
  s: 'socket',
};
const FORMAT = '%y %m %U %G %s %i %T@ %C@ %P\\0';
const FIELDS = 8;
const SPACE = 0x20;
const PERMISSIONS = 0o7777n;
/** In nanoseconds. */
const SECOND = 1_000_000_000n;
/** Paths of deeper ones are longer than any call takes (PATH_MAX): nobody could look at them. */
const MAX_DEPTH = '2100';
const MAX_LISTING = 2 * 1024 * 1024 * 1024;

/** So many are looked at in less time than a process takes to start. */
const FEW = 200;

/**
 * Every node below the folder but itself, and but those that are too deep for a path, in byte order of the paths. One child process, whatever the number of files; none for a few.
 * @param few how many that is
 */
export async function listTree(folder: string, signal?: AbortSignal, few = FEW): Promise<ListedNode[]> {
  const nodes = listFew(folder, few) ?? (await findAll(folder, signal));
  return nodes.sort((a, b) => compareNames(a.path, b.path));
}

/** The same without a child process; undefined where there are more, or something that find may tell better. */
function listFew(folder: string, few: number): ListedNode[] | undefined {
  const nodes: ListedNode[] = [];
  const folders = [''];
  try {
    const { dev } = lstatSync(folder, { bigint: true });
    for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
      const names = namesIn(rawPath(folder, at), few - nodes.length);
      if (names === undefined) return undefined;
      for (const name of names) {
        const path = childPath(at, decodeName(name));
        const stat = lstatSync(rawPath(folder, path), { bigint: true });
        nodes.push(nodeOf(path, stat));
        if (stat.isDirectory() && stat.dev === dev) folders.push(path);
      }
    }
    return nodes;
  } catch {
    return undefined;
  }
}

/** Undefined for more names than that. */
function namesIn(folder: Buffer, most: number): readonly Buffer[] | undefined {
  const names: Buffer[] = [];
  const entries = opendirSync(folder, { encoding: 'buffer' as BufferEncoding });
  try {
    for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
      if (names.length >= most) return undefined;
      names.push(entry.name as unknown as Buffer);
    }
    return names;
  } finally {
    entries.closeSync();
  }
}

function nodeOf(path: string, stat: BigIntStats): ListedNode {
  const { mode, uid, gid, size, ino, mtimeNs, ctimeNs } = stat;
  return {
    path,
    type: typeOf(stat),
    mode: Number(mode & PERMISSIONS),
    uid: Number(uid),
    gid: Number(gid),
    size: Number(size),
    inode: String(ino),
    mtime: printed(mtimeNs),
    ctime: printed(ctimeNs),
  };
}

function typeOf(stat: BigIntStats): ListedNode['type'] {
  if (stat.isDirectory()) return 'directory';
  if (stat.isSymbolicLink()) return 'symlink';
  if (stat.isCharacterDevice()) return 'character';
  if (stat.isBlockDevice()) return 'block';
  if (stat.isFIFO()) return 'fifo';
  return stat.isSocket() ? 'socket' : 'file';
}

/** As find prints it: the last whole second, before 1970 too, and ten digits of what came after it. */
function printed(nanoseconds: bigint): string {
  const after = ((nanoseconds % SECOND) + SECOND) % SECOND;
  return `${(nanoseconds - after) / SECOND}.${String(after).padStart(9, '0')}0`;
}

async function findAll(folder: string, signal: AbortSignal | undefined): Promise<ListedNode[]> {
  const argv = ['find', folder, '-mindepth', '1', '-maxdepth', MAX_DEPTH, '-xdev', '-printf', FORMAT];
  const { stdout } = await execOk(argv, {
    signal,
    maxOutput: MAX_LISTING,
  });
  const nodes: ListedNode[] = [];
  for (let from = 0; from < stdout.length; ) {
    const end = stdout.indexOf(0, from);
    nodes.push(parseNode(stdout.subarray(from, end)));
    from = end + 1;
  }
  return nodes;
}

function parseNode(line: Buffer): ListedNode {
  const fields: string[] = [];
  let from = 0;
  for (let i = 0; i < FIELDS; i++) {
    const space = line.indexOf(SPACE, from);
    fields.push(line.toString('latin1', from, space));
    from = space + 1;
  }
  const [type = '', mode = '', uid, gid, size, inode = '', mtime = '', ctime = ''] = fields;
  return {
    path: decodeName(line.subarray(from)),
    type: TYPES[type] ?? 'file',
    mode: Number.parseInt(mode, 8),
    uid: Number(uid),
    gid: Number(gid),
    size: Number(size),
    inode,
    mtime,
    ctime,
  };
}
