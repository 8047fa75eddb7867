import type { CacheKey } from '../../../image/cache-key.ts';
import type { Digest } from '../../../image/digest.ts';
import type { SolverVertex } from '../../../image/solver-vertex.ts';
import type { Descriptor, Repository } from '../../../image/types.ts';
import type { Registry } from '../../../registry/registry.ts';
import type { BuildCache, CachedLayer, CacheLookup, CacheReport } from '../../build-cache.ts';
import type { Notices } from '../../notices.ts';
import { RepositoryBlobs } from '../registry/repository-blobs.ts';
import type { CachedSteps } from './cached-steps.ts';

export interface BuildkitCacheParts {
  readonly name: string;
  readonly registry: Registry;
  readonly repository: Repository;
  readonly notices: Notices;
  /** One for each config, e.g. for each platform of an image with an inline cache. */
  readonly steps: readonly CachedSteps[];
  readonly layers: ReadonlyMap<Digest, CachedLayer>;
  /** The registry itself sees to it that the blobs stay: an image manifest names them. */
  readonly kept: boolean;
  /** Bytes that opening it took. */
  readonly bytesRead: number;
}

/** A cache that BuildKit wrote, to read from. Its layers are used where they are: nothing is downloaded before a step reads it. */
export class BuildkitCache implements BuildCache {
  readonly name: string;
  readonly writable = false;
  readonly foreign = true;
  readonly #parts: BuildkitCacheParts;
  readonly #blobs: RepositoryBlobs;

  constructor(parts: BuildkitCacheParts) {
    this.name = parts.name;
    this.#parts = parts;
    const layers = [...parts.layers.values()].map(({ descriptor }) => descriptor);
    this.#blobs = new RepositoryBlobs(parts, layers, parts.bytesRead);
  }

  async lookup(
    key: CacheKey,
    step: string,
    _signal?: AbortSignal,
    foreign?: () => Promise<SolverVertex | undefined>,
  ): Promise<CacheLookup> {
    const vertex = await foreign?.();
    if (vertex === undefined) return {};
    for (const steps of this.#parts.steps) {
      const result = await steps.resultOf(vertex);
      if (result !== undefined) return { record: { key, step, parts: [], ...result } };
    }
    return { reason: await this.#reason(vertex) };
  }

  async hasBlob(digest: Digest): Promise<boolean> {
    return this.#parts.kept ? this.#blobs.knows(digest) : this.#blobs.has(digest);
  }

  isUnsure(digest: Digest): boolean {
    return this.#blobs.isUnsure(digest);
  }

  openBlob(descriptor: Descriptor, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array> | undefined> {
    return this.#blobs.open(descriptor, signal);
  }

  save(): void {
    // It is only read.
  }

  async finish(): Promise<CacheReport> {
    const { notices, steps } = this.#parts;
    const { lines, failures } = notices;
    return {
      name: this.name,
      held: { records: steps.reduce((sum, { size }) => sum + size, 0), bytes: this.#blobs.size },
      recordsSaved: 0,
      bytesUploaded: 0,
      bytesDownloaded: this.#blobs.bytesDownloaded,
      notices: lines,
      failures,
    };
  }

  async #reason(vertex: SolverVertex): Promise<string> {
    const { steps } = this.#parts;
    if (vertex.unknown !== undefined) return `BuildKit's cache cannot be asked for it: ${vertex.unknown}`;
    if (!steps.some((each) => each.knows(vertex))) return "BuildKit's cache has no such step";
    const named = await Promise.all(steps.map((each) => each.isNamed(vertex)));
    return named.includes(true)
      ? "BuildKit's cache names it without its layer (mode=min, or an inline cache whose image lacks it)"
      : "BuildKit's cache has it on other inputs: what it is made on or what it reads has changed";
  }
}
