import pLimit, { type LimitFunction } from 'p-limit';
import { BuildError, toBuildError } from '../../base/errors.ts';
import type { BuildCache, CacheRecord } from '../../cache/build-cache.ts';
import type { CacheKey, KeyPart } from '../../image/cache-key.ts';
import { chainIdOf } from '../../image/digest.ts';
import type { LayerIndex } from '../../image/layer/entry.ts';
import type { Layer } from '../../image/types.ts';
import { explainMiss } from '../../plan/explain.ts';
import type { BuildGraph, Vertex, VertexId } from '../../plan/graph.ts';
import type { Blobs } from './blobs.ts';
import { CacheBlobLost } from './cache-blob-lost.ts';
import type { KeyWithParts, VertexKeys } from './keys.ts';
import type { StepLayer, Steps } from './steps.ts';

/** What a vertex adds to the stack below it. */
export interface VertexResult {
  readonly layer?: Layer;
  /** When the layer was made, as the image tells it; ISO 8601. */
  readonly createdAt: string;
}

/** A layer that was just made. */
export interface MadeLayer {
  readonly layer: Layer;
  readonly index: LayerIndex;
}

/** How a missing step is run: one function an op, see ops/. */
export type Execute = (vertex: Vertex, signal: AbortSignal) => Promise<MadeLayer>;

export interface SolverOptions {
  readonly graph: BuildGraph;
  readonly keys: VertexKeys;
  readonly blobs: Blobs;
  readonly steps: Steps;
  readonly cacheFrom: readonly BuildCache[];
  readonly cacheTo: readonly BuildCache[];
  /** Records that proved useless in an earlier try. */
  readonly distrusted: ReadonlySet<CacheKey>;
  readonly baseLayers: (vertex: Vertex) => readonly Layer[];
  readonly rememberIndex: (index: LayerIndex) => Promise<void>;
  readonly execute: Execute;
  readonly jobs: number;
  /** What new records say; ISO 8601. */
  readonly createdAt: string;
}

interface Hit {
  readonly record: CacheRecord;
  readonly layer: Layer | undefined;
  readonly from: string;
}

/**
 * Finds the result of each vertex that is asked for, and of no other: from a cache, else by running it once the results below it are known.
 * Independent vertices are worked on at the same time; the first failure stops the rest.
 */
export class Solver {
  readonly #options: SolverOptions;
  readonly #vertices: ReadonlyMap<VertexId, Vertex>;
  readonly #results = new Map<VertexId, Promise<VertexResult>>();
  readonly #abort = new AbortController();
  readonly #limit: LimitFunction;

  constructor(options: SolverOptions, signal: AbortSignal) {
    this.#options = options;
    this.#vertices = new Map(options.graph.vertices.map((vertex) => [vertex.id, vertex]));
    this.#limit = pLimit(options.jobs);
    signal.addEventListener('abort', () => this.#abort.abort(signal.reason), { once: true });
    if (signal.aborted) this.#abort.abort(signal.reason);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  vertex(id: VertexId): Vertex {
    const vertex = this.#vertices.get(id);
    if (vertex === undefined) {
      throw new BuildError({ kind: 'bug', code: 'NO_SUCH_VERTEX', message: `The graph has no vertex ${id}` });
    }
    return vertex;
  }

  /** Solves whole chains at the same time and waits until nothing is under way any more, also after a failure. */
  async solve(targets: readonly VertexId[]): Promise<readonly (readonly Layer[])[]> {
    try {
      return await Promise.all(targets.map((id) => this.stack(id)));
    } catch (error) {
      this.#abort.abort(error);
      throw error;
    } finally {
      await this.#settle();
    }
  }

  /** All layers up to and with this vertex, base first. */
  async stack(id: VertexId): Promise<readonly Layer[]> {
    const vertex = this.vertex(id);
    switch (vertex.op.kind) {
      case 'scratch':
      case 'local':
      case 'http':
      case 'git':
        return [];
      case 'image':
        return this.#options.baseLayers(vertex);
      case 'run':
      case 'copy':
      case 'mkdir': {
        const [below, { layer }] = await Promise.all([this.#below(vertex), this.result(id)]);
        return layer === undefined ? below : [...below, layer];
      }
    }
  }

  result(id: VertexId): Promise<VertexResult> {
    let result = this.#results.get(id);
    if (result === undefined) {
      result = this.#find(this.vertex(id));
      this.#results.set(id, result);
      // Whoever asked gets the error; an unasked one must not end the process.
      result.catch(() => undefined);
    }
    return result;
  }

  #below(vertex: Vertex): Promise<readonly Layer[]> {
    const [parent] = vertex.inputs;
    return parent === undefined ? Promise.resolve([]) : this.stack(parent);
  }

  async #find(vertex: Vertex): Promise<VertexResult> {
    const { key, parts } = await this.#keyOf(vertex);
    const [looked, below] = await Promise.all([this.#lookupAhead(vertex, key), this.#below(vertex)]);
    this.signal.throwIfAborted();
    const parent = chainIdOf(below.map(({ diffId }) => diffId)) ?? '';
    const { hit, miss } = await this.#judge(looked, vertex, parent, parts);
    if (hit !== undefined) return this.#take(vertex, hit, parts);
    // Before a place among the running steps is taken: a step that waits in one for another step could wait for ever.
    await Promise.all(vertex.inputs.map((id) => this.stack(id)));
    return this.#limit(() => this.#run(vertex, { key, parts, parent, miss }));
  }

  async #keyOf(vertex: Vertex): Promise<KeyWithParts> {
    try {
      return await this.#options.keys.of(vertex.id);
    } catch (thrown) {
      throw toBuildError(thrown).located(vertex.at);
    }
  }

  /** Looks the key up; on a miss all that the step reads is worked on at once, not only after the step below it. */
  async #lookupAhead(vertex: Vertex, key: CacheKey): Promise<{ hit?: Hit; nearest?: CacheRecord }> {
    const looked = await this.#lookup(vertex, key);
    if (looked.hit === undefined) for (const id of vertex.inputs) this.stack(id).catch(() => undefined);
    return looked;
  }

  /** The first cache that knows the key, else the nearest record that one of them knows. */
  async #lookup(vertex: Vertex, key: CacheKey): Promise<{ hit?: Hit; nearest?: CacheRecord }> {
    const { cacheFrom, distrusted } = this.#options;
    if (vertex.noCache || distrusted.has(key)) return {};
    let nearest: CacheRecord | undefined;
    for (const cache of cacheFrom) {
      const found = await cache.lookup(key, stepOf(vertex), this.signal);
      if (found.record !== undefined) {
        const { layer } = found.record;
        return { hit: { record: found.record, layer, from: cache.name } };
      }
      nearest ??= found.nearest;
    }
    return nearest === undefined ? {} : { nearest };
  }

