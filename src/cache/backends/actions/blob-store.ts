/** An entry of the cache service that is there. */
export interface FoundEntry {
  readonly key: string;
  /**
   * The bytes, not checked.
   * @throws BuildError of kind `remote`, also while reading
   */
  open(options?: OpenOptions): Promise<AsyncIterable<Uint8Array>>;
}

export interface OpenOptions {
  /** Only the bytes from `start` (inclusive) to `end` (exclusive). */
  readonly range?: ByteRange;
  /** Bytes that the whole entry has, where they are known: it allows for several requests at once. */
  readonly size?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export type PutOutcome =
  | { readonly type: 'saved' }
  /** An entry with this key is there or being uploaded by another job. */
  | { readonly type: 'exists' }
  /** No entry can be written by this job. */
  | { readonly type: 'denied'; readonly reason: string }
  /** Too many uploads in the repository; `retryAfter` in seconds. */
  | { readonly type: 'limited'; readonly retryAfter: number }
  | { readonly type: 'failed'; readonly reason: string };

/** What is uploaded. `open` may be called again for a second try. */
export interface Upload {
  /** Bytes. */
  readonly size: number;
  open(): Promise<AsyncIterable<Uint8Array>>;
}

/**
 * The cache service as a store of immutable blobs by key. A key is taken for good once it was written, in its scope.
 * Implementations: direct-store (the service's protocol), toolkit-store (the package @actions/cache).
 */
export interface BlobStore extends AsyncDisposable {
  readonly transport: 'direct' | 'toolkit';
  /**
   * The entry with exactly this key in any readable scope.
   * @throws BuildError of kind `remote` when the service cannot tell
   */
  find(key: string, signal?: AbortSignal): Promise<FoundEntry | undefined>;
  /** The newest entry whose key begins so, from the first readable scope that has one. Throws as `find`. */
  newest(prefix: string, signal?: AbortSignal): Promise<FoundEntry | undefined>;
  /** Never throws. */
  put(key: string, upload: Upload, signal?: AbortSignal): Promise<PutOutcome>;
}
