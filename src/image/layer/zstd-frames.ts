import { BuildError } from '../../base/errors.ts';
import { ByteReader } from './byte-reader.ts';

const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;

/**
 * The frames of a zstd stream (RFC 8878 section 3.1), each as the bytes of one whole frame; skippable frames are left out. Node's decoder stops
 * silently after the first frame, so every frame has to get a decoder of its own. A frame must be read to its end before the next is asked for.
 * @throws BuildError `BAD_COMPRESSION`
 */
export async function* zstdFrames(source: AsyncIterable<Uint8Array>): AsyncGenerator<AsyncGenerator<Buffer>> {
  const reader = new ByteReader(source, { cutOff: cutFrame });
  try {
    for (let count = 0; ; count++) {
      const magic = await reader.take(4);
      if (magic === undefined && count > 0) return;
      if (magic === undefined) throw cutFrame();
      const value = magic.readUInt32LE(0);
      if ((value & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) {
        await reader.skip((await need(reader, 4)).readUInt32LE(0));
      } else if (value === FRAME_MAGIC) {
        yield frame(reader, magic);
      } else {
        throw badZstd('something else than a frame follows');
      }
    }
  } finally {
    await reader.close();
  }
}

async function* frame(reader: ByteReader, magic: Buffer): AsyncGenerator<Buffer> {
  const descriptor = await need(reader, 1);
  const flags = descriptor[0] ?? 0;
  yield Buffer.concat([magic, descriptor, await need(reader, headerSize(flags) - 1)]);
  for (let last = false; !last; ) {
    const header = await need(reader, 3);
    const block = header.readUIntLE(0, 3);
    last = (block & 1) === 1;
    const type = (block >> 1) & 3;
    yield header;
    // A block of type 1 is one byte and how often it comes.
    yield* exactly(reader, type === 1 ? 1 : block >> 3);
  }
  const checksum = (flags & 4) !== 0;
  if (checksum) yield await need(reader, 4);
}

/** Bytes of the frame header behind the magic number, section 3.1.1.1. */
function headerSize(flags: number): number {
  const singleSegment = (flags & 0x20) !== 0;
  const contentSizeFlag = flags >> 6;
  const contentSize = contentSizeFlag === 0 ? (singleSegment ? 1 : 0) : 1 << contentSizeFlag;
  const dictionary = [0, 1, 2, 4][flags & 3] ?? 0;
  return 1 + (singleSegment ? 0 : 1) + dictionary + contentSize;
}

async function* exactly(reader: ByteReader, length: number): AsyncGenerator<Buffer> {
  for (let missing = length; missing > 0; ) {
    const piece = await reader.some(missing);
    if (piece === undefined) throw cutFrame();
    missing -= piece.length;
    yield piece;
  }
}

async function need(reader: ByteReader, length: number): Promise<Buffer> {
  if (length === 0) return Buffer.alloc(0);
  const bytes = await reader.take(length);
  if (bytes === undefined) throw cutFrame();
  return bytes;
}

function cutFrame(): BuildError {
  return badZstd('it ends in the middle of a frame');
}

function badZstd(what: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'BAD_COMPRESSION',
    message: `This is no whole zstd stream: ${what}`,
  });
}
