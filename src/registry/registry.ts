import type { Digest } from '../image/digest.ts';
import type { Descriptor, RawBlob, Repository } from '../image/types.ts';

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
}

/** How an upload was satisfied. */
export type UploadOutcome = 'present' | 'mounted' | 'uploaded';

/**
 * SEAM. A client for all registries (OCI distribution-spec 1.1): transport, TLS, authentication and retries are inside. Methods may be called
 * concurrently. Errors are BuildErrors of kind `remote` with codes `REGISTRY_UNREACHABLE`, `UNAUTHORIZED`, `DENIED`,
 * `NOT_FOUND`, `RATE_LIMITED`, `NOT_TAKEN`, `REGISTRY_ERROR`; the message names host, repository and what the registry said.
 */
export interface Registry {
  /**
   * A manifest or index as stored, by tag or digest; the digest is checked.
   * @throws BuildError `NOT_FOUND` (manifest unknown) among the above
   */
  manifest(repository: Repository, reference: string, options?: RequestOptions): Promise<RawBlob>;
  /** Descriptor by HEAD; undefined when there is none. */
  resolve(
    repository: Repository,
    reference: string,
    options?: RequestOptions,
  ): Promise<Descriptor | undefined>;
  /** The blob's bytes, resumed after a dropped connection, not yet checked against the digest (ContentStore.put does that). */
  blob(
    repository: Repository,
    descriptor: Descriptor,
    options?: RequestOptions,
  ): Promise<AsyncIterable<Uint8Array>>;
  hasBlob(repository: Repository, digest: Digest, options?: RequestOptions): Promise<boolean>;
  /**
   * Makes a blob be in `repository`: HEAD, else mount from one of `mountFrom` (same host), else upload what `open` gives
   * (called again for a retry). `isNew`: nobody can have put it there before, so there is no HEAD.
   */
  pushBlob(
    repository: Repository,
    descriptor: Descriptor,
    open: () => Promise<AsyncIterable<Uint8Array>>,
    options?: RequestOptions & { readonly mountFrom?: readonly Repository[]; readonly isNew?: boolean },
  ): Promise<UploadOutcome>;
  /** `reference` is a tag or the manifest's own digest. */
  putManifest(
    repository: Repository,
    reference: string,
    manifest: RawBlob,
    options?: RequestOptions,
  ): Promise<void>;
  tags(repository: Repository, options?: RequestOptions): Promise<readonly string[]>;
  /**
   * Finds out whether a push would be allowed, by beginning an upload and taking it back. Nothing is changed.
   * @throws BuildError `DENIED`, `UNAUTHORIZED` among the above
   */
  checkPush?(repository: Repository, options?: RequestOptions): Promise<void>;
  /** A small blob will be pushed there soon: what can be done before it is there is done now, beside other work. Tells nothing. */
  expectPush?(repository: Repository): void;
}
