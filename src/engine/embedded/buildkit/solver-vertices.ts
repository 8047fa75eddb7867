import { parseDigest } from '../../../image/digest.ts';
import type { FileTree } from '../../../image/file-tree.ts';
import type { SolverVertex } from '../../../image/solver-vertex.ts';
import type { Image } from '../../../image/types.ts';
import type { SolverFacts } from '../../../plan/buildkit/solver-facts.ts';
import { gitDigests, httpDigests, imageDigests } from '../../../plan/buildkit/source-op.ts';
import { stepVertex } from '../../../plan/buildkit/step-vertex.ts';
import type { RunLimits } from '../../../plan/cache-key.ts';
import type { BuildGraph, GitOp, HttpOp, ImageOp, Vertex, VertexId } from '../../../plan/graph.ts';
import { ContentHash } from './content-hash.ts';

export interface SolverVertexOptions {
  readonly graph: BuildGraph;
  readonly limits: RunLimits;
  /** An image, and what its reference named: an index, or its manifest. */
  readonly imageOf: (vertex: Vertex) => {
    readonly image: Image;
    readonly source: { readonly digest: string };
  };
  /** The files of a context, a download or a repository; undefined for all other vertices. */
  readonly contentOf: (vertex: Vertex) => Promise<FileTree | undefined>;
  /** The commit of a Git vertex. */
  readonly identityOf: (vertex: Vertex) => Promise<string | undefined>;
  /** The merged files of any vertex once it is solved; undefined for an empty one. */
  readonly treeOf: (id: VertexId) => Promise<FileTree | undefined>;
}

/**
 * What BuildKit's solver calls the vertices of a graph, for caches that BuildKit wrote. Each is made once, and none before such a cache asks:
 * files of contexts are read for it, but nothing is executed.
 */
export class SolverVertices {
  readonly #options: SolverVertexOptions;
  readonly #vertices: ReadonlyMap<VertexId, Vertex>;
  readonly #known = new Map<VertexId, Promise<SolverVertex | undefined>>();
  readonly #hashes = new Map<VertexId, Promise<ContentHash | undefined>>();

  constructor(options: SolverVertexOptions) {
    this.#options = options;
    this.#vertices = new Map(options.graph.vertices.map((vertex) => [vertex.id, vertex]));
  }

  /** undefined for scratch. */
  of(id: VertexId): Promise<SolverVertex | undefined> {
    let known = this.#known.get(id);
    if (known === undefined) {
      known = this.#make(this.#vertex(id), (input) => isThere(this.#vertex(input)));
      this.#known.set(id, known);
      known.catch(() => undefined);
    }
    return known;
  }

  /** The same, told by the content of its inputs too, which have to be solved. */
  withContent(id: VertexId): Promise<SolverVertex | undefined> {
    return this.#make(this.#vertex(id), () => true);
  }

  #vertex(id: VertexId): Vertex {
    const vertex = this.#vertices.get(id);
    if (vertex === undefined) throw new TypeError(`no vertex ${id}`);
    return vertex;
  }

  async #make(vertex: Vertex, isReadable: (input: VertexId) => boolean): Promise<SolverVertex | undefined> {
    const { op } = vertex;
    switch (op.kind) {
      case 'scratch':
        return undefined;
      case 'local':
        return { digests: [], inputs: [] };
      case 'image':
        return this.#image(vertex, op);
      case 'http':
        return { digests: await this.#download(vertex, op), inputs: [] };
      case 'git':
        return { digests: await this.#commit(vertex, op), inputs: [] };
      case 'run':
      case 'copy':
      case 'mkdir': {
        const vertices = await Promise.all(vertex.inputs.map((input) => this.of(input)));
        const fileNames = vertex.inputs.map((input) => nameOf(this.#vertex(input)));
        return stepVertex(vertex, { vertices, fileNames }, this.#facts(isReadable));
      }
    }
  }

  #facts(isReadable: (input: VertexId) => boolean): SolverFacts {
    const { graph, limits } = this.#options;
    return {
      epoch: graph.sourceDateEpoch,
      ...limits,
      contentOf: (input, selectors) =>
        isReadable(input) ? async () => (await this.#hash(input))?.of(selectors) ?? [] : undefined,
    };
  }

  #image(vertex: Vertex, op: ImageOp): SolverVertex {
    const { image, source } = this.#options.imageOf(vertex);
    const layers = image.layers.map(({ diffId }) => diffId);
    const named = { digest: parseDigest(source.digest), diffIds: layers };
    return { digests: imageDigests(named, op.platform), inputs: [], layers };
  }

  async #download(vertex: Vertex, op: HttpOp): Promise<SolverVertex['digests']> {
    if (op.checksum !== undefined) return httpDigests(op, parseDigest(op.checksum), undefined);
    const tree = await this.#options.contentOf(vertex);
    const node = await tree?.lookup(op.filename);
    // 0 is what stands for a time that the server did not tell.
    return node?.content === undefined
      ? []
      : httpDigests(op, node.content, node.mtime === 0 ? undefined : node.mtime);
  }

  async #commit(vertex: Vertex, op: GitOp): Promise<SolverVertex['digests']> {
    const commit = await this.#options.identityOf(vertex);
    return commit === undefined ? [] : gitDigests(op, commit);
  }

  #hash(id: VertexId): Promise<ContentHash | undefined> {
    let hash = this.#hashes.get(id);
    if (hash === undefined) {
      hash = this.#openHash(this.#vertex(id));
      this.#hashes.set(id, hash);
      hash.catch(() => this.#hashes.delete(id));
    }
    return hash;
  }

  async #openHash(vertex: Vertex): Promise<ContentHash | undefined> {
    const tree = isThere(vertex)
      ? await this.#options.contentOf(vertex)
      : await this.#options.treeOf(vertex.id);
    return tree === undefined
      ? undefined
      : new ContentHash(tree, { transferred: vertex.op.kind === 'local' });
  }
}

/** Files that are there before any step has run. */
function isThere({ op }: Vertex): boolean {
  return op.kind === 'local' || op.kind === 'http' || op.kind === 'git';
}

function nameOf({ op }: Vertex): string | undefined {
  return op.kind === 'http' ? op.filename : undefined;
}
