import type { CacheKey, KeyPart } from '../../image/cache-key.ts';
import type { FileTree } from '../../image/file-tree.ts';
import { keyOf } from '../../plan/cache-key.ts';
import type { BuildGraph, CopyOp, CopySource, RunOp, Vertex, VertexId } from '../../plan/graph.ts';
import { selectionDigest } from './copy/selection-digest.ts';

export interface KeyOptions {
  readonly graph: BuildGraph;
  /** The tree of a context, http or git vertex; undefined for vertices whose content has a key already. */
  readonly contentOf: (vertex: Vertex) => Promise<FileTree | undefined>;
  /** What tells the content of an http or git vertex from any other. */
  readonly identityOf: (vertex: Vertex) => Promise<string | undefined>;
}

export interface KeyWithParts {
  readonly key: CacheKey;
  readonly parts: readonly KeyPart[];
}

/** The cache keys of a graph's vertices: each made once, none before it is asked for. Nothing is executed for a key. */
export class VertexKeys {
  readonly #options: KeyOptions;
  readonly #vertices: ReadonlyMap<VertexId, Vertex>;
  readonly #keys = new Map<VertexId, Promise<KeyWithParts>>();

  constructor(options: KeyOptions) {
    this.#options = options;
    this.#vertices = new Map(options.graph.vertices.map((vertex) => [vertex.id, vertex]));
  }

  of(id: VertexId): Promise<KeyWithParts> {
    let key = this.#keys.get(id);
    if (key === undefined) {
      key = this.#make(id);
      this.#keys.set(id, key);
      key.catch(() => undefined);
    }
    return key;
  }

  async #make(id: VertexId): Promise<KeyWithParts> {
    const vertex = this.#vertices.get(id);
    if (vertex === undefined) throw new TypeError(`no vertex ${id}`);
    const [inputs, content] = await Promise.all([
      Promise.all(vertex.inputs.map(async (input) => (await this.of(input)).key)),
      this.#contentDigests(vertex),
    ]);
    return keyOf(vertex, { inputs, content, covered: this.#readByContent(vertex) });
  }

  /** Repositories and downloads of which a step reads some files: those count, not the commit. */
  #readByContent(vertex: Vertex): ReadonlySet<number> {
    const sources = selectionOf(vertex.op)?.sources ?? [];
    return new Set(
      sources.flatMap((source) => {
        if (source.kind !== 'path') return [];
        const kind = this.#vertices.get(vertex.inputs[source.from] ?? '')?.op.kind;
        return kind === 'git' || kind === 'http' ? [source.from] : [];
      }),
    );
  }

  /** Digests of what the step reads from contexts; empty for steps that read from other steps only. */
  async #contentDigests(vertex: Vertex): Promise<readonly string[]> {
    const identity = await this.#options.identityOf(vertex);
    if (identity !== undefined) return [identity];
    const selection = selectionOf(vertex.op);
    // Downloads and repositories that are taken whole are told by the keys of their own vertices.
    const paths = selection?.sources.filter(({ kind }) => kind !== 'remote') ?? [];
    if (selection === undefined || paths.length === 0) return [];
    const wanted = new Set(paths.flatMap((source) => (source.kind === 'path' ? [source.from] : [])));
    const trees = await Promise.all(
      vertex.inputs.map(async (input, i) => {
        const source = wanted.has(i) ? this.#vertices.get(input) : undefined;
        return source === undefined ? undefined : this.#options.contentOf(source);
      }),
    );
    const sources = paths.filter((source) => source.kind === 'inline' || trees[source.from] !== undefined);
    return sources.length === 0 ? [] : selectionDigest({ ...selection, sources }, trees);
  }
}

/** What a step reads, told as a COPY. */
function selectionOf(op: Vertex['op']): CopyOp | undefined {
  if (op.kind === 'copy') return op;
  if (op.kind !== 'run') return undefined;
  const sources = boundSources(op);
  return sources.length === 0 ? undefined : { ...BIND_SELECTION, sources };
}

function boundSources(op: RunOp): readonly CopySource[] {
  return op.mounts.flatMap((mount): CopySource[] =>
    (mount.type === 'bind' || mount.type === 'cache') && mount.from !== undefined
      ? [{ kind: 'path', from: mount.from, pattern: mount.source }]
      : [],
  );
}

const BIND_SELECTION: CopyOp = {
  kind: 'copy',
  instruction: 'COPY',
  sources: [],
  destination: '/',
  link: false,
  parents: false,
  exclude: [],
  unpack: 'never',
};
