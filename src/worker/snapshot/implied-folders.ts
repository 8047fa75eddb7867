import { type BigIntStats, chmodSync, chownSync, mkdirSync } from 'node:fs';
import type { Entry, EntryWithBody } from '../../image/layer/entry.ts';
import { parentOf } from '../../image/layer/entry-path.ts';
import { writeTar } from '../../image/layer/tar-write.ts';
import { attributesOf } from './attributes.ts';
import type { UnpackedLayer } from './layer-store.ts';
import { setMtime } from './mtime.ts';
import { rawPath } from './raw-path.ts';
import { statOf } from './real-paths.ts';
import { unpackInto } from './unpack.ts';

const PERMISSIONS = 0o7777;

/**
 * A layer may hold `tmp/x` and no entry for `tmp`: its folder `tmp` then exists in the unpacked layer, but says nothing about mode and owner,
 * which must stay those of the layer below. Makes a folder with nothing but such folders, as they should be seen, to be put on top of the stack.
 * @param layers base first
 * @returns whether there was anything to make
 */
export async function makeImpliedFolders(layers: readonly UnpackedLayer[], target: string): Promise<boolean> {
  const wanted = new Map<string, Speaker>();
  const stack = new MergedFolders(layers);
  for (const path of new Set(layers.flatMap((layer) => layer.facts.implied))) {
    if (path !== '') for (const [folder, speaker] of correctionsFor(path, stack)) wanted.set(folder, speaker);
  }
  if (wanted.size === 0) return false;
  // Shorter paths are parents: they come first, and get their attributes last.
  const folders = [...wanted].sort(([a], [b]) => a.length - b.length);
  for (const [folder] of folders) mkdirSync(rawPath(target, folder));
  await giveAttributes(wanted, target);
  for (const [folder, { stat }] of folders.reverse()) {
    const path = rawPath(target, folder);
    chownSync(path, Number(stat.uid), Number(stat.gid));
    chmodSync(path, Number(stat.mode) & PERMISSIONS);
    setMtime(path, stat.mtimeNs);
  }
  return true;
}

/** The folder that says how a merged one looks. */
interface Speaker {
  /** The layer's folder that it is in. */
  readonly tree: string;
  readonly stat: BigIntStats;
}

/** Extended attributes, through tar. */
async function giveAttributes(wanted: ReadonlyMap<string, Speaker>, target: string): Promise<void> {
  const found = await attributesOf([...wanted].map(([path, { tree }]) => ({ tree, path })));
  const entries = [...wanted.keys()].flatMap((path, i): Entry[] => {
    const xattrs = found[i];
    if (xattrs === undefined) return [];
    return [{ path, type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, mtime: 0, xattrs }];
  });
  if (entries.length > 0) await unpackInto(target, writeTar(membersOf(entries)), undefined);
}

async function* membersOf(entries: readonly Entry[]): AsyncGenerator<EntryWithBody> {
  for (const entry of entries) yield { entry };
}

/** The folder and those above it with what the stack should show, if it would show anything else. */
function correctionsFor(path: string, stack: MergedFolders): readonly [string, Speaker][] {
  let wrong = false;
  const way: [string, Speaker][] = [];
  const parts = path.split('/');
  for (let i = 1; i <= parts.length; i++) {
    const folder = parts.slice(0, i).join('/');
    const { visible, speaker, stat } = stack.at(folder);
    if (speaker === undefined || stat === undefined) return [];
    wrong ||= speaker !== visible[0];
    way.push([folder, { tree: speaker.layer.path, stat }]);
  }
  return wrong ? way : [];
}

interface StackedLayer {
  readonly layer: UnpackedLayer;
  readonly opaque: ReadonlySet<string>;
  readonly implied: ReadonlySet<string>;
}

interface MergedFolder {
  /** Layers whose own folder at this path is part of the merged one, top first. */
  readonly visible: readonly StackedLayer[];
  /** The one that says how it looks. */
  readonly speaker?: StackedLayer;
  readonly stat?: BigIntStats | undefined;
}

/** Folders of a stack, each worked out once: there are layers that imply all of their folders. */
class MergedFolders {
  readonly #layers: readonly StackedLayer[];
  readonly #known = new Map<string, MergedFolder>();

  /** @param layers base first */
  constructor(layers: readonly UnpackedLayer[]) {
    this.#layers = layers.toReversed().map((layer) => ({
      layer,
      opaque: new Set(layer.facts.opaque),
      implied: new Set(layer.facts.implied),
    }));
  }

  at(folder: string): MergedFolder {
    let merged = this.#known.get(folder);
    if (merged === undefined) {
      const parent = parentOf(folder) ?? '';
      merged = merge(folder, parent === '' ? this.#layers : this.at(parent).visible);
      this.#known.set(folder, merged);
    }
    return merged;
  }
}

/** @param layers those that show the folder above, top first */
function merge(folder: string, layers: readonly StackedLayer[]): MergedFolder {
  const visible: StackedLayer[] = [];
  const stats = new Map<StackedLayer, BigIntStats>();
  for (const each of layers) {
    const stat = statOf(each.layer.path, folder);
    if (stat === undefined) continue;
    if (!stat.isDirectory()) break;
    visible.push(each);
    stats.set(each, stat);
    if (each.opaque.has(folder)) break;
  }
  const speaker = visible.find(({ implied }) => !implied.has(folder)) ?? visible[0];
  return speaker === undefined ? { visible } : { visible, speaker, stat: stats.get(speaker) };
}
