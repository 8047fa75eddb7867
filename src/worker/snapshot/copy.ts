import { chmodSync, chownSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execOk } from '../../base/exec.ts';
import { chainIdOf, type DiffId } from '../../image/digest.ts';
import type { ActiveSnapshot, Difference, Snapshot, Snapshotter } from '../snapshotter.ts';
import type { LayerStack, LayerTimes } from '../worker.ts';
import { foldersAbove } from './changed-folders.ts';
import { lookEqual, withEqualNodes } from './equal-nodes.ts';
import type { Graveyard } from './graveyard.ts';
import type { LayerFacts } from './layer-members.ts';
import type { LayerStore } from './layer-store.ts';
import { type ListedNode, listTree } from './listing.ts';
import { mergeLayer } from './merge-layer.ts';
import { setMtime } from './mtime.ts';
import { checkPathLengths } from './path-lengths.ts';
import { rawPath } from './raw-path.ts';
import { RealPaths, statOf } from './real-paths.ts';
import { settle } from './settle.ts';
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
    return new CopySnapshot({ place, stack, tree, options: this.#options });
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
    setMtime(Buffer.from(folder), 0n);
    if (below !== undefined) await copyTree(`${below.path}/.`, folder, signal);
    for (const layer of below === undefined ? unpacked : unpacked.slice(-1))
      await mergeLayer(layer, folder, signal);
    return { opaque: [], implied: [] };
  }
}

interface CopyParts {
  readonly place: string;
  readonly stack: LayerStack;
  /** What it is a copy of. */
  readonly tree: string;
  readonly options: CopyOptions;
}

class CopySnapshot implements ActiveSnapshot {
  readonly path: string;
  readonly #parts: CopyParts;
  #own: readonly string[] = [];
  #before: readonly ListedNode[] = [];
  #after: readonly ListedNode[] | undefined;
  #found: ListingChanges | undefined;

  constructor(parts: CopyParts) {
    this.path = join(parts.place, 'root');
    this.#parts = parts;
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
    const found = nodes.filter(({ path }) => !isOurs(path));
    checkPathLengths(this.path, found);
    return found;
  }

  async difference(signal?: AbortSignal): Promise<Difference> {
    const { paths, deleted } = await this.#changes(signal);
    return { deleted, tar: tarOf(this.path, paths, signal) };
  }

  /** Folders that the layer says nothing of, the root among them, become what they were. */
  async commit(diffId: DiffId, times?: LayerTimes): Promise<void> {
    const { paths, untouched } = await this.#changes();
    const { stack, tree, options } = this.#parts;
    const written = new Set(paths);
    const nodes = this.#after?.filter(({ path, type }) => written.has(path) || type === 'socket');
    await settle(this.path, nodes ?? [], times);
    for (const path of untouched) putBack(path, tree, this.path);
    putBack('', tree, this.path);
    const key = chainIdOf([...stack.map((layer) => layer.diffId), diffId]);
    await options.trees.adopt(key as string as DiffId, this.path, { opaque: [], implied: [] });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.options.graveyard.bury(this.#parts.place);
  }

  async #changes(signal?: AbortSignal): Promise<ListingChanges> {
    const after = this.#after ?? [];
    const [tree, root] = [this.#parts.tree, this.path];
    this.#found ??= compareListings(
      this.#before,
      after,
      await withEqualNodes(perhapsEqual(this.#before, after, { tree, root }), tree, root, signal),
    );
    return this.#found;
  }
}

/** Mode, owner and time of a folder. */
function putBack(path: string, from: string, to: string): void {
  const stat = statOf(from, path);
  // Other nodes that count as untouched have their time and are not followed.
  if (stat?.isDirectory() !== true) return;
  const folder = rawPath(to, path);
  chownSync(folder, Number(stat.uid), Number(stat.gid));
  chmodSync(folder, Number(stat.mode) & 0o7777);
  setMtime(folder, stat.mtimeNs);
}

interface ListingChanges {
  readonly paths: readonly string[];
  readonly deleted: readonly string[];
  readonly untouched: readonly string[];
}

/**
 * What differs between two listings, with the folders that lead there. A deleted folder stands for all below it.
 * @param same nodes that are as they were, folders but for their time
 */
function compareListings(
  before: readonly ListedNode[],
  after: readonly ListedNode[],
  same: ReadonlySet<string>,
): ListingChanges {
  const known = new Map(before.map((node) => [node.path, node]));
  const written = new Set<string>();
  for (const node of after) {
    const old = known.get(node.path);
    known.delete(node.path);
    if ((old !== undefined && sameState(old, node)) || same.has(node.path)) continue;
    if (node.type !== 'socket') written.add(node.path);
  }
  const deleted = topmost([...known.keys()], new Map(after.map((node) => [node.path, node])));
  const shown = foldersAbove([...written, ...deleted]);
  return {
    paths: after.map(({ path }) => path).filter((path) => written.has(path) || shown.has(path)),
    untouched: [...same].filter((path) => !shown.has(path)),
    deleted,
  };
}

/**
 * Nodes that were changed, as their ctime says, and may still be what they are in the tree that was copied: folders with mode and owner as
 * before, and others that look equal and have the same names.
 */
function perhapsEqual(
  before: readonly ListedNode[],
  after: readonly ListedNode[],
  { tree, root }: { readonly tree: string; readonly root: string },
): readonly string[] {
  const known = new Map(before.map((node) => [node.path, node]));
  const kept = namesOf(after.filter(({ path, inode }) => known.get(path)?.inode === inode));
  const old = new RealPaths(tree);
  return after
    .filter((node) => {
      const was = known.get(node.path);
      if (was === undefined || sameState(was, node) || !sameOwner(was, node)) return false;
      // A mount point that was made for the step is in no layer.
      const stat = old.stat(node.path);
      if (stat === undefined || node.type === 'directory') return stat !== undefined;
      const now = statOf(root, node.path);
      if (now === undefined || now.nlink !== stat.nlink || !lookEqual(stat, now)) return false;
      return now.nlink === 1n || BigInt(kept.get(node.inode) ?? 0) === now.nlink;
    })
    .map(({ path }) => path);
}

/** How many of the nodes are names of each inode. */
function namesOf(nodes: readonly ListedNode[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { inode } of nodes) counts.set(inode, (counts.get(inode) ?? 0) + 1);
  return counts;
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

function sameOwner(a: ListedNode, b: ListedNode): boolean {
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
