import { chainIdOf, type DiffId, type Digest, digestOf } from '../../../image/digest.ts';
import type { SolverInput, SolverVertex } from '../../../image/solver-vertex.ts';
import type { CachedLayer } from '../../build-cache.ts';
import type { CacheConfig, ConfigRecord, ConfigResult } from './cache-config.ts';

/** What BuildKit keeps of a step. */
export interface StepResult {
  /** Absent: the step changed nothing, and BuildKit left its empty layer out. */
  readonly layer?: CachedLayer;
  /** ChainID of the layers below, empty for none; absent when it does not depend on them. */
  readonly parent?: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** A result with all its layers, base first. */
interface Chain {
  readonly layers: readonly CachedLayer[];
  readonly createdAt: string;
}

type Matches = ReadonlySet<number>;

/** Output of a record that stands for content (BuildKit: solver/edge.go, NewCacheKey with index -1). */
const OF_CONTENT = -1;
const NONE: Matches = new Set();

/**
 * The records of one cache config, and which of them is a step: one whose own digest is equal and each of whose inputs is a record that the
 * step's input is, read by the same selector, or the record of its content (BuildKit: solver/cachemanager.go, Query; solver/edge.go).
 */
export class CachedSteps {
  readonly #records: readonly ConfigRecord[];
  readonly #chains: (result: ConfigResult) => Chain | undefined;
  /** Records without inputs by digest. */
  readonly #roots = new Map<Digest, number[]>();
  /** Records by digest, position of an input, its selector and the record that is it. */
  readonly #children = new Map<string, number[]>();
  readonly #digests: ReadonlySet<Digest>;
  readonly #matches = new WeakMap<SolverVertex, Promise<Matches>>();
  readonly #best = new WeakMap<SolverVertex, Promise<Chain | undefined>>();

