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

/** A file that stands in its layer in one piece. */
interface Placed {
  readonly node: TreeNode;
  readonly offset: number;
}

/**
 * The files with their content. Each layer is read once from its start to the last file wanted of it; once more for hard links that are wanted apart
 * from what they share. Contents are checked against their digests.
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
  const placed: Placed[] = [];
  const scattered: WantedFile[] = [];
  for (const file of wanted) {
    const { offset } = file.home.entry;
    if (offset === undefined) scattered.push(file);
    else placed.push({ node: file.node, offset });
  }
  placed.sort((a, b) => a.offset - b.offset);
  for (let rest: readonly Placed[] = placed; rest.length > 0; ) {
    const later: Placed[] = [];
    yield* onePass(layer, rest, later);
    rest = later;
  }
  for (const [entry, files] of Map.groupBy(scattered, (file) => file.home.entry)) {
    for (const file of files) yield* readSparse(layer, entry, file.node);
  }
}

/** Files that begin before the end of the one before them go to `later`. */
async function* onePass(
  layer: TreeLayer,
  files: readonly Placed[],
  later: Placed[],
): AsyncGenerator<EntryWithBody> {
  const reader = new ByteReader(await layer.open(), { cutOff: () => changed('A layer') });
  try {
    for (const { node, offset } of files) {
      if (offset < reader.position) {
        later.push({ node, offset });
        continue;
      }
      await reader.skip(offset - reader.position);
      yield { entry: node, body: checked(node, pieceOf(reader, offset + node.size)) };
      await reader.skip(offset + node.size - reader.position);
    }
  } finally {
    await reader.close();
  }
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
    yield { entry: node, body: checked(node, member.body) };
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
