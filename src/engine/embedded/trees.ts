import { BuildError } from '../../base/errors.ts';
import type { BuildCache } from '../../cache/build-cache.ts';
import { type IgnoreMatcher, ignoreMatcher, readIgnoreFile } from '../../dockerfile/ignore.ts';
import { encoded } from '../../image/digest.ts';
import type { FileTree } from '../../image/file-tree.ts';
import { decompress } from '../../image/layer/decompress.ts';
import type { LayerIndex } from '../../image/layer/entry.ts';
import type { LayerIndexStore } from '../../image/layer/index-store.ts';
import { extendTree, layerTree, renamedTree, type TreeLayer } from '../../image/layer/layer-tree.ts';
import { indexLayer } from '../../image/layer/read-layer.ts';
import { compressionOf } from '../../image/media-types.ts';
import type { Layer } from '../../image/types.ts';
import type { GitOp, HttpOp, Vertex, VertexId } from '../../plan/graph.ts';
import type { BuildRequest, ContextSource, NamedContextSource } from '../engine.ts';
import type { Blobs } from './blobs.ts';
import type { ContextFilter, ContextOpener, RemoteOpener, RemoteSource } from './dependencies.ts';

export interface TreeOptions {
  readonly request: BuildRequest;
  readonly blobs: Blobs;
  readonly indexes: LayerIndexStore;
  /** Some keep the indexes of their records' layers. */
  readonly caches: readonly BuildCache[];
  /** Is told what a layer holds that had to be read for it. */
  readonly onIndexed: (layer: Layer, index: LayerIndex) => void;
  readonly openContext: ContextOpener;
  readonly openRemote: RemoteOpener;
  readonly signal: AbortSignal;
}

/** The file trees that steps read: contexts as they are, stacks of layers as one merged view. Each is opened once. */
export class Trees implements AsyncDisposable {
  readonly #options: TreeOptions;
  readonly #contexts = new Map<string, Promise<FileTree>>();
  readonly #remotes = new Map<VertexId, Promise<RemoteSource>>();
  readonly #indexes = new Map<string, Promise<LayerIndex>>();
  /** By the diffIDs of their layers, and with a name in front by that as well. */
  readonly #stacks = new Map<string, Promise<FileTree>>();

  constructor(options: TreeOptions) {
    this.#options = options;
  }

