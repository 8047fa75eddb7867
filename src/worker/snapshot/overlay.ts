import { chmodSync, chownSync, lstatSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import { chainIdOf, type DiffId } from '../../image/digest.ts';
import { parentOf } from '../../image/layer/entry-path.ts';
import type { ActiveSnapshot, Difference, Snapshot, Snapshotter } from '../snapshotter.ts';
import type { LayerStack, LayerTimes } from '../worker.ts';
import { someOpaque } from './attributes.ts';
import { compareFolders, type FolderChanges, foldersAbove } from './changed-folders.ts';
import { fstab, type MountLine } from './fstab.ts';
import type { Graveyard } from './graveyard.ts';
import { makeImpliedFolders } from './implied-folders.ts';
import type { LayerStore, UnpackedLayer } from './layer-store.ts';
import { lendInto } from './lent-files.ts';
import { type ListedNode, listTree } from './listing.ts';
import { mountTable, unmount } from './mount.ts';
import { setMtime } from './mtime.ts';
import { checkPathLengths } from './path-lengths.ts';
import { rawPath } from './raw-path.ts';
import { statOf } from './real-paths.ts';
import { settle } from './settle.ts';
import { tarOf } from './tree-tar.ts';
import { leftKey, unpackedStack, withoutRepeats } from './unpacked-stack.ts';

export interface OverlayOptions {
  readonly store: LayerStore;
  readonly graveyard: Graveyard;
  /** A folder of this worker on the same file system as the layers; a file system that overlayfs can write to. */
  readonly scratch: string;
  /** In a user namespace overlayfs keeps its notes in `user.overlay.*`. */
  readonly userxattr: boolean;
  /** No fsync reaches the disk: a build that a crash ends is done again anyway. */
  readonly volatile: boolean;
}

/** OVL_MAX_STACK of the kernel (fs/overlayfs/params.h) is 500; some are ours. */
const MAX_LAYERS = 490;
/** No layer has it: tells what a stack's top layer borrows from the stack itself. */
const LENT = `sha256:${'1'.repeat(64)}` as string as DiffId;
/** Of a stack in which no layer says anything about `/`. */
const EMPTY_ROOT = { mode: 0o755n, uid: 0n, gid: 0n, mtimeNs: 0n };

/** Stacks layers with overlayfs: nothing is copied, and the upper folder is the difference. */
export class OverlaySnapshotter implements Snapshotter {
  readonly name = 'overlay';
  readonly #options: OverlayOptions;
  #counter = 0;

  constructor(options: OverlayOptions) {
    this.#options = options;
  }

  async prepare(stack: LayerStack, signal?: AbortSignal): Promise<void> {
    await this.#unpacked(stack, signal);
  }

  async view(stack: LayerStack, signal?: AbortSignal): Promise<Snapshot> {
    const layers = await this.#unpacked(stack, signal);
    const place = this.#place(`view-${++this.#counter}`);
    const lower = await this.#link(place, layers);
    const { line, path } = this.#lowerMount(place, lower);
    await mountLines(place, [line]);
    const { graveyard } = this.#options;
    return {
      path,
      async [Symbol.asyncDispose]() {
        await unmount(path);
        await graveyard.bury(place);
      },
    };
  }

  async create(stack: LayerStack, name: string, signal?: AbortSignal): Promise<ActiveSnapshot> {
    const layers = await this.#unpacked(stack, signal);
    const place = this.#place(name);
    for (const part of ['upper', 'work', 'merged']) mkdirSync(join(place, part));
    copyRootAttributes(layers, join(place, 'upper'));
    const names = await this.#link(place, layers);
    const lower = this.#lowerMount(place, names);
    const options = [`lowerdir=${names}`, 'upperdir=../upper', 'workdir=../work', ...this.#flags()];
    const target = join(place, 'merged');
    await mountLines(place, [{ type: 'overlay', source: 'overlay', target, options }, lower.line]);
    const { store, graveyard } = this.#options;
    const diffIds = withoutRepeats(stack).map(({ diffId }) => diffId);
    return new OverlaySnapshot({ place, store, graveyard, lower: lower.path, diffIds });
  }

  async prune(before: Date): Promise<number> {
    return await this.#options.store.prune(before);
  }

  async #unpacked(stack: LayerStack, signal: AbortSignal | undefined): Promise<UnpackedLayer[]> {
    if (stack.length > MAX_LAYERS) {
      throw new BuildError({
        kind: 'environment',
        code: 'TOO_MANY_LAYERS',
        message: `overlayfs stacks at most ${MAX_LAYERS} layers, and this image has ${stack.length}`,
        hint: 'Join some steps, or choose isolation "chroot", which copies instead.',
      });
    }
    const kept = withoutRepeats(stack);
    const { store } = this.#options;
    const layers = await unpackedStack(kept, store, signal);
    const whole: UnpackedLayer[] = [];
    for (const [i, layer] of layers.entries()) {
      whole.push(layer);
      if (layer.facts.borrowed !== undefined)
        whole.push(await this.#lent(kept.slice(0, i + 1), layer, signal));
    }
    return whole;
  }

  /** What the topmost layer of a stack borrows, as a layer to be put on it. */
  async #lent(
    stack: LayerStack,
    layer: UnpackedLayer,
    signal: AbortSignal | undefined,
  ): Promise<UnpackedLayer> {
    const key = chainIdOf([...stack.map(({ diffId }) => diffId), LENT]);
    return await this.#options.store.ensureTree(key as string as DiffId, async (folder) => {
      await using below = await this.view(stack.slice(0, -1), signal);
      return await lendInto(folder, layer, below.path, signal);
    });
  }

  #place(name: string): string {
    const place = join(this.#options.scratch, name);
    mkdirSync(place);
    return place;
  }

  /** The layers without a folder to write to. A read-only overlay wants two lower folders. */
  #lowerMount(place: string, names: string): { line: MountLine; path: string } {
    const path = join(place, 'lower');
    mkdirSync(path);
    const options = [`lowerdir=${names}:bottom`, ...(this.#options.userxattr ? ['userxattr'] : [])];
    return { line: { type: 'overlay', source: 'overlay', target: path, options }, path };
  }

  /**
   * The value of `lowerdir=`, the top layer first. Its names are links in a folder that mount runs in, since all options together must fit a
   * page of 4096 bytes.
   */
  async #link(place: string, layers: readonly UnpackedLayer[]): Promise<string> {
    const links = join(place, 'l');
    mkdirSync(links);
    for (const name of ['nothing', 'bottom', 'implied']) mkdirSync(join(links, name));
    for (const [i, layer] of layers.entries()) symlinkSync(layer.path, join(links, i.toString(36)));
    const names = layers.map((_, i) => i.toString(36)).reverse();
    if (await makeImpliedFolders(layers, join(links, 'implied'))) names.unshift('implied');
    return names.length === 0 ? 'nothing' : names.join(':');
  }

  /** Renamed folders and metadata-only copies would be pointers into lower layers, which a tar of the upper folder cannot hold. */
  #flags(): readonly string[] {
    const { userxattr, volatile } = this.#options;
    const exact = userxattr ? ['userxattr'] : ['redirect_dir=off', 'metacopy=off', 'index=off'];
    return volatile ? [...exact, 'volatile'] : exact;
  }
}

