import type { ContentStore } from '../content-store.ts';
import { type DiffId, digestOf, parseDiffId, parseDigest } from '../digest.ts';
import { type Compression, MediaType } from '../media-types.ts';
import type { Descriptor } from '../types.ts';
import { type CompressionChoice, compress } from './compress.ts';
import type { Entry, EntryWithBody, IndexedEntry, LayerIndex } from './entry.ts';
import { writeTar } from './tar-write.ts';
import { WatchedBytes } from './watched-bytes.ts';

export interface WriteLayerOptions {
  readonly compression: CompressionChoice;
  /** Seconds since 1970: later file times become this one. */
  readonly epoch?: number;
}

export interface WrittenLayer {
  readonly descriptor: Descriptor;
  readonly diffId: DiffId;
  readonly index: LayerIndex;
}

const MEDIA_TYPE: Readonly<Record<Compression, string>> = {
  none: MediaType.ociLayer,
  gzip: MediaType.ociLayerGzip,
  zstd: MediaType.ociLayerZstd,
};

/**
 * The layer without files as Docker has always stored it (moby, image/v1 "EmptyLayer"): registries have this blob already.
 * It is 1024 zeros under gzip.
 */
const EMPTY_GZIP = Buffer.from('H4sIAAAJbogA/2IYBaNgFIxYAAgAAP//Lq+17wAEAAA=', 'base64');

/**
 * Writes a layer in one pass: tar, diffID, compression, digest, store and index. File times become whole seconds. Entries are written in
 * the order in which they come.
 * @throws BuildError those of writeTar, compress and ContentStore.put, and whatever the entries throw; nothing is stored then
 */
export async function writeLayer(
  entries: AsyncIterable<EntryWithBody>,
  store: Pick<ContentStore, 'put'>,
  options: WriteLayerOptions,
): Promise<WrittenLayer> {
  const tar = new WatchedBytes();
  const indexed: IndexedEntry[] = [];
  let offset = 0;
  const members = watched(withTimes(entries, options.epoch), indexed, () => offset);
  const bytes = tar.watch(
    writeTar(
      members,
      (_, at) => {
        offset = at;
      },
      { fleeting: true },
    ),
  );
  const stored = await store.put(compressed(bytes, options.compression, () => indexed.length === 0));
  const diffId = parseDiffId(tar.digest());
  return {
    descriptor: {
      mediaType: MEDIA_TYPE[options.compression.type],
      digest: stored.digest,
      size: stored.size,
    },
    diffId,
    index: { diffId, size: tar.size, entries: indexed },
  };
}

/** The diffID of the layer that `writeLayer` would write, without compressing or storing anything. @throws as `writeTar`, and whatever the entries throw */
export async function diffIdOf(entries: AsyncIterable<EntryWithBody>): Promise<DiffId> {
  const tar = new WatchedBytes();
  for await (const _ of tar.watch(writeTar(stored(withTimes(entries, undefined)))));
  return parseDiffId(tar.digest());
}

async function* stored(entries: AsyncIterable<EntryWithBody>): AsyncGenerator<EntryWithBody> {
  for await (const member of entries) yield { ...member, entry: asStored(member.entry) };
}

async function* withTimes(
  entries: AsyncIterable<EntryWithBody>,
  epoch: number | undefined,
): AsyncGenerator<EntryWithBody> {
  for await (const member of entries) {
    const { entry } = member;
    const mtime = Math.min(Math.floor(entry.mtime), epoch ?? Number.POSITIVE_INFINITY);
    yield mtime === entry.mtime ? member : { ...member, entry: { ...entry, mtime } };
  }
}

/** Notes each entry, its content hashed on the way where its digest is not known. `offsetNow` is asked when the writer is done with the member. */
async function* watched(
  entries: AsyncIterable<EntryWithBody>,
  indexed: IndexedEntry[],
  offsetNow: () => number,
): AsyncGenerator<EntryWithBody> {
  for await (const member of entries) {
    const entry = asStored(member.entry);
    if (entry.type !== 'file') {
      indexed.push(entry);
      yield { entry };
      continue;
    }
    const place = indexed.push(entry) - 1;
    const body = member.body ?? nothing();
    if (member.content !== undefined) {
      yield { entry, body };
      indexed[place] = { ...entry, offset: offsetNow(), content: member.content };
      continue;
    }
    const content = new WatchedBytes();
    yield { entry, body: content.watch(body) };
    indexed[place] = { ...entry, offset: offsetNow(), content: parseDigest(content.digest()) };
  }
}

/** Only what the tar keeps, so that the index is the one that a reader of the layer would make. */
function asStored(entry: Entry): Entry {
  const device = entry.type === 'character' || entry.type === 'block';
  return {
    path: entry.path,
    type: entry.type,
    mode: entry.mode & 0o7777,
    uid: entry.uid,
    gid: entry.gid,
    size: entry.type === 'file' ? entry.size : 0,
    mtime: entry.mtime,
    ...(entry.linkName === undefined ? {} : { linkName: entry.linkName }),
    ...(device ? { devMajor: entry.devMajor ?? 0, devMinor: entry.devMinor ?? 0 } : {}),
    ...(entry.xattrs === undefined || entry.xattrs.size === 0 ? {} : { xattrs: entry.xattrs }),
  };
}

/** `isEmpty` holds once the tar has been made. */
async function* compressed(
  tar: AsyncGenerator<Buffer, void>,
  choice: CompressionChoice,
  isEmpty: () => boolean,
): AsyncGenerator<Buffer> {
  if (choice.type !== 'gzip') {
    yield* compress(tar, choice);
    return;
  }
  const iterator = tar[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done !== true && isEmpty()) {
    while ((await iterator.next()).done !== true);
    yield EMPTY_GZIP;
    return;
  }
  yield* compress(resumed(first, iterator), choice);
}

async function* resumed(
  first: IteratorResult<Buffer, void>,
  iterator: AsyncIterator<Buffer, void>,
): AsyncGenerator<Buffer> {
  try {
    for (let next = first; next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // A file without a body: right when its size is 0, and otherwise told by the writer.
}

/** Digest of the stored empty layer, by which it is told from others. */
export const EMPTY_LAYER_DIGEST = digestOf(EMPTY_GZIP);
