import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { BuildError } from '../../base/errors.ts';
import type { Compression } from '../media-types.ts';
import { blocksUnderWay, inBlocks, inOrder } from './blocks.ts';
import { HIGHEST_LEVEL } from './compression-level.ts';
import { gzip } from './gzip.ts';

export interface CompressionChoice {
  readonly type: Compression;
  /**
   * gzip 0 to 9, zstd 0 to 22 (0 is its default). Default: 4 and 3. Measured on the files of a system, of gzip 6 level 4 takes three fifths of the time and 2.3 % more room, level 5 three
   * quarters and 0.4 %; zstd 3 takes a tenth of the time and 10 % less room.
   */
  readonly level?: number;
}

/** A part of the result: another size gives other bytes, and so other digests. */
const ZSTD_FRAME = 4 * 1024 * 1024;
const GZIP_LEVEL = 4;
const ZSTD_LEVEL = 3;

/**
 * Compresses on all processors, and the same bytes give the same result however they come in. gzip: one member. zstd: frames of 4 MiB, one after the
 * other. Memory: a few blocks, which are used again: a piece counts until the next one is asked for.
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

async function* zstd(source: AsyncIterable<Uint8Array>, level: number): AsyncGenerator<Buffer> {
  const compressFrame = zstdFrame(level);
  let frames = 0;
  for await (const frame of inOrder(inBlocks(source, ZSTD_FRAME), blocksUnderWay(2), compressFrame)) {
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
