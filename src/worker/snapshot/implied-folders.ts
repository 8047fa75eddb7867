import { type BigIntStats, chmodSync, chownSync, mkdirSync } from 'node:fs';
import { statOf } from './changed-folders.ts';
import type { UnpackedLayer } from './layer-store.ts';
import { setMtime } from './mtime.ts';
import { rawPath } from './raw-path.ts';

const PERMISSIONS = 0o7777;

/**
 * A layer may hold `tmp/x` and no entry for `tmp`: its folder `tmp` then exists in the unpacked layer, but says nothing about mode and owner,
 * which must stay those of the layer below. Makes a folder with nothing but such folders, as they should be seen, to be put on top of the stack.
 * @param layers base first
 * @returns whether there was anything to make
 */
export function makeImpliedFolders(layers: readonly UnpackedLayer[], target: string): boolean {
  const wanted = new Map<string, BigIntStats>();
  for (const path of new Set(layers.flatMap((layer) => layer.facts.implied))) {
    if (path !== '') for (const [folder, stat] of correctionsFor(path, layers)) wanted.set(folder, stat);
  }
  if (wanted.size === 0) return false;
  // Shorter paths are parents: they come first, and get their attributes last.
  const folders = [...wanted].sort(([a], [b]) => a.length - b.length);
  for (const [folder] of folders) mkdirSync(rawPath(target, folder));
  for (const [folder, stat] of folders.reverse()) {
    const path = rawPath(target, folder);
    chownSync(path, Number(stat.uid), Number(stat.gid));
    chmodSync(path, Number(stat.mode) & PERMISSIONS);
    setMtime(path, stat.mtimeNs);
  }
  return true;
}

/** The folder and those above it with what the stack should show, if it would show anything else. */
function correctionsFor(path: string, layers: readonly UnpackedLayer[]): readonly [string, BigIntStats][] {
  let visible: readonly UnpackedLayer[] = layers.toReversed();
  let wrong = false;
  const way: [string, BigIntStats][] = [];
  const parts = path.split('/');
  for (let i = 1; i <= parts.length; i++) {
    const folder = parts.slice(0, i).join('/');
    visible = layersShowing(folder, visible);
    const top = visible[0];
    const speaker = visible.find((layer) => !layer.facts.implied.includes(folder)) ?? top;
    const stat = speaker === undefined ? undefined : statOf(speaker.path, folder);
    if (stat === undefined) return [];
    wrong ||= speaker !== top;
    way.push([folder, stat]);
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