  /** The files of a context, a download or a repository; undefined for all other vertices. */
  async contentOf({ id, op }: Vertex): Promise<FileTree | undefined> {
    if (op.kind === 'local') return this.#context(op.context);
    if (op.kind === 'http' || op.kind === 'git') return (await this.#remote(id, op)).files();
    return undefined;
  }

  /** What tells the content of a download or a repository from any other; undefined for all other vertices. */
  async identityOf({ id, op }: Vertex): Promise<string | undefined> {
    return op.kind === 'http' || op.kind === 'git' ? (await this.#remote(id, op)).identity : undefined;
  }

  /** The merged view of a stack. Fetches a layer only if nobody knows what it holds, or when files of it are read. */
  async ofStack(name: string, layers: readonly Layer[]): Promise<FileTree> {
    return this.#once(`${name} ${stackOf(layers)}`, async () =>
      renamedTree(await this.#merged(layers), name),
    );
  }

  /** The latest time of its files, in seconds since 1970. Fetches the layer only if nobody knows what it holds. */
  async latestTime(layer: Layer): Promise<number> {
    const { entries } = await this.#index(layer);
    return entries.reduce((latest, { mtime }) => Math.max(latest, mtime), 0);
  }

  /** Over the tree of the stack below, which another step has made most often. */
  #merged(layers: readonly Layer[]): Promise<FileTree> {
    const [top, below] = [layers.at(-1), layers.slice(0, -1)];
    if (top === undefined) return Promise.resolve(layerTree('', []));
    return this.#once(stackOf(layers), async () => {
      const [index, tree] = await Promise.all([this.#index(top), this.#merged(below)]);
      const open: TreeLayer['open'] = async () =>
        decompress(await this.#options.blobs.open(top, this.#options.signal), compressionFor(top));
      return extendTree(tree, { index, open });
    });
  }

  #once(name: string, make: () => Promise<FileTree>): Promise<FileTree> {
    let tree = this.#stacks.get(name);
    if (tree === undefined) {
      tree = make();
      this.#stacks.set(name, tree);
      tree.catch(() => this.#stacks.delete(name));
    }
    return tree;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const opened = await Promise.allSettled(this.#remotes.values());
    for (const each of opened) if (each.status === 'fulfilled') await each.value[Symbol.asyncDispose]();
  }

  #remote(id: VertexId, op: HttpOp | GitOp): Promise<RemoteSource> {
    let remote = this.#remotes.get(id);
    if (remote === undefined) {
      remote = this.#options.openRemote(op, this.#options.signal);
      this.#remotes.set(id, remote);
      remote.catch(() => undefined);
    }
    return remote;
  }

  #context(name: string): Promise<FileTree> {
    let tree = this.#contexts.get(name);
    if (tree === undefined) {
      tree = this.#open(name);
      this.#contexts.set(name, tree);
      tree.catch(() => undefined);
    }
    return tree;
  }

  #open(name: string): Promise<FileTree> {
    const { request, openContext, signal } = this.#options;
    const main = name === 'context';
    const source = main ? request.context : filesOf(request.namedContexts[name]);
    if (source === undefined) {
      throw new BuildError({
        kind: 'bug',
        code: 'NO_SUCH_CONTEXT',
        message: `There is no folder context ${name}`,
      });
    }
    const ignore = main ? request.ignore : source.kind === 'folder' ? source.ignore : undefined;
    const patterns = ignore === undefined ? [] : readIgnoreFile(ignore.text);
    return openContext(
      source,
      main ? 'the build context' : `the context "${name}"`,
      filterOf(ignoreMatcher(patterns)),
      signal,
    );
  }

  #index(layer: Layer): Promise<LayerIndex> {
    let index = this.#indexes.get(layer.diffId);
    if (index === undefined) {
      index = this.#readIndex(layer);
      this.#indexes.set(layer.diffId, index);
      index.catch(() => this.#indexes.delete(layer.diffId));
    }
    return index;
  }

  async #readIndex(layer: Layer): Promise<LayerIndex> {
    const { indexes, blobs, caches, signal } = this.#options;
    const known = await indexes.get(layer.diffId);
    if (known !== undefined) return known;
    for (const cache of caches) {
      const kept = await cache.layerIndex?.(layer.diffId);
      if (kept === undefined) continue;
      await indexes.put(kept);
      return kept;
    }
    const made = await indexLayer(await blobs.open(layer, signal), compressionFor(layer), layer.diffId);
    this.#options.onIndexed(layer, made);
    await indexes.put(made);
    return made;
  }
}

function stackOf(layers: readonly Layer[]): string {
  return layers.map(({ diffId }) => diffId).join(' ');
}

/** How the layer's bytes are compressed. @throws BuildError `UNKNOWN_LAYER_TYPE` */
export function compressionFor(layer: Layer): 'none' | 'gzip' | 'zstd' {
  const compression = compressionOf(layer.descriptor.mediaType);
  if (compression !== undefined) return compression;
  throw new BuildError({
    kind: 'user',
    code: 'UNKNOWN_LAYER_TYPE',
    message: `The layer ${encoded(layer.diffId).slice(0, 12)} has the media type ${layer.descriptor.mediaType}, which is not a file system layer that can be read`,
    hint: 'Only tar layers, plain or compressed with gzip or zstd, can be built upon.',
  });
}

/** Images, repositories and downloads have vertices of their own kinds. */
function filesOf(context: NamedContextSource | undefined): ContextSource | undefined {
  return context?.kind === 'folder' || context?.kind === 'empty' ? context : undefined;
}

function filterOf(matcher: IgnoreMatcher): ContextFilter {
  return (path, isDirectory) => {
    if (!matcher.excludes(path, isDirectory)) return true;
    return isDirectory && !matcher.mayContainExceptionsBelow(path) ? 'prune' : false;
  };
}
