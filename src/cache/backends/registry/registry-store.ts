import { BuildError, reasonWithHint } from '../../../base/errors.ts';
import { type Digest, parseDigest } from '../../../image/digest.ts';
import type { Descriptor, Repository } from '../../../image/types.ts';
import type { Registry } from '../../../registry/registry.ts';
import type { BlobStore, FoundEntry, OpenOptions, PutOutcome, Upload } from '../indexed/blob-store.ts';
import { layerDigest } from '../indexed/keys.ts';
import { isRefusal } from './registry-index.ts';

/** A repository of a registry as a place of blobs. The registry names blobs by digest; of our keys it sees that alone. */
export class RegistryStore implements BlobStore {
  readonly #registry: Registry;
  readonly #repository: Repository;

  constructor(registry: Registry, repository: Repository) {
    this.#registry = registry;
    this.#repository = repository;
  }

  async find(key: string, signal?: AbortSignal): Promise<FoundEntry | undefined> {
    const digest = layerDigest(key);
    const there =
      digest !== undefined && (await this.#registry.hasBlob(this.#repository, digest, { signal }));
    return there ? { key, open: (options) => this.#open(digest, options) } : undefined;
  }

  async put(key: string, upload: Upload, signal?: AbortSignal): Promise<PutOutcome> {
    const digest = layerDigest(key);
    if (digest === undefined) return { type: 'failed', reason: `${key} names no blob` };
    const descriptor: Descriptor = { mediaType: 'application/octet-stream', digest, size: upload.size };
    try {
      await this.#registry.pushBlob(this.#repository, descriptor, () => upload.open(), { signal });
      return { type: 'saved' };
    } catch (error) {
      return { type: isRefusal(error) ? 'denied' : 'failed', reason: reasonWithHint(error) };
    }
  }

  /** The index at the least. */
  expectWriting(): void {
    this.#registry.expectPush?.(this.#repository);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The client belongs to the build.
  }

  async #open(digest: Digest, { range, size, signal }: OpenOptions = {}): Promise<AsyncIterable<Uint8Array>> {
    if (range !== undefined || size === undefined) {
      throw new BuildError({ kind: 'bug', code: 'PACK_IN_REGISTRY', message: 'A registry holds no packs' });
    }
    const descriptor = { mediaType: 'application/octet-stream', digest: parseDigest(digest), size };
    return this.#registry.blob(this.#repository, descriptor, { signal });
  }
}
