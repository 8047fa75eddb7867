import pLimit, { type LimitFunction } from 'p-limit';
import { BuildError, throwAll } from '../../base/errors.ts';
import type { BuildCache, CacheRecord } from '../../cache/build-cache.ts';
import type { CacheKey, KeyPart } from '../../image/cache-key.ts';
import { chainIdOf } from '../../image/digest.ts';
import type { LayerIndex } from '../../image/layer/entry.ts';
import type { Layer } from '../../image/types.ts';
import { ignoresParent } from '../../plan/cache-key.ts';
import type { BuildGraph, Vertex, VertexId } from '../../plan/graph.ts';
import type { Blobs } from './blobs.ts';
import type { SolverVertices } from './buildkit/solver-vertices.ts';
import { CacheBlobLost } from './cache-blob-lost.ts';
import { CacheSearch, type Foreign, type Hit, type Looked, type Refusal, stepOf } from './cache-search.ts';
import type { KeyWithParts, VertexKeys } from './keys.ts';
import type { RunPreparation } from './run-preparation.ts';
import { stepError } from './step-error.ts';
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
  /** What BuildKit calls the vertices. */
  readonly foreign: Pick<SolverVertices, 'of' | 'withContent'>;
  readonly blobs: Blobs;
  readonly steps: Steps;
  readonly cacheFrom: readonly BuildCache[];
  readonly cacheTo: readonly BuildCache[];
  /** They take the steps of the targets' own chains alone. */
  readonly cacheToFinal: readonly BuildCache[];
  /** Records that proved useless in an earlier try. */
  readonly distrusted: ReadonlySet<CacheKey>;
  readonly refusal?: Refusal | undefined;
  readonly baseLayers: (vertex: Vertex) => readonly Layer[];
  readonly rememberIndex: (index: LayerIndex) => Promise<void>;
  readonly execute: Execute;
  /** What is missing for a step to be run, should it have to be. */
  readonly whyNot: (vertex: Vertex) => readonly BuildError[];
  /** Is told which RUNs will have to be run, and what is run. */
  readonly preparation: Pick<RunPreparation, 'missed' | 'begun'>;
  readonly jobs: number;
  /** What new records say; ISO 8601. */
  readonly createdAt: string;
}

/** What is known of a step when its result is found or made. */
interface Facts {
  readonly key: CacheKey;
  readonly parts: readonly KeyPart[];
  /** ChainID of the layers below; undefined when they do not matter. */
  readonly parent: string | undefined;
  readonly contentKey?: CacheKey | undefined;
}

const RENEWED = 'it reads a stage that was built without the cache';

/**
 * Finds the result of each vertex that is asked for, and of no other: from a cache, else by running it once the results below it are known.
 * Independent vertices are worked on at the same time; the first failure stops the rest.
 */
export class Solver {
  readonly #options: SolverOptions;
  readonly #vertices: ReadonlyMap<VertexId, Vertex>;
  readonly #results = new Map<VertexId, Promise<VertexResult>>();
  readonly #known = new Map<VertexId, VertexResult>();
  readonly #signal: AbortSignal;
  readonly #stop: (reason: unknown) => void;
  /** Is a vertex, or one that it stands on, to be run whatever the caches have? */
  readonly #renewed = new Map<VertexId, boolean>();
  readonly #limit: LimitFunction;
  readonly #search: CacheSearch;
  /** Steps whose layers are in an image that was asked for. */
  readonly #final: ReadonlySet<VertexId>;

  /**
   * @param signal ends all work, also what others do for the steps
   * @param stop aborts that signal
   */
  constructor(options: SolverOptions, signal: AbortSignal, stop: (reason: unknown) => void) {
    this.#options = options;
    this.#signal = signal;
    this.#stop = stop;
    this.#vertices = new Map(options.graph.vertices.map((vertex) => [vertex.id, vertex]));
    this.#limit = pLimit(options.jobs);
    this.#final = new Set(options.graph.targets.flatMap(({ chain }) => chain));
    this.#search = new CacheSearch(options.cacheFrom, options.distrusted, options.blobs, options.refusal);
  }

  get signal(): AbortSignal {
    return this.#signal;
  }

  vertex(id: VertexId): Vertex {
    const vertex = this.#vertices.get(id);
    if (vertex === undefined) {
      throw new BuildError({ kind: 'bug', code: 'NO_SUCH_VERTEX', message: `The graph has no vertex ${id}` });
    }
    return vertex;
  }

