import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { encodeName } from '../../image/layer/entry-name.ts';
import { type ListedNode, listTree } from '../snapshot/listing.ts';

/** What a cache folder holds, as far as it can be kept: sockets and devices are not. */
export interface CacheListing {
  /** In byte order; the folder itself is not among them. */
  readonly paths: readonly string[];
  /** Bytes of all files, those with several names once. */
  readonly size: number;
  /** SHA-256 over names, types, modes, owners, sizes and times; hex. */
  readonly fingerprint: string;
}

const KEPT: ReadonlySet<ListedNode['type']> = new Set(['file', 'directory', 'symlink', 'fifo']);
const PERMISSIONS = 0o7777;

/** Looks at names and metadata alone. The time of a folder alone is no change: locks and temporary files come and go in it. */
export async function listCache(folder: string, signal?: AbortSignal): Promise<CacheListing> {
  const nodes = (await listTree(folder, signal)).filter(({ type }) => KEPT.has(type));
  const hash = createHash('sha256');
  const top = lstatSync(folder);
  hash.update(`${top.mode & PERMISSIONS} ${top.uid} ${top.gid}\0`);
  const inodes = new Set<string>();
  let size = 0;
  for (const node of nodes) {
    const { type, mode, uid, gid } = node;
    const content = type === 'directory' ? '' : `${node.size} ${node.mtime}`;
    hash.update(`${type} ${mode} ${uid} ${gid} ${content} `);
    hash.update(encodeName(node.path));
    hash.update('\0');
    if (type !== 'file' || inodes.has(node.inode)) continue;
    inodes.add(node.inode);
    size += node.size;
  }
  return { paths: nodes.map(({ path }) => path), size, fingerprint: hash.digest('hex') };
}
