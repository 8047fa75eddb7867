import { BuildError } from '../../base/errors.ts';
import type { BuildCache } from '../../cache/build-cache.ts';
import type { CacheKey } from '../../image/cache-key.ts';
import type { ContentStore } from '../../image/content-store.ts';
import type { Digest } from '../../image/digest.ts';
import { DigestCheck } from '../../image/digest-check.ts';
import type { Layer } from '../../image/types.ts';
import type { Registry } from '../../registry/registry.ts';
import { CacheBlobLost } from './cache-blob-lost.ts';

export interface BlobSources {
  readonly store: ContentStore;
  readonly caches: readonly BuildCache[];
  readonly registry: Registry;
  readonly signal: AbortSignal;
  readonly onFetched: (layer: Layer, from: string) => void;
}

/** Gets layers' bytes into the content store, each once, and only when somebody asks. */
export class Blobs {
  readonly #sources: BlobSources;
  readonly #underway = new Map<Digest, Promise<void>>();
  /** Records that the layers came from, to blame one when its bytes are gone. */
  readonly #origin = new Map<Digest, CacheKey>();

  constructor(sources: BlobSources) {
    this.#sources = sources;
  }

  get store(): ContentStore {
    return this.#sources.store;
  }

  /** Remembers that a layer is known from this record only. */
  cameFrom(layer: Layer, key: CacheKey): void {
    this.#origin.set(layer.descriptor.digest, key);
  }

  /** In the store, and whole as far as its size tells: a machine that lost its power may have left less. */
  async isHere({ descriptor: { digest, size } }: Layer): Promise<boolean> {
    return (await this.store.stat(digest)) === size;
  }

  /** Can the bytes be had from somewhere? Asks without downloading. */
  async available(layer: Layer): Promise<boolean> {
    const { caches, registry, signal } = this.#sources;
    const { digest } = layer.descriptor;
    if (await this.isHere(layer)) return true;
    for (const cache of caches) if (await cache.hasBlob(digest)) return true;
    for (const source of layer.sources) {
      // An unreachable registry only means that this source does not count.
      if (await registry.hasBlob(source, digest, { signal }).catch(() => false)) return true;
    }
    return false;
  }

  /**
   * Makes sure that the blob is in the store.
   * @throws CacheBlobLost for a layer of a cache record; the registry's BuildError for a base image's layer
   */
  async ensure(layer: Layer): Promise<void> {
    const { digest } = layer.descriptor;
    let fetch = this.#underway.get(digest);
    if (fetch === undefined) {
      fetch = this.#fetch(layer);
      this.#underway.set(digest, fetch);
      fetch.catch(() => this.#underway.delete(digest));
    }
    await fetch;
  }

  /**
   * The stored (compressed) bytes. Reading them to the end throws for other bytes than the digest says, as `ensure` for what cannot be had, and
   * they are no longer in the store: whoever asks again gets others.
   * @param signal ends the reading; a cache takes what a build has that failed, so not all that is read ends with the build
   */
  async open(layer: Layer, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    await this.ensure(layer);
    return this.#checked(layer, await this.store.open(layer.descriptor.digest), signal);
  }

  async *#checked(
    layer: Layer,
    source: AsyncIterable<Uint8Array>,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Uint8Array> {
    const { digest } = layer.descriptor;
    const check = new DigestCheck(digest);
    for await (const chunk of source) {
      signal?.throwIfAborted();
      check.update(chunk);
      yield chunk;
    }
    if (check.holds()) return;
    await this.store.delete(digest);
    this.#underway.delete(digest);
    const key = this.#origin.get(digest);
    throw key === undefined ? damaged(layer) : new CacheBlobLost(key, layer, damaged(layer));
  }

  async #fetch(layer: Layer): Promise<void> {
    const { store, caches, registry, signal, onFetched } = this.#sources;
    const { descriptor } = layer;
    const expected = { digest: descriptor.digest, size: descriptor.size };
    if (await this.isHere(layer)) return;
    let failure: unknown;
    for (const cache of caches) {
      try {
        const bytes = await cache.openBlob(descriptor, signal);
        if (bytes === undefined) continue;
        await store.put(bytes, expected);
        onFetched(layer, cache.name);
        return;
      } catch (error) {
        signal.throwIfAborted();
        failure = error;
      }
    }
    for (const source of layer.sources) {
      try {
        await store.put(await registry.blob(source, descriptor, { signal }), expected);
        onFetched(layer, `${source.host}/${source.path}`);
        return;
      } catch (error) {
        signal.throwIfAborted();
        failure = error;
      }
    }
    const key = this.#origin.get(descriptor.digest);
    if (key !== undefined) throw new CacheBlobLost(key, layer, failure);
    throw failure ?? nowhere(layer);
  }
}

function damaged(layer: Layer): BuildError {
  return new BuildError({
    kind: 'environment',
    code: 'LAYER_DAMAGED',
    message: `The stored layer ${layer.descriptor.digest} is damaged; it is deleted`,
    hint: 'Build again: the layer is fetched or made again then.',
  });
}

function nowhere(layer: Layer): BuildError {
  return new BuildError({
    kind: 'bug',
    code: 'LAYER_NOT_FOUND',
    message: `Nothing holds the layer ${layer.descriptor.digest}`,
  });
}
