import { execOk } from '../../base/exec.ts';
import type { EntryType } from '../../image/layer/entry.ts';
import { compareNames, decodeName } from '../../image/layer/entry-name.ts';

/** A node as find(1) saw it. Times are decimal seconds as printed, good for comparing only. */
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
const MAX_LISTING = 2 * 1024 * 1024 * 1024;

/** Every node below the folder but itself, in byte order of the paths. One child process, whatever the number of files. */
export async function listTree(folder: string, signal?: AbortSignal): Promise<ListedNode[]> {
  const { stdout } = await execOk(['find', folder, '-mindepth', '1', '-xdev', '-printf', FORMAT], {
    signal,
    maxOutput: MAX_LISTING,
  });
  const nodes: ListedNode[] = [];
  for (let from = 0; from < stdout.length; ) {
    const end = stdout.indexOf(0, from);
    nodes.push(parseNode(stdout.subarray(from, end)));
    from = end + 1;
  }
  return nodes.sort((a, b) => compareNames(a.path, b.path));
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
