import type { Digest } from './digest.ts';

/** The content of a cache mount (RUN --mount=type=cache): a tar with exact times, compressed with zstd. */
export interface MountArchive {
  readonly digest: Digest;
  /** Bytes as stored. */
  readonly size: number;
  /** Bytes of the tar. */
  readonly unpacked: number;
  /** Members of the tar. */
  readonly members: number;
}