  async #judge(
    looked: { hit?: Hit; nearest?: CacheRecord },
    vertex: Vertex,
    parent: string,
    parts: readonly KeyPart[],
  ): Promise<{ hit?: Hit; miss: string }> {
    const { hit, nearest } = looked;
    if (vertex.noCache) return { miss: 'caching is switched off for it' };
    if (hit === undefined) {
      const none = this.#options.cacheFrom.length === 0;
      return { miss: none ? 'no cache is in use' : explainMiss(parts, nearest?.parts) };
    }
    if (hit.record.parent !== undefined && hit.record.parent !== parent) {
      return { miss: 'the step below it was rebuilt with another result' };
    }
    if (hit.layer !== undefined && !(await this.#options.blobs.available(hit.layer))) {
      return { miss: `its layer is gone from ${hit.from} (evicted)` };
    }
    return { hit, miss: '' };
  }

  async #take(vertex: Vertex, hit: Hit, parts: readonly KeyPart[]): Promise<VertexResult> {
    const { blobs, cacheTo, steps, rememberIndex } = this.#options;
    const { record, layer, from } = hit;
    if (record.index !== undefined) await rememberIndex(record.index);
    if (layer !== undefined) blobs.cameFrom(layer, record.key);
    for (const cache of cacheTo) {
      // Saving again is cheap where the record is, and spreads it to where it is not. No bytes move that are not here already.
      if (
        cache.name !== from &&
        layer !== undefined &&
        (await blobs.store.stat(layer.descriptor.digest)) !== undefined
      ) {
        cache.save(record, () => blobs.open(layer));
      } else if (cache.name !== from && layer === undefined) cache.save(record);
    }
    steps.cached(vertex, from, parts, layer === undefined ? undefined : stepLayer(layer, record.index));
    return { ...(layer === undefined ? {} : { layer }), createdAt: record.createdAt };
  }

  async #run(
    vertex: Vertex,
    facts: { key: CacheKey; parts: readonly KeyPart[]; parent: string; miss: string },
  ): Promise<VertexResult> {
    const { blobs, cacheTo, steps, rememberIndex, execute, createdAt } = this.#options;
    this.signal.throwIfAborted();
    steps.started(vertex);
    try {
      const { layer, index } = await execute(vertex, this.signal);
      await rememberIndex(index);
      const record: CacheRecord = {
        key: facts.key,
        step: stepOf(vertex),
        parts: facts.parts,
        layer,
        parent: facts.parent,
        createdAt,
        index,
      };
      for (const cache of cacheTo) cache.save(record, () => blobs.store.open(layer.descriptor.digest));
      steps.done(vertex, facts.miss, facts.parts, stepLayer(layer, index));
      return { layer, createdAt };
    } catch (thrown) {
      // Not this step's failure: the build starts again without the record.
      if (thrown instanceof CacheBlobLost) throw thrown;
      const error = toBuildError(thrown).located(vertex.at);
      if (!this.signal.aborted) steps.failed(vertex, error, facts.parts);
      this.#abort.abort(error);
      throw error;
    }
  }

  async #settle(): Promise<void> {
    let seen = -1;
    // Results may start others while they settle.
    while (seen !== this.#results.size) {
      seen = this.#results.size;
      await Promise.allSettled(this.#results.values());
    }
  }
}

/** Names the step whatever it says now, so that its last record is found to compare with. */
function stepOf(vertex: Vertex): string {
  return vertex.step ?? vertex.name;
}

function stepLayer({ diffId, descriptor }: Layer, index: LayerIndex | undefined): StepLayer {
  const stored = descriptor.size;
  return index === undefined ? { diffId, stored } : { diffId, stored, uncompressed: index.size };
}
