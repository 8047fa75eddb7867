import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { BuildError } from '../../base/errors.ts';
import type { Compression } from '../media-types.ts';
import { inBlocks, inOrder } from './blocks.ts';
import { HIGHEST_LEVEL } from './compression-level.ts';

export interface CompressionChoice {
  readonly type: Compression;
  /**
   * gzip 0 to 9, zstd 0 to 22 (0 is its default). Default: 4 and 3. Measured on the files of a system, of gzip 6 level 4 takes three fifths of the time and 2.3 % more room, level 5 three
   * quarters and 0.4 %; zstd 3 takes a tenth of the time and 10 % less room.
   */
  readonly level?: number;
}

/** Block and dictionary sizes are part of the result: another value gives other bytes, and so other digests. */
const GZIP_BLOCK = 1024 * 1024;
const GZIP_WINDOW = 32 * 1024;
/** More than deflate adds to a block that it cannot make smaller: 5 bytes for each 16 KiB, and a flush. */
const GZIP_GROWTH = 4096;
const ZSTD_FRAME = 4 * 1024 * 1024;
const GZIP_LEVEL = 4;
const ZSTD_LEVEL = 3;

/** RFC 1952: deflate, no flags, no time, no hint, operating system unknown. */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

const deflateRaw = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.deflateRaw);

/**
 * Compresses on all processors, and the same bytes give the same result however they come in. gzip: one member, whose blocks were deflated apart with
 * the end of the block before as dictionary, as pigz does. zstd: frames of 4 MiB, one after the other. Memory: a few blocks.
 * @throws BuildError `BAD_COMPRESSION_LEVEL`; `ZSTD_MISSING` on a Node.js without zstd (before 22.15)
 */
export function compress(
  source: AsyncIterable<Uint8Array>,
  choice: CompressionChoice,
): AsyncIterable<Buffer> {
  switch (choice.type) {
    case 'gzip':
      return gzip(source, checkedLevel(choice, GZIP_LEVEL, HIGHEST_LEVEL.gzip));
    case 'zstd':
      return zstd(source, checkedLevel(choice, ZSTD_LEVEL, HIGHEST_LEVEL.zstd));
    case 'none':
      return asBuffers(source);
  }
}

interface GzipBlock {
  readonly data: Buffer;
  readonly dictionary: Buffer | undefined;
  readonly last: boolean;
}

async function* gzip(source: AsyncIterable<Uint8Array>, level: number): AsyncGenerator<Buffer> {
  let crc = 0;
  let size = 0;
  yield GZIP_HEADER;
  yield* inOrder(gzipBlocks(source), underWay(), async ({ data, dictionary, last }) => {
    // In order and before the first await: the checksum runs over the whole.
    crc = zlib.crc32(data, crc);
    size += data.length;
    return await deflateRaw(data, {
      level,
      // All of a block at once, even where it does not get smaller: pieces would have to be put together.
      chunkSize: data.length + GZIP_GROWTH,
      finishFlush: last ? zlib.constants.Z_FINISH : zlib.constants.Z_SYNC_FLUSH,
      ...(dictionary === undefined ? {} : { dictionary }),
    });
  });
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc, 0);
  trailer.writeUInt32LE(size % 2 ** 32, 4);
  yield trailer;
}

/** One block late, since the last one ends the deflate stream. At least one block, which may be empty. */
async function* gzipBlocks(source: AsyncIterable<Uint8Array>): AsyncGenerator<GzipBlock> {
  let held: Buffer | undefined;
  let dictionary: Buffer | undefined;
  for await (const data of inBlocks(source, GZIP_BLOCK)) {
    if (held !== undefined) {
      yield { data: held, dictionary, last: false };
      dictionary = held.subarray(-GZIP_WINDOW);
    }
    held = data;
  }
  yield { data: held ?? Buffer.alloc(0), dictionary, last: true };
}

async function* zstd(source: AsyncIterable<Uint8Array>, level: number): AsyncGenerator<Buffer> {
  const compressFrame = zstdFrame(level);
  let frames = 0;
  for await (const frame of inOrder(inBlocks(source, ZSTD_FRAME), underWay(), compressFrame)) {
    frames += 1;
    yield frame;
  }
  if (frames === 0) yield await compressFrame(Buffer.alloc(0));
}

function zstdFrame(level: number): (data: Buffer) => Promise<Buffer> {
  const { zstdCompress } = zlib as Partial<typeof zlib>;
  if (zstdCompress === undefined) throw zstdMissing();
  const compressOne = promisify<Buffer, zlib.ZstdOptions, Buffer>(zstdCompress);
  const { ZSTD_c_compressionLevel, ZSTD_c_checksumFlag } = zlib.constants;
  return async (data) =>
    await compressOne(data, {
      chunkSize: ZSTD_FRAME / 4,
      params: { [ZSTD_c_compressionLevel]: level, [ZSTD_c_checksumFlag]: 1 },
    });
}

export function zstdMissing(): BuildError {
  return new BuildError({
    kind: 'environment',
    code: 'ZSTD_MISSING',
    message: `Node.js ${process.versions.node} has no zstd`,
    hint: 'Use Node.js 22.15 or newer, or gzip.',
  });
}

async function* asBuffers(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of source) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
}

/** Two more than there are processors, so that none waits for this thread. libuv's pool has four threads unless told otherwise. */
function underWay(): number {
  return Math.min(availableParallelism(), 8) + 2;
}

function checkedLevel(choice: CompressionChoice, fallback: number, most: number): number {
  const level = choice.level ?? fallback;
  if (Number.isInteger(level) && level >= 0 && level <= most) return level;
  throw new BuildError({
    kind: 'user',
    code: 'BAD_COMPRESSION_LEVEL',
    message: `${level} is no compression level of ${choice.type}`,
    hint: `It goes from 0 to ${most}.`,
  });
}
