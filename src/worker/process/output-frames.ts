import type { Readable } from 'node:stream';
import { OUTPUT_FRAME, OUTPUT_FRAME_HEADER } from '../protocol.ts';

export type OutputStream = 'stdout' | 'stderr';

export function frameHeader(stream: OutputStream, length: number): Buffer {
  const header = Buffer.alloc(OUTPUT_FRAME_HEADER);
  header[0] = OUTPUT_FRAME[stream];
  header.writeUInt32BE(length, 1);
  return header;
}

/** Hands over pieces of frames as they come: a frame need not be whole. What comes next waits for `drained`. */
export async function readFrames(
  source: Readable,
  onOutput: (chunk: Uint8Array, stream: OutputStream) => void,
  drained?: () => Promise<void> | undefined,
): Promise<void> {
  let header: Buffer = Buffer.alloc(0);
  let left = 0;
  let stream: OutputStream = 'stdout';
  for await (const chunk of source as AsyncIterable<Buffer>) {
    let rest: Buffer = chunk;
    while (rest.length > 0) {
      if (left === 0) {
        const missing = OUTPUT_FRAME_HEADER - header.length;
        header = Buffer.concat([header, rest.subarray(0, missing)]);
        rest = rest.subarray(missing);
        if (header.length < OUTPUT_FRAME_HEADER) break;
        stream = header[0] === OUTPUT_FRAME.stderr ? 'stderr' : 'stdout';
        left = header.readUInt32BE(1);
        header = Buffer.alloc(0);
        continue;
      }
      const piece = rest.subarray(0, left);
      left -= piece.length;
      rest = rest.subarray(piece.length);
      onOutput(piece, stream);
    }
    await drained?.();
  }
}
