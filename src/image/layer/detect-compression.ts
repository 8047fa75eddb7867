import type { Compression } from '../media-types.ts';

/** What archives come in; layers only use `Compression`. */
export type ArchiveCompression = Compression | 'bzip2' | 'xz';

/** As many bytes as `detectCompression` wants to see. */
export const MAGIC_LENGTH = 6;

/** By the first bytes; `none` also for what is no archive at all. The same list as Docker's. */
export function detectCompression(firstBytes: Uint8Array): ArchiveCompression {
  const begins = (...magic: number[]): boolean => magic.every((byte, i) => firstBytes[i] === byte);
  if (begins(0x1f, 0x8b, 0x08)) return 'gzip';
  if (begins(0x28, 0xb5, 0x2f, 0xfd)) return 'zstd';
  // A skippable frame, RFC 8878 section 3.1.2.
  if (
    ((firstBytes[0] ?? 0) & 0xf0) === 0x50 &&
    [0x2a, 0x4d, 0x18].every((byte, i) => firstBytes[i + 1] === byte)
  ) {
    return 'zstd';
  }
  if (begins(0x42, 0x5a, 0x68)) return 'bzip2';
  if (begins(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00)) return 'xz';
  return 'none';
}
