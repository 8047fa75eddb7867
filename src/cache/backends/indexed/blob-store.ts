/** An entry that is there. */
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
  /** Too many uploads; `retryAfter` in seconds. */
  | { readonly type: 'limited'; readonly retryAfter: number; readonly reason: string }
  /** `taken`: the key is used up all the same. */
  | { readonly type: 'failed'; readonly reason: string; readonly taken?: boolean };

/** What is uploaded. `open` may be called again for a second try. */
export interface Upload {
  /** Bytes. */
  readonly size: number;
  open(): Promise<AsyncIterable<Uint8Array>>;
}

/**
 * A place of immutable blobs by key. A key is taken for good once it was written.
 * Implementations: actions/direct-store (the cache service's protocol), actions/toolkit-store (the package @actions/cache),
 * registry/registry-store.
 */
export interface BlobStore extends AsyncDisposable {
  /**
   * The entry with exactly this key in any readable scope.
   * @throws BuildError of kind `remote` when the service cannot tell
   */
  find(key: string, signal?: AbortSignal): Promise<FoundEntry | undefined>;
  /** Never throws. */
  put(key: string, upload: Upload, signal?: AbortSignal): Promise<PutOutcome>;
  /** Something new will be written in any case. Tells nothing. */
  expectWriting?(): void;
}

/** A store that can look for the newest of several entries. */
export interface NewestStore extends BlobStore {
  /** The newest entry whose key begins so, from the first readable scope that has one. Throws as `find`. */
  newest(prefix: string, signal?: AbortSignal): Promise<FoundEntry | undefined>;
}
