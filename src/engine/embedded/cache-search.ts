import type { BuildCache, CacheRecord } from '../../cache/build-cache.ts';
import type { CacheKey, KeyPart } from '../../image/cache-key.ts';
import type { SolverVertex } from '../../image/solver-vertex.ts';
import { explainMiss } from '../../plan/explain.ts';
import type { Vertex } from '../../plan/graph.ts';
import type { Blobs } from './blobs.ts';

/** What BuildKit calls a step; asked for by caches that BuildKit wrote. */
export type Foreign = () => Promise<SolverVertex | undefined>;

/** What is asked for, and where. */
interface Question {
  readonly key: CacheKey;
  readonly foreign: Foreign;
  readonly caches: readonly BuildCache[];
}

/** A record that a cache has. */
export interface Hit {
  readonly record: CacheRecord;
  /** Name of the cache. */
  readonly from: string;
  /** The same question to the caches that were not asked. */
  readonly rest: Question;
  /** Can its layer be had? Asked while the steps below are still worked on. */
  readonly available: Promise<boolean>;
  /** Why it cannot, when it cannot. */
  readonly whyGone: () => string;
}

export interface Looked {
  readonly hit?: Hit;
  /** On a miss: the last record of the same step that one of the caches knows. */
  readonly nearest?: CacheRecord;
  /** On a miss: what one of the caches says of it. */
  readonly reason?: string;
}

/** Why this build has no use for a record; undefined: it has. */
export type Refusal = (record: CacheRecord) => Promise<string | undefined>;

/** Asks the caches of a build, in their order. */
export class CacheSearch {
  readonly #caches: readonly BuildCache[];
  readonly #distrusted: ReadonlySet<CacheKey>;
  readonly #blobs: Blobs;
  readonly #refusal: Refusal;

  /**
   * @param distrusted keys of records that proved useless in an earlier try
   * @param refusal why this build has no use for a record that is as it should be
   */
  constructor(
    caches: readonly BuildCache[],
    distrusted: ReadonlySet<CacheKey>,
    blobs: Blobs,
    refusal: Refusal = () => Promise.resolve(undefined),
  ) {
    this.#refusal = refusal;
    this.#caches = caches;
    this.#distrusted = distrusted;
    this.#blobs = blobs;
  }

  get isEmpty(): boolean {
    return this.#caches.length === 0;
  }

  /** Does one of them know steps by other names alone? */
  get hasForeign(): boolean {
    return this.#caches.some(({ foreign }) => foreign === true);
  }

  /** @param key of either kind */
  async find(vertex: Vertex, key: CacheKey, foreign: Foreign, signal: AbortSignal): Promise<Looked> {
    return this.#ask(vertex, { key, foreign, caches: this.#caches }, signal);
  }

  async #ask(vertex: Vertex, { key, foreign, caches }: Question, signal: AbortSignal): Promise<Looked> {
    if (vertex.noCache || this.#distrusted.has(key)) return {};
    let nearest: CacheRecord | undefined;
    let reason: string | undefined;
    for (const [i, cache] of caches.entries()) {
      const looked = await cache.lookup(key, stepOf(vertex), signal, foreign);
      const { record } = looked;
      if (record !== undefined && !this.#distrusted.has(record.key))
        return { hit: this.#hit(record, cache, { key, foreign, caches: caches.slice(i + 1) }) };
      nearest ??= looked.nearest;
      reason ??= looked.reason;
    }
    return { ...(nearest === undefined ? {} : { nearest }), ...(reason === undefined ? {} : { reason }) };
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
      ({ hit } = await this.#ask(vertex, hit.rest, signal));
    }
    return reason === undefined ? {} : { reason };
  }

  /** Why the record cannot be used; undefined when it can. */
  async #objection(hit: Hit, parent: string): Promise<string | undefined> {
    if (hit.record.parent !== undefined && hit.record.parent !== parent)
      return 'the step below it was rebuilt with another result';
    return (await hit.available) ? this.#refusal(hit.record) : hit.whyGone();
  }

  /** Why there is no record. May ask a service: nothing should wait for it that has work to do. Never throws. */
  async explain(vertex: Vertex, parts: readonly KeyPart[], { nearest, reason }: Looked): Promise<string> {
    if (vertex.noCache) return 'caching is switched off for it';
    if (this.isEmpty) return 'no cache is in use';
    if (nearest !== undefined) return explainMiss(parts, nearest.parts);
    if (reason !== undefined) return reason;
    const refs = await Promise.all(this.#caches.map((cache) => cache.unreadable?.() ?? []));
    return explainMiss(parts, undefined, [...new Set(refs.flat())]);
  }

  #hit(record: CacheRecord, cache: BuildCache, rest: Hit['rest']): Hit {
    const { name } = cache;
    const { layer } = record;
    const available = layer === undefined ? Promise.resolve(true) : this.#blobs.available(layer);
    // Whoever waits for it gets the error.
    available.catch(() => undefined);
    const whyGone = (): string =>
      layer !== undefined && cache.isUnsure?.(layer.descriptor.digest) === true
        ? `its layer could not be had from ${name} (see the notice)`
        : `its layer is gone from ${name} (evicted)`;
    return { record, from: name, rest, available, whyGone };
  }
}

/** Names the step whatever it says now, so that its last record is found to compare with. */
export function stepOf(vertex: Vertex): string {
  return vertex.step ?? vertex.name;
}
