import type { CacheKey, KeyPart } from '../../image/cache-key.ts';
import type { FileTree } from '../../image/file-tree.ts';
import { keyOf, type RunLimits } from '../../plan/cache-key.ts';
import type { BuildGraph, CopyOp, CopySource, RunOp, Vertex, VertexId } from '../../plan/graph.ts';
import { selectionDigest } from './copy/selection-digest.ts';
import { stepError } from './step-error.ts';

export interface KeyOptions {
  readonly graph: BuildGraph;
  /** The tree of a context, http or git vertex; undefined for vertices whose content has a key already. */
  readonly contentOf: (vertex: Vertex) => Promise<FileTree | undefined>;
  /** What tells the content of an http or git vertex from any other. */
  readonly identityOf: (vertex: Vertex) => Promise<string | undefined>;
  /** The merged tree of any vertex once it is solved; undefined for an empty one. */
  readonly treeOf: (id: VertexId) => Promise<FileTree | undefined>;
  readonly limits: RunLimits;
}

export interface KeyWithParts {
  readonly key: CacheKey;
  readonly parts: readonly KeyPart[];
}

/** Vertices whose files are there before any step has run. */
const FILES: ReadonlySet<Vertex['op']['kind']> = new Set(['local', 'http', 'git']);
/** Stands for what a source selects of an empty root file system. */
const NOTHING = 'nothing';

/** The cache keys of a graph's vertices: each made once, none before it is asked for. Nothing is executed for a key. */
export class VertexKeys {
  readonly #options: KeyOptions;
  readonly #vertices: ReadonlyMap<VertexId, Vertex>;
  readonly #keys = new Map<VertexId, Promise<KeyWithParts>>();
  /** What miss explanations tell of single files, by digest. */
  readonly #told = new Map<string, string>();
  /** What vertices read from contexts: it counts in both keys. */
  readonly #fromContexts = new Map<VertexId, Promise<readonly (string | undefined)[]>>();

  constructor(options: KeyOptions) {
    this.#options = options;
    this.#vertices = new Map(options.graph.vertices.map((vertex) => [vertex.id, vertex]));
  }

  /**
   * Over how the step and all below it are defined.
   * @throws BuildError at the line of the step that is wrong, whichever step was asked for
   */
  of(id: VertexId): Promise<KeyWithParts> {
    let key = this.#keys.get(id);
    if (key === undefined) {
      key = this.#make(id);
      this.#keys.set(id, key);
      key.catch(() => undefined);
    }
    return key;
  }

  /**
   * Over what the step meets: the layers that it is made on and the content that it reads from other steps. Those have to be solved; what
   * layers hold is fetched where nobody knows it.
   * @param parent ChainID of the layers that it is made on, empty for none
   */
  async byContent(id: VertexId, parent: string): Promise<KeyWithParts> {
    const vertex = this.#vertex(id);
    const [inputs, content] = await Promise.all([this.#inputKeys(vertex), this.#allDigests(vertex)]);
    const covered = new Set(pathsOf(vertex).filter((input) => !this.#isMountedImage(vertex, input)));
    return keyOf(vertex, {
      inputs,
      content,
      told: this.#told,
      covered,
      parent,
      limits: this.#options.limits,
    });
  }

  async #make(id: VertexId): Promise<KeyWithParts> {
    const vertex = this.#vertex(id);
    const [inputs, content] = await Promise.all([this.#inputKeys(vertex), this.#ownContent(vertex)]);
    return keyOf(vertex, {
      inputs,
      content,
      told: this.#told,
      covered: this.#readByContent(vertex),
      unread: this.#unread(vertex),
      limits: this.#options.limits,
    });
  }

  async #ownContent(vertex: Vertex): Promise<readonly string[]> {
    try {
      const identity = await this.#options.identityOf(vertex);
      const digests = identity === undefined ? await this.#contextDigests(vertex) : [identity];
      return digests.filter((digest) => digest !== undefined);
    } catch (thrown) {
      throw stepError(vertex, thrown);
    }
  }

  #vertex(id: VertexId): Vertex {
    const vertex = this.#vertices.get(id);
    if (vertex === undefined) throw new TypeError(`no vertex ${id}`);
    return vertex;
  }

  #inputKeys(vertex: Vertex): Promise<readonly CacheKey[]> {
    return Promise.all(vertex.inputs.map(async (input) => (await this.of(input)).key));
  }

  /** Repositories and downloads of which a step reads some files: those count, not the commit. */
  #readByContent(vertex: Vertex): ReadonlySet<number> {
    return new Set(
      pathsOf(vertex).filter((from) => {
        const kind = this.#inputKind(vertex, from);
        return kind === 'git' || kind === 'http';
      }),
    );
  }

  /** Inputs of which nothing is read before they are solved. */
  #unread(vertex: Vertex): ReadonlySet<number> {
    return new Set(
      vertex.inputs.flatMap((_, input) =>
        FILES.has(this.#inputKind(vertex, input) ?? 'scratch') ? [] : [input],
      ),
    );
  }

  /** An image that RUN mounts is named by its digest: it need not be looked into. */
  #isMountedImage(vertex: Vertex, input: number): boolean {
    return vertex.op.kind === 'run' && this.#inputKind(vertex, input) === 'image';
  }

