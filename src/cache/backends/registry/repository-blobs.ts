import { BuildError, reasonOf } from '../../../base/errors.ts';
import type { Digest } from '../../../image/digest.ts';
import type { Descriptor, Repository } from '../../../image/types.ts';
import type { Registry } from '../../../registry/registry.ts';
import type { Notices } from '../../notices.ts';

/** Layers in a repository that is only read: an image, or a cache of another program. */
export class RepositoryBlobs {
  readonly #registry: Registry;
  readonly #repository: Repository;
  readonly #notices: Notices;
  readonly #sizes: ReadonlyMap<Digest, number>;
  readonly #unsure = new Set<Digest>();
  bytesDownloaded: number;

  /** @param layers those that are given out. @param bytesRead what it took to know them */
  constructor(
    { registry, repository, notices }: { registry: Registry; repository: Repository; notices: Notices },
    layers: Iterable<Descriptor>,
    bytesRead: number,
  ) {
    this.#registry = registry;
    this.#repository = repository;
    this.#notices = notices;
    this.#sizes = new Map([...layers].map(({ digest, size }) => [digest, size]));
    this.bytesDownloaded = bytesRead;
  }

  /** Bytes of all layers. */
  get size(): number {
    return [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
  }

  /** Is it one of the layers? Nobody is asked. */
  knows(digest: Digest): boolean {
    return this.#sizes.has(digest);
  }

  /** As BuildCache.isUnsure. */
  isUnsure(digest: Digest): boolean {
    return this.#unsure.has(digest);
  }

  /** As BuildCache.hasBlob. */
  async has(digest: Digest): Promise<boolean> {
    if (!this.knows(digest)) return false;
    try {
      return await this.#registry.hasBlob(this.#repository, digest);
    } catch (error) {
      this.#unsure.add(digest);
      this.#notices.add(`A layer cannot be looked up in ${this.#notices.place}: ${reasonOf(error)}`);
      return false;
    }
  }

  /** As BuildCache.openBlob. */
  async open(
    descriptor: Descriptor,
    signal: AbortSignal | undefined,
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    if (this.#sizes.get(descriptor.digest) !== descriptor.size) return undefined;
    try {
      return this.#counted(await this.#registry.blob(this.#repository, descriptor, { signal }));
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof BuildError && error.code === 'NOT_FOUND')) this.#unsure.add(descriptor.digest);
      this.#notices.add(`A layer of ${this.#notices.place} cannot be downloaded: ${reasonOf(error)}`);
      return undefined;
    }
  }

  async *#counted(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      this.bytesDownloaded += chunk.length;
      yield chunk;
    }
  }
}
