import type { BuildCache, CacheRecord } from '../../cache/build-cache.ts';
import type { CacheKey, KeyPart } from '../../image/cache-key.ts';
import { explainMiss } from '../../plan/explain.ts';
import type { Vertex } from '../../plan/graph.ts';
import type { Blobs } from './blobs.ts';

/** A record that a cache has. */
export interface Hit {
  readonly record: CacheRecord;
  /** Name of the cache. */
  readonly from: string;
  /** Can its layer be had? Asked while the steps below are still worked on. */
  readonly available: Promise<boolean>;
}

export interface Looked {
  readonly hit?: Hit;
  /** On a miss: the last record of the same step that one of the caches knows. */
  readonly nearest?: CacheRecord;
}

/** Asks the caches of a build, in their order. */
export class CacheSearch {
  readonly #caches: readonly BuildCache[];
  readonly #distrusted: ReadonlySet<CacheKey>;
  readonly #blobs: Blobs;

  /** @param distrusted keys of records that proved useless in an earlier try */
  constructor(caches: readonly BuildCache[], distrusted: ReadonlySet<CacheKey>, blobs: Blobs) {
    this.#caches = caches;
    this.#distrusted = distrusted;
    this.#blobs = blobs;
  }

  get isEmpty(): boolean {
    return this.#caches.length === 0;
  }

  /** @param key of either kind */
  async find(vertex: Vertex, key: CacheKey, signal: AbortSignal): Promise<Looked> {
    if (vertex.noCache || this.#distrusted.has(key)) return {};
    let nearest: CacheRecord | undefined;
    for (const cache of this.#caches) {
      const { record, nearest: near } = await cache.lookup(key, stepOf(vertex), signal);
      if (record !== undefined && !this.#distrusted.has(record.key)) return { hit: this.#hit(record, cache) };
      nearest ??= near;
    }
    return nearest === undefined ? {} : { nearest };
  }

  /** Why the record cannot be used; undefined when it can, and when there is none. */
  async objection(hit: Hit | undefined, parent: string): Promise<string | undefined> {
    if (hit === undefined) return undefined;
    if (hit.record.parent !== undefined && hit.record.parent !== parent)
      return 'the step below it was rebuilt with another result';
    return (await hit.available) ? undefined : `its layer is gone from ${hit.from} (evicted)`;
  }

  /** Why there is no record. */
  explain(vertex: Vertex, parts: readonly KeyPart[], nearest: CacheRecord | undefined): string {
    if (vertex.noCache) return 'caching is switched off for it';
    return this.isEmpty ? 'no cache is in use' : explainMiss(parts, nearest?.parts);
  }

  #hit(record: CacheRecord, { name }: BuildCache): Hit {
    const { layer } = record;
    const available = layer === undefined ? Promise.resolve(true) : this.#blobs.available(layer);
    // Whoever waits for it gets the error.
    available.catch(() => undefined);
    return { record, from: name, available };
  }
}

/** Names the step whatever it says now, so that its last record is found to compare with. */
export function stepOf(vertex: Vertex): string {
  return vertex.step ?? vertex.name;
}
