import { chmod, chown, lstat, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import { chainIdOf, type DiffId } from '../../image/digest.ts';
import type { ActiveSnapshot, Difference, Snapshot, Snapshotter } from '../snapshotter.ts';
import type { LayerStack } from '../worker.ts';
import { compareFolders, statOf } from './changed-folders.ts';
import { fstab, type MountLine } from './fstab.ts';
import type { Graveyard } from './graveyard.ts';
import { makeImpliedFolders } from './implied-folders.ts';
import type { LayerStore, UnpackedLayer } from './layer-store.ts';
import { lendInto } from './lent-files.ts';
import { type ListedNode, listTree } from './listing.ts';
import { mountTable, unmount } from './mount.ts';
import { tarOf } from './tree-tar.ts';

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
const NO_NOTES: { readonly opaque: readonly string[]; readonly implied: readonly string[] } = {
  opaque: [],
  implied: [],
};

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
    const place = await this.#place(`view-${++this.#counter}`);
    const lower = await this.#link(place, layers);
    const { line, path } = await this.#lowerMount(place, lower);
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
    const place = await this.#place(name);
    await Promise.all(['upper', 'work', 'merged'].map((part) => mkdir(join(place, part))));
    await copyRootAttributes(layers, join(place, 'upper'));
    const names = await this.#link(place, layers);
    const lower = await this.#lowerMount(place, names);
    const options = [`lowerdir=${names}`, 'upperdir=../upper', 'workdir=../work', ...this.#flags()];
    const target = join(place, 'merged');
    await mountLines(place, [{ type: 'overlay', source: 'overlay', target, options }, lower.line]);
    const { store, graveyard } = this.#options;
    return new OverlaySnapshot({ place, store, graveyard, lower: lower.path });
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
    const layers = await Promise.all(kept.map((layer) => this.#options.store.ensure(layer, signal)));
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

  async #place(name: string): Promise<string> {
    const place = join(this.#options.scratch, name);
    await mkdir(place);
    return place;
  }

  /** The layers without a folder to write to. A read-only overlay wants two lower folders. */
  async #lowerMount(place: string, names: string): Promise<{ line: MountLine; path: string }> {
    const path = join(place, 'lower');
    await mkdir(path);
    const options = [`lowerdir=${names}:bottom`, ...(this.#options.userxattr ? ['userxattr'] : [])];
    return { line: { type: 'overlay', source: 'overlay', target: path, options }, path };
  }

  /**
   * The value of `lowerdir=`, the top layer first. Its names are links in a folder that mount runs in, since all options together must fit a
   * page of 4096 bytes.
   */
  async #link(place: string, layers: readonly UnpackedLayer[]): Promise<string> {
    const links = join(place, 'l');
    await mkdir(links);
    await Promise.all(['nothing', 'bottom', 'implied'].map((name) => mkdir(join(links, name))));
    await Promise.all(layers.map((layer, i) => symlink(layer.path, join(links, i.toString(36)))));
    const names = layers.map((_, i) => i.toString(36)).reverse();
    if (makeImpliedFolders(layers, join(links, 'implied'))) names.unshift('implied');
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
  /** Where the layers are mounted without the upper folder. */
  readonly lower: string;
}

class OverlaySnapshot implements ActiveSnapshot {
  readonly path: string;
  readonly #parts: SnapshotParts;
  #mounted = true;

  constructor(parts: SnapshotParts) {
    this.#parts = parts;
    this.path = join(parts.place, 'merged');
  }

  /** The upper folder tells changes by itself. */
  async begin(): Promise<void> {}

  async end(): Promise<void> {}

  async difference(signal?: AbortSignal): Promise<Difference> {
    const upper = join(this.#parts.place, 'upper');
    const nodes = await listTree(upper, signal);
    const folders = nodes.filter((node) => node.type === 'directory').map((node) => node.path);
    const content = nodes.filter((node) => isContent(node, upper));
    const paths = content.map((node) => node.path);
    const others = content.filter((node) => node.type !== 'directory').map((node) => node.path);
    const changes = await compareFolders(['', ...folders], others, this.#parts.lower, this.path);
    return { ...changes, tar: tarOf(upper, paths, signal) };
  }

  async commit(diffId: DiffId): Promise<void> {
    await this.#unmount();
    await this.#parts.store.adopt(diffId, join(this.#parts.place, 'upper'), NO_NOTES);
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
  await writeFile(table, fstab(lines));
  await mountTable(table, join(place, 'l'));
}

/** overlayfs takes a folder once only. Of equal layers the topmost one hides, and deletes, all that the lower ones do. */
function withoutRepeats(stack: LayerStack): LayerStack {
  return stack.filter((layer, i) => stack.findLastIndex((other) => other.diffId === layer.diffId) === i);
}

/** Sockets have no place in a tar; a device 0:0 is overlayfs' mark for a deletion, which the comparison of folders finds. */
function isContent(node: ListedNode, upper: string): boolean {
  if (node.type === 'socket') return false;
  return node.type !== 'character' || statOf(upper, node.path)?.rdev !== 0n;
}

/** The upper folder is what a process sees as `/`: it gets what the topmost layer that says something about `/` says. */
async function copyRootAttributes(layers: readonly UnpackedLayer[], upper: string): Promise<void> {
  const source = layers.findLast((layer) => !layer.facts.implied.includes(''));
  const { mode, uid, gid } =
    source === undefined ? { mode: 0o755, uid: 0, gid: 0 } : await lstat(source.path);
  await chown(upper, uid, gid);
  await chmod(upper, mode & 0o7777);
}