  /**
   * Solves whole chains at the same time and waits until nothing is under way any more, also after a failure.
   * @throws what failed first: what it stopped may fail sooner on its way out, with an error that says nothing
   */
  async solve(targets: readonly VertexId[]): Promise<readonly (readonly Layer[])[]> {
    try {
      return await Promise.all(targets.map((id) => this.stack(id)));
    } catch (error) {
      this.#stop(error);
      throw this.signal.reason;
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

  /** Was its result asked for? */
  isSolved(id: VertexId): boolean {
    return this.#results.has(id);
  }

  result(id: VertexId): Promise<VertexResult> {
    let result = this.#results.get(id);
    if (result === undefined) {
      result = this.#find(this.vertex(id));
      this.#results.set(id, result);
      result.then(
        (found) => this.#known.set(id, found),
        // Whoever asked gets the error; an unasked one must not end the process.
        () => undefined,
      );
    }
    return result;
  }

  /** As `stack`, but only what is known already, from the base up to where nothing is. */
  knownLayers(id: VertexId): readonly Layer[] {
    const layers: Layer[] = [];
    for (const vertex of this.#chain(id)) {
      if (vertex.op.kind === 'image') layers.push(...this.#options.baseLayers(vertex));
      else if (vertex.inputs.length > 0) {
        const result = this.#known.get(vertex.id);
        if (result === undefined) break;
        if (result.layer !== undefined) layers.push(result.layer);
      }
    }
    return layers;
  }

  /** The vertices whose layers make the stack of this one, base first. */
  #chain(id: VertexId): readonly Vertex[] {
    const chain: Vertex[] = [];
    for (let at: VertexId | undefined = id; at !== undefined; at = chain[0]?.inputs[0]) {
      chain.unshift(this.vertex(at));
    }
    return chain;
  }

  #below(vertex: Vertex): Promise<readonly Layer[]> {
    const [parent] = vertex.inputs;
    return parent === undefined ? Promise.resolve([]) : this.stack(parent);
  }

  async #find(vertex: Vertex): Promise<VertexResult> {
    const { key, parts } = await this.#options.keys.of(vertex.id);
    const [looked, below] = await Promise.all([this.#lookupAhead(vertex, key), this.#below(vertex)]);
    this.signal.throwIfAborted();
    const parent = chainIdOf(below.map(({ diffId }) => diffId)) ?? '';
    const facts = { key, parts, parent: ignoresParent(vertex.op) ? undefined : parent };
    const { hit, reason } = await this.#search.usable(looked, vertex, parent, this.signal);
    if (hit !== undefined) return this.#take(vertex, hit, facts);
    // Before a place among the running steps is taken: a step that waits in one for another step could wait for ever.
    await Promise.all(vertex.inputs.map((id) => this.stack(id)));
    const content = await this.#contentKey(vertex, parent);
    const same = content === undefined ? undefined : await this.#sameContent(vertex, content.key, parent);
    if (same !== undefined) return this.#take(vertex, same, { ...facts, contentKey: content?.key });
    const all = content === undefined ? parts : withContent(parts, content.parts);
    const miss = reason === undefined ? this.#search.explain(vertex, all, looked) : Promise.resolve(reason);
    return this.#limit(() => this.#run(vertex, { ...facts, parts: all, contentKey: content?.key, miss }));
  }

  /** Looks the key up; on a miss all that the step reads is worked on at once, not only after the step below it. */
  async #lookupAhead(vertex: Vertex, key: CacheKey): Promise<Looked> {
    const foreign = this.#foreign(() => this.#options.foreign.of(vertex.id));
    const looked = this.#readsRenewed(vertex)
      ? { reason: RENEWED }
      : await this.#search.find(vertex, key, foreign, this.signal);
    if (looked.hit !== undefined) return looked;
    // No cache has ever seen this step, so that its content will not find it either: nothing below it is run in vain.
    if (looked.nearest === undefined && !this.#search.hasForeign) this.#checkMissing(vertex, []);
    if (vertex.op.kind === 'run') this.#options.preparation.missed(vertex);
    for (const id of vertex.inputs) this.stack(id).catch(() => undefined);
    return looked;
  }

  /** Does it read files of a stage that is to be built without the cache? How such files are defined tells nothing of them then. */
  #readsRenewed({ inputs }: Vertex): boolean {
    return inputs.slice(1).some((id) => this.#isRenewed(id));
  }

  #isRenewed(id: VertexId): boolean {
    let renewed = this.#renewed.get(id);
    if (renewed === undefined) {
      const { noCache, inputs } = this.vertex(id);
      renewed = noCache || inputs.some((input) => this.#isRenewed(input));
      this.#renewed.set(id, renewed);
    }
    return renewed;
  }

  /** undefined where it cannot be made: what is wrong with the step is told when it runs. */
  async #contentKey(vertex: Vertex, parent: string): Promise<KeyWithParts | undefined> {
    const { cacheTo, cacheToFinal, keys } = this.#options;
    if (this.#search.isEmpty && cacheTo.length === 0 && cacheToFinal.length === 0) return undefined;
    try {
      return await keys.byContent(vertex.id, parent);
    } catch (thrown) {
      this.signal.throwIfAborted();
      if (thrown instanceof CacheBlobLost) throw thrown;
      return undefined;
    }
  }

  async #sameContent(vertex: Vertex, key: CacheKey, parent: string): Promise<Hit | undefined> {
    const foreign = this.#foreign(() => this.#options.foreign.withContent(vertex.id));
    const looked = await this.#search.find(vertex, key, foreign, this.signal);
    return (await this.#search.usable(looked, vertex, parent, this.signal)).hit;
  }

  /** What cannot be told is told when the step runs. */
  #foreign(make: Foreign): Foreign {
    return async () => {
      try {
        return await make();
      } catch (thrown) {
        this.signal.throwIfAborted();
        if (thrown instanceof CacheBlobLost) throw thrown;
        return undefined;
      }
    };
  }

  async #take(vertex: Vertex, hit: Hit, facts: Facts): Promise<VertexResult> {
    const { blobs, steps, rememberIndex } = this.#options;
    const { record, from } = hit;
    const { layer, index, createdAt } = record;
    if (index !== undefined) await rememberIndex(index);
    if (layer !== undefined) blobs.cameFrom(layer, record.key);
    const byContent = facts.contentKey !== undefined;
    if (byContent) {
      // Under its own key too, so that the next build need not solve anything to find it.
      const own = { ...record, ...recordOf(vertex, facts, createdAt) };
      for (const cache of this.#targets(vertex)) if (cache.name === from) cache.save(own);
      await this.#spread(vertex, own, from);
    } else await this.#spread(vertex, { ...record, ...recordOf(vertex, facts, createdAt) }, from);
    const told = byContent ? { from, by: 'content' as const } : { from };
    steps.cached(vertex, told, facts.parts, layer === undefined ? undefined : stepLayer(layer, index));
    return { ...(layer === undefined ? {} : { layer }), createdAt };
  }

  /** Saving again is cheap where the record is, and spreads it to where it is not. No bytes move that are not here already. */
  async #spread(vertex: Vertex, record: CacheRecord, from: string): Promise<void> {
    const { blobs } = this.#options;
    const { layer } = record;
    const here = layer !== undefined && (await blobs.isHere(layer));
    // A layer that a registry serves need not be here.
    if (layer !== undefined && !here && layer.sources.length === 0) return;
    for (const cache of this.#targets(vertex)) {
      if (cache.name === from) continue;
      if (layer === undefined || !here) cache.save(record);
      else cache.save(record, () => blobs.open(layer));
    }
  }

