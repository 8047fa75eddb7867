import { BuildError } from '../../base/errors.ts';
import { type DiffId, parseDiffId, parseDigest } from '../digest.ts';
import type { Compression } from '../media-types.ts';
import { decompress } from './decompress.ts';
import type { EntryWithBody, IndexedEntry, LayerIndex } from './entry.ts';
import { readTar, type TarLimits, type TarMember } from './tar-read.ts';
import { WatchedBytes } from './watched-bytes.ts';

export interface ReadLayerOptions {
  /** What the uncompressed bytes must hash to. */
  readonly diffId?: DiffId;
  /** Against archives that unpack to far more than they look like. */
  readonly limits?: TarLimits;
}

/**
 * The members of a layer. Nothing is to be believed before the last one came: only then the diffID is checked.
 * @throws BuildError `DIFF_ID_MISMATCH`, and those of decompress and readTar
 */
export async function* readLayer(
  compressed: AsyncIterable<Uint8Array>,
  compression: Compression,
  options: ReadLayerOptions = {},
): AsyncGenerator<EntryWithBody> {
  const bytes = new WatchedBytes(options.diffId);
  yield* readTar(bytes.watch(decompress(compressed, compression)), options.limits);
  checkDiffId(bytes.digest(), options.diffId);
}

/**
 * Reads a layer once and tells what it holds, content digests included.
 * @throws BuildError as readLayer
 */
export async function indexLayer(
  compressed: AsyncIterable<Uint8Array>,
  compression: Compression,
  diffId?: DiffId,
): Promise<LayerIndex> {
  const bytes = new WatchedBytes(diffId);
  const entries: IndexedEntry[] = [];
  for await (const member of readTar(bytes.watch(decompress(compressed, compression)))) {
    entries.push(await indexed(member));
  }
  const digest = bytes.digest();
  checkDiffId(digest, diffId);
  return { diffId: parseDiffId(digest), size: bytes.size, entries };
}

async function indexed({ entry, body, offset }: TarMember): Promise<IndexedEntry> {
  if (body === undefined) return entry;
  const content = new WatchedBytes();
  for await (const _ of content.watch(body));
  const digest = parseDigest(content.digest());
  return offset === undefined ? { ...entry, content: digest } : { ...entry, offset, content: digest };
}

function checkDiffId(actual: string, expected: DiffId | undefined): void {
  if (expected === undefined || actual === expected) return;
  throw new BuildError({
    kind: 'remote',
    code: 'DIFF_ID_MISMATCH',
    message: `A layer unpacks to ${actual}, but its image config says ${expected}`,
    hint: 'The image is damaged, or its layers and its config do not belong together.',
  });
}