interface SnapshotParts {
  readonly place: string;
  readonly store: LayerStore;
  readonly graveyard: Graveyard;
  /** Of the layers below. */
  readonly diffIds: readonly DiffId[];
  /** Where the layers are mounted without the upper folder. */
  readonly lower: string;
}

/** What is in an upper folder, and what it means. */
interface UpperChanges extends FolderChanges {
  readonly nodes: readonly ListedNode[];
}

class OverlaySnapshot implements ActiveSnapshot {
  readonly path: string;
  readonly #parts: SnapshotParts;
  readonly #upper: string;
  #mounted = true;
  #found: UpperChanges | undefined;

  constructor(parts: SnapshotParts) {
    this.#parts = parts;
    this.#upper = join(parts.place, 'upper');
    this.path = join(parts.place, 'merged');
  }

  /** The upper folder tells changes by itself. */
  async begin(): Promise<void> {}

  async end(): Promise<void> {}

  async difference(signal?: AbortSignal): Promise<Difference> {
    const { nodes, deleted, untouched } = await this.#changes(signal);
    const silent = new Set(untouched);
    const content = nodes.filter((node) => !silent.has(node.path) && isContent(node, this.#upper));
    const paths = content.map(({ path }) => path);
    return { deleted, tar: tarOf(this.#upper, paths, signal) };
  }

  async commit(diffId: DiffId, times?: LayerTimes): Promise<void> {
    const { nodes, deleted, untouched } = await this.#changes();
    const { store, diffIds } = this.#parts;
    await this.#unmount();
    const silent = new Set(untouched.filter((path) => path !== ''));
    // What the layers below are to show does not show through a folder that hides them: the layer has to be unpacked.
    if (await someOpaque(this.#upper, foldersLeft(silent))) return;
    for (const path of silent) {
      if (!silent.has(parentOf(path) ?? ''))
        rmSync(rawPath(this.#upper, path), { recursive: true, force: true });
    }
    const said = nodes.filter(
      (node) => !silent.has(node.path) && statOf(this.#upper, node.path) !== undefined,
    );
    await settle(
      this.#upper,
      said.filter((node) => !isWhiteout(node, this.#upper)),
      times,
    );
    const facts = { opaque: hidingFolders(deleted, nodes), implied: [''] };
    await store.adopt(leftKey([...diffIds, diffId]), this.#upper, facts);
  }

  async #changes(signal?: AbortSignal): Promise<UpperChanges> {
    this.#found ??= await readUpper(this.#upper, { lower: this.#parts.lower, merged: this.path }, signal);
    return this.#found;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#unmount();
    await this.#parts.graveyard.bury(this.#parts.place);
  }

  async #unmount(): Promise<void> {
    if (!this.#mounted) return;
    this.#mounted = false;
    await unmount(this.path, this.#parts.lower);
  }
}

async function mountLines(place: string, lines: readonly MountLine[]): Promise<void> {
  const table = join(place, 'fstab');
  writeFileSync(table, fstab(lines));
  await mountTable(table, join(place, 'l'));
}

async function readUpper(
  upper: string,
  { lower, merged }: { readonly lower: string; readonly merged: string },
  signal: AbortSignal | undefined,
): Promise<UpperChanges> {
  const nodes = await listTree(upper, signal);
  // The longest of the three.
  checkPathLengths(merged, nodes);
  const folders = nodes.filter(({ type }) => type === 'directory').map(({ path }) => path);
  const others = nodes.filter((node) => node.type !== 'directory' && isContent(node, upper));
  const changes = await compareFolders(
    ['', ...folders],
    others.map(({ path }) => path),
    lower,
    merged,
    signal,
  );
  return { nodes, ...changes };
}

/** Folders that lead to these nodes and are none of them. */
function foldersLeft(paths: ReadonlySet<string>): readonly string[] {
  return [...foldersAbove(paths)].filter((path) => !paths.has(path));
}

/** Folders that hide what is below them without a mark for each name. */
function hidingFolders(deleted: readonly string[], nodes: readonly ListedNode[]): readonly string[] {
  const known = new Set(nodes.map(({ path }) => path));
  return [...new Set(deleted.filter((path) => !known.has(path)).map((path) => parentOf(path) ?? ''))];
}

/** Sockets have no place in a tar, and the comparison of folders finds deletions. */
function isContent(node: ListedNode, upper: string): boolean {
  return node.type !== 'socket' && !isWhiteout(node, upper);
}

/** A device 0:0 is overlayfs' mark for a deletion. */
function isWhiteout(node: ListedNode, upper: string): boolean {
  return node.type === 'character' && statOf(upper, node.path)?.rdev === 0n;
}

/** The upper folder is what a process sees as `/`: it gets what the topmost layer that says something about `/` says. */
function copyRootAttributes(layers: readonly UnpackedLayer[], upper: string): void {
  const source = layers.findLast((layer) => !layer.facts.implied.includes(''));
  const { mode, uid, gid, mtimeNs } =
    source === undefined ? EMPTY_ROOT : lstatSync(source.path, { bigint: true });
  chownSync(upper, Number(uid), Number(gid));
  chmodSync(upper, Number(mode) & 0o7777);
  setMtime(Buffer.from(upper), mtimeNs);
}