  async #run(vertex: Vertex, facts: Facts & { readonly miss: Promise<string> }): Promise<VertexResult> {
    const { blobs, steps, rememberIndex, execute, createdAt } = this.#options;
    this.signal.throwIfAborted();
    this.#checkMissing(vertex, facts.parts);
    steps.started(vertex);
    this.#options.preparation.begun(vertex);
    try {
      const { layer, index } = await execute(vertex, this.signal);
      await rememberIndex(index);
      const record: CacheRecord = { ...recordOf(vertex, facts, createdAt), layer, index };
      for (const cache of this.#targets(vertex))
        cache.save(record, () => blobs.store.open(layer.descriptor.digest));
      steps.done(vertex, await facts.miss, facts.parts, stepLayer(layer, index));
      return { layer, createdAt };
    } catch (thrown) {
      // Not this step's failure: the build starts again without the record.
      if (thrown instanceof CacheBlobLost) throw thrown;
      throw this.#failed(vertex, thrown, facts.parts);
    }
  }

  #checkMissing(vertex: Vertex, parts: readonly KeyPart[]): void {
    try {
      throwAll(this.#options.whyNot(vertex));
    } catch (thrown) {
      throw this.#failed(vertex, thrown, parts);
    }
  }

  #failed(vertex: Vertex, thrown: unknown, parts: readonly KeyPart[]): BuildError {
    const error = stepError(vertex, thrown);
    if (!this.signal.aborted) this.#options.steps.failed(vertex, error, parts);
    this.#stop(error);
    return error;
  }

  /** The caches that take the result of this step. */
  #targets({ id }: Vertex): readonly BuildCache[] {
    const { cacheTo, cacheToFinal } = this.#options;
    return this.#final.has(id) ? [...cacheTo, ...cacheToFinal] : cacheTo;
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

function recordOf(vertex: Vertex, { key, contentKey, parts, parent }: Facts, createdAt: string): CacheRecord {
  return {
    key,
    ...(contentKey === undefined ? {} : { contentKey }),
    step: stepOf(vertex),
    parts,
    ...(parent === undefined ? {} : { parent }),
    createdAt,
  };
}

/** What the step read of other steps, told with what its definition is made of. */
function withContent(parts: readonly KeyPart[], content: readonly KeyPart[]): readonly KeyPart[] {
  const names = new Set(parts.map(({ name }) => name));
  return [...parts, ...content.filter(({ name }) => name.startsWith('content ') && !names.has(name))];
}

function stepLayer({ diffId, descriptor }: Layer, index: LayerIndex | undefined): StepLayer {
  const stored = descriptor.size;
  return index === undefined ? { diffId, stored } : { diffId, stored, uncompressed: index.size };
}
