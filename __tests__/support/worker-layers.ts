import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDiffId } from '../../src/image/digest.ts';
import type { Entry, EntryWithBody } from '../../src/image/layer/entry.ts';
import { writeTar } from '../../src/image/layer/tar-write.ts';
import { oneChunk } from '../../src/image/one-chunk.ts';
import type { LayerFile } from '../../src/worker/worker.ts';

export interface LayerNode extends Partial<Omit<Entry, 'path'>> {
  /** Text or bytes of a file. */
  readonly content?: string | Uint8Array;
}

/** Seconds since 1970 of every node that says nothing else. */
export const MTIME = 1_600_000_000;

/** Writes an uncompressed layer: path to node, in this order. */
export async function makeLayer(
  folder: string,
  nodes: Readonly<Record<string, LayerNode>>,
): Promise<LayerFile> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeTar(entriesOf(nodes))) chunks.push(chunk);
  const tar = Buffer.concat(chunks);
  const hex = createHash('sha256').update(tar).digest('hex');
  const path = join(folder, hex);
  await writeFile(path, tar);
  return { diffId: parseDiffId(`sha256:${hex}`), path, compression: 'none' };
}

async function* entriesOf(nodes: Readonly<Record<string, LayerNode>>): AsyncGenerator<EntryWithBody> {
  for (const [path, { content, ...fields }] of Object.entries(nodes)) {
    const bytes = Buffer.from(content ?? '');
    const type = fields.type ?? (content === undefined ? 'directory' : 'file');
    const entry: Entry = {
      path,
      mode: type === 'directory' ? 0o755 : 0o644,
      uid: 0,
      gid: 0,
      mtime: MTIME,
      ...fields,
      type,
      size: type === 'file' ? bytes.length : 0,
    };
    yield type === 'file' ? { entry, body: oneChunk(bytes) } : { entry };
  }
}

/** A root with a static busybox, a few accounts and nothing else: enough for `sh -c`. */
export async function busyboxLayer(folder: string): Promise<LayerFile> {
  const links = [
    'sh',
    'cat',
    'ls',
    'id',
    'echo',
    'rm',
    'mkdir',
    'touch',
    'ln',
    'mv',
    'sleep',
    'env',
    'stat',
    'ps',
    'chmod',
    'chown',
    'find',
    'kill',
    'hostname',
    'mount',
    'umount',
    'mknod',
    'mkfifo',
    'test',
    'true',
    'setsid',
    'tail',
    'head',
    'grep',
    'wc',
    'dd',
    'readlink',
    'nc',
    'ip',
    'chroot',
    'cp',
    'sed',
    'awk',
    'seq',
    'tr',
    'sort',
  ];
  return await makeLayer(folder, {
    bin: {},
    'bin/busybox': { content: await readFile('/bin/busybox'), mode: 0o755 },
    ...Object.fromEntries(
      links.map((name) => [`bin/${name}`, { type: 'symlink' as const, linkName: 'busybox' }]),
    ),
    etc: {},
    'etc/group': { content: 'root:x:0:\nstaff:x:50:app\napp:x:1000:\nextra:x:2000:app,other\n' },
    'etc/passwd': { content: 'root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/home/app:/bin/sh\n' },
    root: { mode: 0o700 },
    tmp: { mode: 0o1777 },
    var: {},
    'var/data': { content: 'data\n' },
  });
}
