import type { Digest } from './digest.ts';

export interface ExpectedContent {
  readonly digest?: Digest;
  /** Bytes. */
  readonly size?: number;
  /** Most bytes accepted when the size is not known. */
  readonly limit?: number;
}

export interface StoredContent {
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
}

/**
 * SEAM. Blobs by digest. All methods may be called concurrently, by several processes over one folder too.
 * A blob is visible only when it is whole and its digest was checked.
 */
export interface ContentStore {
  /** Size in bytes, or undefined when the blob is not here. Counts as a use of it. */
  stat(digest: Digest): Promise<number | undefined>;
  /**
   * The bytes from `start` (inclusive) to `end` (exclusive), both optional.
   * @throws BuildError `CONTENT_NOT_FOUND`
   */
  open(
    digest: Digest,
    range?: { readonly start?: number; readonly end?: number },
  ): Promise<AsyncIterable<Uint8Array>>;
  /**
   * Stores what the source gives. A piece is not looked at any more when the next one is asked for. Nothing is kept when the source throws or does not match.
   * @throws BuildError `DIGEST_MISMATCH`, `SIZE_MISMATCH`, `CONTENT_TOO_LARGE`, `NO_SPACE`
   */
  put(source: AsyncIterable<Uint8Array>, expected?: ExpectedContent): Promise<StoredContent>;
  /** The blob's file, for a process that reads it by name; undefined in a store that has no files. */
  pathOf(digest: Digest): string | undefined;
  /** No error when it is not there. */
  delete(digest: Digest): Promise<void>;
  list(): AsyncIterable<StoredContent & { readonly lastUsed: Date }>;
}
