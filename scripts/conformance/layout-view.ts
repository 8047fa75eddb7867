import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decompress } from '../../src/image/layer/decompress.ts';
import type { Entry, EntryWithBody } from '../../src/image/layer/entry.ts';
import { readTar } from '../../src/image/layer/tar-read.ts';
import { isObject, type Json, objects, text } from './json-shape.ts';

/** A file of an image. Hard links share one object. */
export interface Inode {
  readonly type: string;
  readonly mode: string;
  readonly uid: number;
  readonly gid: number;
  readonly size?: number;
  readonly sha256?: string;
  readonly target?: string;
  readonly dev?: string;
  readonly xattrs?: Readonly<Record<string, string>>;
  readonly mtime: number;
}

export type Tree = ReadonlyMap<string, Inode>;

/** An image out of an OCI layout folder, its layers laid over each other. */
export interface LayoutView {
  readonly config: Json;
  /** What the lowest `baseLayers` layers add up to. */
  readonly base: Tree;
  readonly tree: Tree;
  readonly layers: number;
}

/** Reads the first image of a layout; of an index, the one for linux/amd64. */
export async function readLayout(folder: string, baseLayers: number): Promise<LayoutView> {
  const index = await readJson(join(folder, 'index.json'));
  const manifest = await imageManifest(folder, index);
  const config = await readBlob(folder, isObject(manifest['config']) ? manifest['config'] : {});
  const layers = objects(manifest['layers']);
  const tree = new Map<string, Inode>();
  let base: Tree = new Map();
  for (const [count, layer] of layers.entries()) {
    if (count === baseLayers) base = new Map(tree);
    await applyLayer(tree, blobPath(folder, layer));
  }
  if (baseLayers >= layers.length && baseLayers > 0) base = new Map(tree);
  return { config, base, tree, layers: layers.length };
}

async function imageManifest(folder: string, index: Json): Promise<Json> {
  const descriptors = objects(index['manifests']).filter((one) => {
    const annotations = isObject(one['annotations']) ? one['annotations'] : {};
    return annotations['vnd.docker.reference.type'] !== 'attestation-manifest';
  });
  const wanted = descriptors.find(
    (one) => isObject(one['platform']) && one['platform']['architecture'] === 'amd64',
  );
  const document = await readBlob(folder, wanted ?? descriptors[0] ?? {});
  return 'manifests' in document ? imageManifest(folder, document) : document;
}

async function readJson(path: string): Promise<Json> {
  const value: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!isObject(value)) throw new TypeError(`${path} holds no object`);
  return value;
}

function blobPath(folder: string, descriptor: Json): string {
  return join(folder, 'blobs', ...text(descriptor['digest']).split(':'));
}

function readBlob(folder: string, descriptor: Json): Promise<Json> {
  return readJson(blobPath(folder, descriptor));
}

const OPAQUE = '.wh..wh..opq';
const WHITEOUT = '.wh.';

async function applyLayer(tree: Map<string, Inode>, path: string): Promise<void> {
  const fresh = new Set<string>();
  for await (const member of readTar(decompress(createReadStream(path), 'auto'))) {
    await applyMember(tree, fresh, member);
  }
}

async function applyMember(
  tree: Map<string, Inode>,
  fresh: Set<string>,
  member: EntryWithBody,
): Promise<void> {
  const { path, type, linkName } = member.entry;
  const slash = path.lastIndexOf('/');
  const folder = slash === -1 ? '' : path.slice(0, slash);
  const name = path.slice(slash + 1);
  if (name === OPAQUE) drop(tree, folder, (below) => !fresh.has(below));
  else if (name.startsWith(WHITEOUT)) {
    const gone = folder === '' ? name.slice(4) : `${folder}/${name.slice(4)}`;
    drop(tree, gone);
    tree.delete(gone);
  } else if (type === 'hardlink') {
    const target = tree.get(linkName ?? '');
    if (target === undefined) return;
    if (tree.get(path) !== target) drop(tree, path);
    tree.set(path, target);
    fresh.add(path);
  } else {
    const old = tree.get(path);
    if (old !== undefined && !(old.type === 'dir' && type === 'directory')) drop(tree, path);
    tree.set(path, await inodeOf(member));
    fresh.add(path);
  }
}

function drop(
  tree: Map<string, Inode>,
  folder: string,
  which: (below: string) => boolean = () => true,
): void {
  const prefix = folder === '' ? '' : `${folder}/`;
  for (const path of tree.keys())
    if (path !== folder && path.startsWith(prefix) && which(path)) tree.delete(path);
}

const TYPES: Readonly<Record<Entry['type'], string>> = {
  file: 'file',
  directory: 'dir',
  symlink: 'symlink',
  hardlink: 'hardlink',
  character: 'char',
  block: 'block',
  fifo: 'fifo',
};

async function inodeOf({ entry, body }: EntryWithBody): Promise<Inode> {
  const { type, devMajor, devMinor, linkName, xattrs } = entry;
  return {
    type: TYPES[type],
    mode: entry.mode.toString(8).padStart(4, '0'),
    uid: entry.uid,
    gid: entry.gid,
    mtime: Math.floor(entry.mtime),
    ...(type === 'file' ? { size: entry.size, sha256: await digestOf(body) } : {}),
    ...(type === 'symlink' ? { target: linkName ?? '' } : {}),
    ...(type === 'character' || type === 'block' ? { dev: `${devMajor ?? 0}:${devMinor ?? 0}` } : {}),
    ...(xattrs === undefined || xattrs.size === 0 ? {} : { xattrs: xattrTexts(xattrs) }),
  };
}

async function digestOf(body: AsyncIterable<Uint8Array> | undefined): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of body ?? []) hash.update(chunk);
  return hash.digest('hex');
}

function xattrTexts(xattrs: ReadonlyMap<string, Uint8Array>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of xattrs) {
    const binary = name === 'security.capability' || value.some((byte) => byte < 32 || byte > 126);
    const bytes = Buffer.from(value);
    texts[name] = binary ? `hex:${bytes.toString('hex')}` : bytes.toString('latin1');
  }
  return texts;
}