  /** @param layers what is known of the blobs; results with a blob that is not among them are left out */
  constructor(config: CacheConfig, layers: ReadonlyMap<Digest, CachedLayer>) {
    this.#records = config.records;
    this.#digests = new Set(config.records.map(({ digest }) => digest));
    this.#chains = (result) => {
      const chain = result.layers.map((index) => layers.get(config.layers[index]?.blob as Digest));
      const known = chain.filter((layer) => layer !== undefined);
      return known.length < chain.length ? undefined : { layers: known, createdAt: result.createdAt };
    };
    config.records.forEach(({ digest, inputs }, index) => {
      if (inputs.length === 0) push(this.#roots, digest, index);
      inputs.forEach((links, input) => {
        for (const { selector, record } of links)
          push(this.#children, childName(digest, input, selector, record), index);
      });
    });
  }

  get size(): number {
    return this.#records.length;
  }

  /** The result of a step; undefined when there is none. */
  async resultOf(vertex: SolverVertex): Promise<StepResult | undefined> {
    const alone = vertex.alone === undefined ? undefined : await this.#bestOf(vertex.alone);
    const [only, ...more] = alone?.layers ?? [];
    if (alone !== undefined && only !== undefined && more.length === 0)
      return { layer: only, createdAt: alone.createdAt };
    const chain = await this.#bestOf(vertex);
    if (chain === undefined) return undefined;
    const ids = chain.layers.map(({ diffId }) => diffId);
    const below = await this.#layersBelow(vertex);
    const isEmpty = below !== undefined && same(below, ids);
    return {
      ...(isEmpty ? {} : { layer: chain.layers.at(-1) as CachedLayer }),
      parent: chainIdOf(isEmpty ? ids : ids.slice(0, -1)) ?? '',
      createdAt: chain.createdAt,
    };
  }

  /** Is a step of this definition kept, whatever it was made on? */
  knows(vertex: SolverVertex): boolean {
    return namesOf(vertex).some((name) => this.#digests.has(name));
  }

  /** Are its records, but none of their layers, there? */
  async isNamed(vertex: SolverVertex): Promise<boolean> {
    return (await this.#matchesOf(vertex)).size > 0;
  }

  #matchesOf(vertex: SolverVertex): Promise<Matches> {
    let matches = this.#matches.get(vertex);
    if (matches === undefined) {
      matches = this.#match(vertex);
      this.#matches.set(vertex, matches);
      matches.catch(() => this.#matches.delete(vertex));
    }
    return matches;
  }

  async #match(vertex: SolverVertex): Promise<Matches> {
    if (vertex.unknown !== undefined) return NONE;
    const names = namesOf(vertex);
    if (vertex.inputs.length === 0) return new Set(names.flatMap((name) => this.#roots.get(name) ?? []));
    // Nothing is read for a step that is not kept on anything.
    if (!this.knows(vertex)) return NONE;
    const byName = await Promise.all(vertex.inputs.map((input, i) => this.#named(names, input, i)));
    const found = this.#complete(intersection(byName), vertex);
    if (found.size > 0) return found;
    const all = await Promise.all(
      vertex.inputs.map(
        async (input, i) => new Set([...(byName[i] ?? NONE), ...(await this.#read(names, input, i))]),
      ),
    );
    return this.#complete(intersection(all), vertex);
  }

  /** Records that have the input at this place, told by what the input is. */
  async #named(names: readonly Digest[], { vertex, selectors }: SolverInput, at: number): Promise<Matches> {
    const sources = await this.#matchesOf(vertex);
    return this.#childrenOf(names, at, selectors, sources);
  }

  /** The same, told by what is read of it. */
  async #read(names: readonly Digest[], { content }: SolverInput, at: number): Promise<Matches> {
    const digests = (await content?.()) ?? [];
    const roots = digests.flatMap((digest) => this.#roots.get(recordName(digest, OF_CONTENT)) ?? []);
    return this.#childrenOf(names, at, [''], roots);
  }

  #childrenOf(
    names: readonly Digest[],
    at: number,
    selectors: readonly string[],
    sources: Iterable<number>,
  ): Matches {
    const found = new Set<number>();
    for (const source of sources) {
      for (const name of names) {
        for (const selector of selectors) {
          for (const child of this.#children.get(childName(name, at, selector, source)) ?? [])
            found.add(child);
        }
      }
    }
    return found;
  }

  /** Those with no further inputs. */
  #complete(records: Matches, { inputs }: SolverVertex): Matches {
    return new Set([...records].filter((index) => this.#records[index]?.inputs.length === inputs.length));
  }

  #bestOf(vertex: SolverVertex): Promise<Chain | undefined> {
    let best = this.#best.get(vertex);
    if (best === undefined) {
      best = this.#chooseBest(vertex);
      this.#best.set(vertex, best);
      best.catch(() => this.#best.delete(vertex));
    }
    return best;
  }

  /** The newest of the results that lie on the result chosen for the step below. */
  async #chooseBest(vertex: SolverVertex): Promise<Chain | undefined> {
    const matches = await this.#matchesOf(vertex);
    const chains = [...matches]
      .flatMap((index) => this.#records[index]?.results ?? [])
      .flatMap((result) => this.#chains(result) ?? [])
      .sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0));
    const below = await this.#layersBelow(vertex);
    return below === undefined ? chains[0] : chains.find(({ layers }) => liesOn(layers, below));
  }

  /** undefined: nothing is known of it. */
  async #layersBelow({ base }: SolverVertex): Promise<readonly DiffId[] | undefined> {
    if (base === undefined) return [];
    return base.layers ?? (await this.#bestOf(base))?.layers.map(({ diffId }) => diffId);
  }
}

/** As a layer of its own, or as it is, when the empty layer was left out. */
function liesOn(layers: readonly CachedLayer[], below: readonly DiffId[]): boolean {
  const ids = layers.map(({ diffId }) => diffId);
  return same(ids, below) || same(ids.slice(0, -1), below);
}

function same(a: readonly DiffId[], b: readonly DiffId[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}

function namesOf({ digests }: SolverVertex): readonly Digest[] {
  return digests.map((digest) => recordName(digest, 0));
}

/** BuildKit: solver/cachemanager.go, rootKey. */
function recordName(digest: Digest, output: number): Digest {
  return digestOf(`${digest}@${output}`);
}

function childName(digest: Digest, input: number, selector: string, source: number): string {
  return `${digest} ${input} ${selector} ${source}`;
}

function push<K>(map: Map<K, number[]>, key: K, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function intersection(sets: readonly Matches[]): Matches {
  const [first = NONE, ...others] = sets;
  return new Set([...first].filter((value) => others.every((set) => set.has(value))));
}
