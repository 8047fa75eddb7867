import { BuildError } from '../../base/errors.ts';
import type { FileTree, TreeNode } from '../../image/file-tree.ts';
import { decompress } from '../../image/layer/decompress.ts';
import type { Entry, EntryWithBody } from '../../image/layer/entry.ts';
import { layerTree, type TreeLayer } from '../../image/layer/layer-tree.ts';
import { indexLayer } from '../../image/layer/read-layer.ts';
import { compressionOf } from '../../image/media-types.ts';
import { formatPlatform } from '../../image/platform.ts';
import type { Image, Layer } from '../../image/types.ts';
import type { ExportRequest } from '../exporter.ts';

/**
 * The files of the images: folders first, parents before children; then files in an order that is cheap to read, then what
 * else there is, hard links last. Several platforms (or `split`) have a folder each, `linux_amd64`.
 */
export async function* filesOf(
  request: ExportRequest,
  split: boolean | undefined,
): AsyncGenerator<EntryWithBody> {
  const several = request.images.length > 1;
  checkSplit(split, several);
  const inFolders = split ?? several;
  for (const { image } of request.images) {
    const prefix = inFolders ? `${formatPlatform(image.platform).replaceAll('/', '_')}/` : '';
    if (prefix !== '') yield { entry: platformFolder(prefix.slice(0, -1)) };
    const tree = (await request.tree?.(image)) ?? (await treeOf(request, image));
    for await (const { entry, body } of membersOf(tree)) {
      yield { entry: moved(entry, prefix), ...(body === undefined ? {} : { body }) };
    }
  }
}

/** @throws BuildError `OUTPUT_NOT_SUPPORTED` */
export function checkSplit(split: boolean | undefined, several: boolean): void {
  if (split !== false || !several) return;
  throw new BuildError({
    kind: 'user',
    code: 'OUTPUT_NOT_SUPPORTED',
    message: 'platform-split=false would put the files of several platforms over each other',
    hint: 'Leave it out, or build one platform.',
  });
}

async function treeOf(request: ExportRequest, image: Image): Promise<FileTree> {
  const layers: TreeLayer[] = [];
  for (const layer of image.layers) {
    request.signal?.throwIfAborted();
    layers.push(await treeLayer(request, layer));
  }
  return layerTree('the image', layers);
}

async function treeLayer({ content }: ExportRequest, layer: Layer): Promise<TreeLayer> {
  const { mediaType } = layer.descriptor;
  const compression = compressionOf(mediaType);
  if (compression === undefined) {
    throw new BuildError({
      kind: 'user',
      code: 'UNKNOWN_LAYER_TYPE',
      message: `A layer has the media type ${mediaType}, which is not a file system layer that can be read`,
    });
  }
  return {
    index: await indexLayer(await content.open(layer), compression, layer.diffId),
    open: async () => decompress(await content.open(layer), compression),
  };
}

async function* membersOf(tree: FileTree): AsyncGenerator<EntryWithBody> {
  const nodes = await sortedNodes(tree);
  for (const folder of nodes.folders) yield { entry: asEntry(folder) };
  for await (const { entry, body } of tree.read(nodes.read)) {
    yield { entry: asEntry(entry), ...(body === undefined ? {} : { body }) };
  }
  for (const entry of nodes.links) yield { entry };
}

interface SortedNodes {
  readonly folders: TreeNode[];
  readonly read: TreeNode[];
  /** Further names of files that have several. */
  readonly links: Entry[];
}

async function sortedNodes(tree: FileTree): Promise<SortedNodes> {
  const sorted: SortedNodes = { folders: [], read: [], links: [] };
  const firstNames = new Map<string, string>();
  for await (const node of walk(tree, '')) {
    const linkName = firstNames.get(node.inode ?? '');
    if (linkName !== undefined) {
      sorted.links.push({ ...asEntry(node), type: 'hardlink', size: 0, linkName });
      continue;
    }
    if (node.inode !== undefined) firstNames.set(node.inode, node.path);
    (node.type === 'directory' ? sorted.folders : sorted.read).push(node);
  }
  return sorted;
}

async function* walk(tree: FileTree, folder: string): AsyncGenerator<TreeNode> {
  for (const node of await tree.list(folder)) {
    yield node;
    if (node.type === 'directory') yield* walk(tree, node.path);
  }
}

/** Without what only indexes know. */
function asEntry(node: Entry): Entry {
  const { path, type, mode, uid, gid, size, mtime, linkName, devMajor, devMinor, xattrs } = node;
  return {
    path,
    type,
    mode,
    uid,
    gid,
    size,
    mtime,
    ...(linkName === undefined ? {} : { linkName }),
    ...(devMajor === undefined ? {} : { devMajor }),
    ...(devMinor === undefined ? {} : { devMinor }),
    ...(xattrs === undefined ? {} : { xattrs }),
  };
}

function moved(entry: Entry, prefix: string): Entry {
  if (prefix === '') return entry;
  const { linkName } = entry;
  return {
    ...entry,
    path: `${prefix}${entry.path}`,
    ...(entry.type === 'hardlink' && linkName !== undefined ? { linkName: `${prefix}${linkName}` } : {}),
  };
}

function platformFolder(path: string): Entry {
  return { path, type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, mtime: 0 };
}
