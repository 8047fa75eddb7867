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
  /** The keys and caches that were not asked for it. */
  readonly rest: { readonly key: CacheKey; readonly caches: readonly BuildCache[] };
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
  async find(
    vertex: Vertex,
    key: CacheKey,
    signal: AbortSignal,
    caches: readonly BuildCache[] = this.#caches,
  ): Promise<Looked> {
    if (vertex.noCache || this.#distrusted.has(key)) return {};
    let nearest: CacheRecord | undefined;
    for (const [i, cache] of caches.entries()) {
      const { record, nearest: near } = await cache.lookup(key, stepOf(vertex), signal);
      if (record !== undefined && !this.#distrusted.has(record.key))
        return { hit: this.#hit(record, cache, { key, caches: caches.slice(i + 1) }) };
      nearest ??= near;
    }
    return nearest === undefined ? {} : { nearest };
  }

  /**
   * The record that was found if it can be used, else one of the caches that were not asked yet. Without one, `reason` tells why the first
   * cannot be used, if there is one at all.
   */
  async usable(
    looked: Looked,
    vertex: Vertex,
    parent: string,
    signal: AbortSignal,
  ): Promise<{ readonly hit?: Hit; readonly reason?: string }> {
    let reason: string | undefined;
    for (let { hit } = looked; hit !== undefined; ) {
      const objection = await this.#objection(hit, parent);
      if (objection === undefined) return { hit };
      reason ??= objection;
      ({ hit } = await this.find(vertex, hit.rest.key, signal, hit.rest.caches));
    }
    return reason === undefined ? {} : { reason };
  }

  /** Why the record cannot be used; undefined when it can. */
  async #objection(hit: Hit, parent: string): Promise<string | undefined> {
    if (hit.record.parent !== undefined && hit.record.parent !== parent)
      return 'the step below it was rebuilt with another result';
    return (await hit.available) ? undefined : `its layer is gone from ${hit.from} (evicted)`;
  }

  /** Why there is no record. */
  explain(vertex: Vertex, parts: readonly KeyPart[], nearest: CacheRecord | undefined): string {
    if (vertex.noCache) return 'caching is switched off for it';
    return this.isEmpty ? 'no cache is in use' : explainMiss(parts, nearest?.parts);
  }

  #hit(record: CacheRecord, { name }: BuildCache, rest: Hit['rest']): Hit {
    const { layer } = record;
    const available = layer === undefined ? Promise.resolve(true) : this.#blobs.available(layer);
    // Whoever waits for it gets the error.
    available.catch(() => undefined);
    return { record, from: name, rest, available };
  }
}

/** Names the step whatever it says now, so that its last record is found to compare with. */
export function stepOf(vertex: Vertex): string {
  return vertex.step ?? vertex.name;
}