  #inputKind(vertex: Vertex, input: number): Vertex['op']['kind'] | undefined {
    return this.#vertices.get(vertex.inputs[input] ?? '')?.op.kind;
  }

  /** Digests of what the step reads from contexts and of its own texts, in the order of its sources; undefined for the other sources. */
  #contextDigests(vertex: Vertex): Promise<readonly (string | undefined)[]> {
    let digests = this.#fromContexts.get(vertex.id);
    if (digests === undefined) {
      digests = this.#readContexts(vertex);
      this.#fromContexts.set(vertex.id, digests);
      digests.catch(() => undefined);
    }
    return digests;
  }

  async #readContexts(vertex: Vertex): Promise<readonly (string | undefined)[]> {
    const sources = readSources(vertex);
    const wanted = new Set(pathsOf(vertex));
    const trees = await Promise.all(
      vertex.inputs.map(async (input, i) =>
        wanted.has(i) ? this.#options.contentOf(this.#vertex(input)) : undefined,
      ),
    );
    const known = sources.map((source) => source.kind === 'inline' || trees[source.from] !== undefined);
    return digestsOf(vertex, trees, known, this.#told);
  }

  async #allDigests(vertex: Vertex): Promise<readonly string[]> {
    const sources = readSources(vertex);
    const fromContexts = await this.#contextDigests(vertex);
    const trees = await Promise.all(
      vertex.inputs.map(async (input, i) => {
        const due = sources.some(
          (source, at) => source.kind === 'path' && source.from === i && fromContexts[at] === undefined,
        );
        return due && !this.#isMountedImage(vertex, i) ? this.#options.treeOf(input) : undefined;
      }),
    );
    const due = sources.map((source) => source.kind === 'path' && trees[source.from] !== undefined);
    const others = await digestsOf(vertex, trees, due, this.#told);
    return sources.map((_, at) => fromContexts[at] ?? others[at] ?? NOTHING);
  }
}

/** Digests of those sources that are `due`, each in its place. */
async function digestsOf(
  vertex: Vertex,
  trees: readonly (FileTree | undefined)[],
  due: readonly boolean[],
  told: Map<string, string>,
): Promise<readonly (string | undefined)[]> {
  const selection = selectionOf(vertex.op);
  const sources = readSources(vertex).filter((_, at) => due[at]);
  if (selection === undefined || sources.length === 0) return due.map(() => undefined);
  const digests = [...(await selectionDigest({ ...selection, sources }, trees, told))];
  return due.map((isDue) => (isDue ? digests.shift() : undefined));
}

type ReadSource = Exclude<CopySource, { readonly kind: 'remote' }>;

/** Downloads and repositories that are taken whole are told by the keys of their own vertices. */
function readSources({ op }: Vertex): readonly ReadSource[] {
  return (selectionOf(op)?.sources ?? []).filter((source) => source.kind !== 'remote');
}

/** Inputs of which files are read. */
function pathsOf(vertex: Vertex): readonly number[] {
  return readSources(vertex).flatMap((source) => (source.kind === 'path' ? [source.from] : []));
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
      ? [{ kind: 'path', from: mount.from, pattern: mount.source, literal: true }]
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
