import { type BigIntStats, chmodSync, chownSync, mkdirSync } from 'node:fs';
import type { Entry, EntryWithBody } from '../../image/layer/entry.ts';
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
  for (const path of new Set(layers.flatMap((layer) => layer.facts.implied))) {
    if (path !== '')
      for (const [folder, speaker] of correctionsFor(path, layers)) wanted.set(folder, speaker);
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
function correctionsFor(path: string, layers: readonly UnpackedLayer[]): readonly [string, Speaker][] {
  let visible: readonly UnpackedLayer[] = layers.toReversed();
  let wrong = false;
  const way: [string, Speaker][] = [];
  const parts = path.split('/');
  for (let i = 1; i <= parts.length; i++) {
    const folder = parts.slice(0, i).join('/');
    visible = layersShowing(folder, visible);
    const top = visible[0];
    const speaker = visible.find((layer) => !layer.facts.implied.includes(folder)) ?? top;
    const stat = speaker === undefined ? undefined : statOf(speaker.path, folder);
    if (speaker === undefined || stat === undefined) return [];
    wrong ||= speaker !== top;
    way.push([folder, { tree: speaker.path, stat }]);
  }
  return wrong ? way : [];
}

/** Of layers that show the parent (top first), those whose own folder at this path is part of the merged one. */
function layersShowing(folder: string, layers: readonly UnpackedLayer[]): readonly UnpackedLayer[] {
  const showing: UnpackedLayer[] = [];
  for (const layer of layers) {
    const stat = statOf(layer.path, folder);
    if (stat === undefined) continue;
    if (!stat.isDirectory()) break;
    showing.push(layer);
    if (layer.facts.opaque.includes(folder)) break;
  }
  return showing;
}
