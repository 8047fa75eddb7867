import { BuildError } from '../../base/errors.ts';
import type { TreeNode } from '../file-tree.ts';
import { ByteReader } from './byte-reader.ts';
import type { EntryWithBody, IndexedEntry } from './entry.ts';
import { readTar } from './tar-read.ts';
import type { Home, TreeLayer } from './tree-item.ts';
import { WatchedBytes } from './watched-bytes.ts';

/** A file whose content is wanted. */
export interface WantedFile {
  readonly node: TreeNode;
  readonly home: Home;
}

/** Files that share a piece of their layer: one, or hard links to each other. */
interface Placed {
  readonly offset: number;
  readonly size: number;
  readonly nodes: readonly TreeNode[];
}

/** Content that several files share is kept up to this, in bytes; what is larger is read again for each. */
const SHARED_LIMIT = 8 * 1024 * 1024;

/**
 * The files with their content. Each layer is read once from its start to the last file wanted of it; again only for large files that share their
 * content. Contents are checked against their digests.
 * @throws BuildError `CONTENT_CHANGED`
 */
export async function* readContent(files: readonly WantedFile[]): AsyncGenerator<EntryWithBody> {
  for (const file of files) {
    if (file.home.entry.size === 0) yield { entry: file.node, body: none() };
  }
  const byLayer = Map.groupBy(
    files.filter((file) => file.home.entry.size > 0),
    (file) => file.home.layer,
  );
  for (const [layer, wanted] of byLayer) yield* readFromLayer(layer, wanted);
}

async function* readFromLayer(
  layer: TreeLayer,
  wanted: readonly WantedFile[],
): AsyncGenerator<EntryWithBody> {
  const pieces = Map.groupBy(wanted, (file) => file.home.entry.offset);
  const scattered = pieces.get(undefined) ?? [];
  const placed: Placed[] = [];
  for (const [offset, files] of pieces) {
    if (offset === undefined) continue;
    placed.push({ offset, size: files[0]?.node.size ?? 0, nodes: files.map(({ node }) => node) });
  }
  placed.sort((a, b) => a.offset - b.offset);
  for (let rest: readonly Placed[] = placed; rest.length > 0; ) {
    const later: Placed[] = [];
    yield* onePass(layer, rest, later);
    rest = later;
  }
  for (const file of scattered) yield* readSparse(layer, file.home.entry, file.node);
}

/** What cannot be given out in this pass goes to `later`. */
async function* onePass(
  layer: TreeLayer,
  pieces: readonly Placed[],
  later: Placed[],
): AsyncGenerator<EntryWithBody> {
  const reader = new ByteReader(await layer.open(), { cutOff: () => changed('A layer') });
  try {
    for (const { offset, size, nodes } of pieces) {
      const [first, ...others] = nodes;
      if (first === undefined) continue;
      if (offset < reader.position) throw changed('The index of a layer');
      await reader.skip(offset - reader.position);
      const body = checked(first, pieceOf(reader, offset + size));
      if (others.length === 0 || size > SHARED_LIMIT) {
        yield { entry: first, body, ...digestIn(first) };
        await reader.skip(offset + size - reader.position);
        if (others.length > 0) later.push({ offset, size, nodes: others });
      } else {
        yield* shared(nodes, body);
      }
    }
  } finally {
    await reader.close();
  }
}

async function* shared(
  nodes: readonly TreeNode[],
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<EntryWithBody> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  for (const entry of nodes) yield { entry, body: given(chunks), ...digestIn(entry) };
}

async function* given(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function* pieceOf(reader: ByteReader, end: number): AsyncGenerator<Buffer> {
  while (reader.position < end) {
    const piece = await reader.some(end - reader.position);
    if (piece === undefined) return;
    yield piece;
  }
}

/** A sparse file has no place of its own: the archive is read up to it. */
async function* readSparse(
  layer: TreeLayer,
  entry: IndexedEntry,
  node: TreeNode,
): AsyncGenerator<EntryWithBody> {
  let ahead = layer.index.entries.indexOf(entry);
  for await (const member of readTar(await layer.open())) {
    if (ahead > 0) {
      ahead -= 1;
      continue;
    }
    if (member.body === undefined || member.entry.path !== entry.path) break;
    yield { entry: node, body: checked(node, member.body), ...digestIn(node) };
    return;
  }
  throw changed(JSON.stringify(entry.path));
}

async function* checked(
  node: TreeNode,
  body: AsyncIterable<Buffer | Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const bytes = new WatchedBytes();
  yield* bytes.watch(body);
  const same = node.content === undefined || bytes.digest() === node.content;
  if (bytes.size !== node.size || !same) throw changed(JSON.stringify(node.path));
}

/** Told, since the body is checked against it. */
function digestIn({ content }: TreeNode): Pick<EntryWithBody, 'content'> {
  return content === undefined ? {} : { content };
}

async function* none(): AsyncGenerator<Uint8Array> {
  // An empty file needs no layer.
}

function changed(what: string): BuildError {
  return new BuildError({
    kind: 'remote',
    code: 'CONTENT_CHANGED',
    message: `${what} no longer holds what it held when it was looked at`,
    hint: 'A cached layer was damaged or replaced; build again without the cache.',
  });
}
