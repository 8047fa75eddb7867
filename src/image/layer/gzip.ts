import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { blocksUnderWay, inOrder } from './blocks.ts';
import { type Segment, segmentsOf } from './random-runs.ts';

/** Block and dictionary sizes are part of the result: another value gives other bytes, and so other digests. */
const BLOCK = 1024 * 1024;
const WINDOW = 32 * 1024;
/** More than deflate adds to a block that it cannot make smaller: 5 bytes for each 16 KiB, and a flush. */
const GROWTH = 4096;
/** RFC 1951, 3.2.4: a block that is not compressed. */
const STORED_HEADER = 5;
const MOST_STORED = 0xffff;
/** Many, as a block of several segments comes back to this thread for each of them, and the threads of the pool leave it little time. */
const MORE_BLOCKS = 6;

/** RFC 1952: deflate, no flags, no time, no hint, operating system unknown. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

const deflateRaw = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.deflateRaw);

interface GzipBlock {
  /** Room for a window and a block. */
  readonly memory: Buffer;
  /** Bytes of the stream before the block that are in the memory, up to a window. */
  readonly before: number;
  readonly size: number;
  readonly last: boolean;
}

/**
 * One member, whose blocks were deflated apart with the end of the block before as dictionary, as pigz does. Runs of bytes that look random are stored as
 * they are. The memory of blocks is used again: new memory for each would make the collector of garbage run all the time.
 */
export async function* gzip(source: AsyncIterable<Uint8Array>, level: number): AsyncGenerator<Buffer> {
  let crc = 0;
  let size = 0;
  const free: Buffer[] = [];
  yield HEADER;
  const deflated = inOrder(gzipBlocks(source, free), blocksUnderWay(MORE_BLOCKS), async (block) => {
    const data = block.memory.subarray(WINDOW, WINDOW + block.size);
    // In order and before the first await: the checksum runs over the whole.
    crc = zlib.crc32(data, crc);
    size += data.length;
    return { memory: block.memory, pieces: await deflatedBlock(block, data, level) };
  });
  let joined: Buffer = Buffer.alloc(0);
  for await (const { memory, pieces } of deflated) {
    const [only, second] = pieces;
    if (only !== undefined && second === undefined) yield only;
    else {
      const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
      if (joined.length < length) joined = Buffer.allocUnsafeSlow(BLOCK + length);
      let at = 0;
      for (const piece of pieces) at += piece.copy(joined, at);
      yield joined.subarray(0, length);
    }
    free.push(memory);
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc, 0);
  trailer.writeUInt32LE(size % 2 ** 32, 4);
  yield trailer;
}

/** At least one block, which may be empty. */
async function* gzipBlocks(source: AsyncIterable<Uint8Array>, free: Buffer[]): AsyncGenerator<GzipBlock> {
  let memory: Buffer = Buffer.allocUnsafeSlow(WINDOW + BLOCK);
  let before = 0;
  let size = 0;
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; ) {
      if (size === BLOCK) {
        const full = { memory, before, size, last: false };
        memory = free.pop() ?? Buffer.allocUnsafeSlow(WINDOW + BLOCK);
        full.memory.copy(memory, 0, BLOCK);
        [before, size] = [WINDOW, 0];
        yield full;
      }
      const piece = chunk.subarray(at, at + BLOCK - size);
      memory.set(piece, WINDOW + size);
      size += piece.length;
      at += piece.length;
    }
  }
  yield { memory, before, size, last: true };
}

/** One segment after the other: what reads and writes files waits in the same queue, which so is never longer than there are blocks. */
async function deflatedBlock(block: GzipBlock, data: Buffer, level: number): Promise<readonly Buffer[]> {
  const segments = level === 0 ? [] : segmentsOf(data);
  if (segments.length === 0) segments.push({ start: 0, end: data.length, random: false });
  const pieces: Buffer[] = [];
  for (const segment of segments) {
    const last = block.last && segment.end === data.length;
    if (segment.random) pieces.push(...storedSegment(data, segment, last));
    else pieces.push(await deflatedSegment(block, segment, level, last));
  }
  return pieces;
}

function deflatedSegment(
  { memory, before }: GzipBlock,
  { start, end }: Segment,
  level: number,
  last: boolean,
): Promise<Buffer> {
  const at = WINDOW + start;
  const dictionary = memory.subarray(Math.max(WINDOW - before, start), at);
  return deflateRaw(memory.subarray(at, WINDOW + end), {
    level,
    // All of it at once, even where it does not get smaller: pieces would have to be put together.
    chunkSize: end - start + GROWTH,
    finishFlush: last ? zlib.constants.Z_FINISH : zlib.constants.Z_SYNC_FLUSH,
    ...(dictionary.length === 0 ? {} : { dictionary }),
  });
}

/** What comes before ended on a whole byte, as all segments do. */
function storedSegment(data: Buffer, { start, end }: Segment, last: boolean): readonly Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = start; at < end; at += MOST_STORED) {
    const piece = data.subarray(at, Math.min(at + MOST_STORED, end));
    const header = Buffer.alloc(STORED_HEADER);
    header[0] = last && at + piece.length === end ? 1 : 0;
    header.writeUInt16LE(piece.length, 1);
    header.writeUInt16LE(piece.length ^ MOST_STORED, 3);
    pieces.push(header, piece);
  }
  return pieces;
}
