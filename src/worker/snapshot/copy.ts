import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execOk } from '../../base/exec.ts';
import { chainIdOf, type DiffId } from '../../image/digest.ts';
import type { ActiveSnapshot, Difference, Snapshot, Snapshotter } from '../snapshotter.ts';
import type { LayerStack } from '../worker.ts';
import { foldersAbove } from './changed-folders.ts';
import type { Graveyard } from './graveyard.ts';
import type { LayerFacts } from './layer-members.ts';
import type { LayerStore } from './layer-store.ts';
import { type ListedNode, listTree } from './listing.ts';
import { mergeLayer } from './merge-layer.ts';
import { tarOf } from './tree-tar.ts';

export interface CopyOptions {
  /** Single layers. */
  readonly layers: LayerStore;
  /** Whole trees by chainID. */
  readonly trees: LayerStore;
  readonly graveyard: Graveyard;
  /** A folder of this worker on the same file system. */
  readonly scratch: string;
}

/** Copies whole trees, as links to the same blocks where the file system can. Needs no mount; slow with large images. */
export class CopySnapshotter implements Snapshotter {
  readonly name = 'copy';
  readonly #options: CopyOptions;

  constructor(options: CopyOptions) {
    this.#options = options;
  }

  async prepare(stack: LayerStack, signal?: AbortSignal): Promise<void> {
    await this.#tree(stack, signal);
  }

  async view(stack: LayerStack, signal?: AbortSignal): Promise<Snapshot> {
    return { path: await this.#tree(stack, signal), [Symbol.asyncDispose]: async () => undefined };
  }

  async create(stack: LayerStack, name: string, signal?: AbortSignal): Promise<ActiveSnapshot> {
    const tree = await this.#tree(stack, signal);
    const place = join(this.#options.scratch, name);
    await mkdir(place);
    await copyTree(tree, join(place, 'root'), signal);
    return new CopySnapshot(place, stack, this.#options);
  }

  async prune(before: Date): Promise<number> {
    return (await this.#options.trees.prune(before)) + (await this.#options.layers.prune(before));
  }

  /** The merged tree: that of the layers below, where it is there, with the last layer put on it. */
  async #tree(stack: LayerStack, signal: AbortSignal | undefined): Promise<string> {
    const { trees } = this.#options;
    const made = await trees.ensureTree(keyOf(stack), (folder) => this.#build(stack, folder, signal));
    return made.path;
  }

  async #build(stack: LayerStack, folder: string, signal: AbortSignal | undefined): Promise<LayerFacts> {
    const { layers, trees } = this.#options;
    const unpacked = await Promise.all(stack.map((layer) => layers.ensure(layer, signal)));
    const below = stack.length > 1 ? await trees.find(keyOf(stack.slice(0, -1))) : undefined;
    await chmod(folder, 0o755);
    if (below !== undefined) await copyTree(`${below.path}/.`, folder, signal);
    for (const layer of below === undefined ? unpacked : unpacked.slice(-1))
      await mergeLayer(layer, folder, signal);
    return { opaque: [], implied: [] };
  }
}

class CopySnapshot implements ActiveSnapshot {
  readonly path: string;
  readonly #place: string;
  readonly #stack: LayerStack;
  readonly #options: CopyOptions;
  #own: readonly string[] = [];
  #before: readonly ListedNode[] = [];
  #after: readonly ListedNode[] | undefined;

  constructor(place: string, stack: LayerStack, options: CopyOptions) {
    this.path = join(place, 'root');
    this.#place = place;
    this.#stack = stack;
    this.#options = options;
  }

  async begin(own: readonly string[] = []): Promise<void> {
    this.#own = own;
    this.#before = await this.#list();
  }

  async end(): Promise<void> {
    this.#after = await this.#list();
  }

  async #list(): Promise<readonly ListedNode[]> {
    const nodes = await listTree(this.path);
    const isOurs = (path: string): boolean =>
      this.#own.some((each) => path === each || path.startsWith(`${each}/`));
    return nodes.filter(({ path }) => !isOurs(path));
  }

  async difference(signal?: AbortSignal): Promise<Difference> {
    const { paths, deleted, untouched } = compareListings(this.#before, this.#after ?? []);
    return { deleted, untouched, tar: tarOf(this.path, paths, signal) };
  }

  async commit(diffId: DiffId): Promise<void> {
    const key = chainIdOf([...this.#stack.map((layer) => layer.diffId), diffId]);
    await this.#options.trees.adopt(key as string as DiffId, this.path, { opaque: [], implied: [] });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#options.graveyard.bury(this.#place);
  }
}

interface ListingChanges {
  readonly paths: readonly string[];
  readonly deleted: readonly string[];
  readonly untouched: readonly string[];
}

/**
 * What differs between two listings, with the folders that lead there. A deleted folder stands for all below it. A folder whose mode and
 * owner are as before but which was changed (its ctime says so) may have got attributes.
 */
export function compareListings(before: readonly ListedNode[], after: readonly ListedNode[]): ListingChanges {
  const known = new Map(before.map((node) => [node.path, node]));
  const written = new Set<string>();
  const same = new Set<string>();
  for (const node of after) {
    const old = known.get(node.path);
    known.delete(node.path);
    if (old !== undefined && sameState(old, node)) continue;
    if (node.type === 'socket') continue;
    written.add(node.path);
    if (old !== undefined && node.type === 'directory' && sameFolder(old, node)) same.add(node.path);
  }
  const deleted = topmost([...known.keys()], new Map(after.map((node) => [node.path, node])));
  const shown = foldersAbove([...[...written].filter((path) => !same.has(path)), ...deleted]);
  return {
    paths: after.map(({ path }) => path).filter((path) => written.has(path) || shown.has(path)),
    untouched: [...same].filter((path) => !shown.has(path)),
    deleted,
  };
}

function sameState(a: ListedNode, b: ListedNode): boolean {
  return (
    a.inode === b.inode &&
    a.ctime === b.ctime &&
    a.type === b.type &&
    a.size === b.size &&
    a.mtime === b.mtime
  );
}

function sameFolder(a: ListedNode, b: ListedNode): boolean {
  return a.type === b.type && a.mode === b.mode && a.uid === b.uid && a.gid === b.gid;
}

/** Of paths that are gone, those whose parent is still a folder: the parent's own whiteout, or what took its place, hides the rest. */
function topmost(gone: readonly string[], after: ReadonlyMap<string, ListedNode>): string[] {
  return gone.filter((path) => {
    const slash = path.lastIndexOf('/');
    return slash === -1 || after.get(path.slice(0, slash))?.type === 'directory';
  });
}

function keyOf(stack: LayerStack): DiffId {
  return (chainIdOf(stack.map((layer) => layer.diffId)) ?? EMPTY_CHAIN) as string as DiffId;
}

/** No chain of layers has it: stands for the empty tree. */
const EMPTY_CHAIN = `sha256:${'0'.repeat(64)}`;

async function copyTree(from: string, to: string, signal: AbortSignal | undefined): Promise<void> {
  await execOk(['cp', '-a', '--reflink=auto', '--', from, to], { signal });
}
