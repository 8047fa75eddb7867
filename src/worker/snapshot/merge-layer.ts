import { lstatSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { decodeName } from '../../image/layer/entry-name.ts';
import { statOf } from './changed-folders.ts';
import type { UnpackedLayer } from './layer-store.ts';
import { LentFiles } from './lent-files.ts';
import { type ListedNode, listTree } from './listing.ts';
import { setMtime } from './mtime.ts';
import { rawPath } from './raw-path.ts';
import { tarOf } from './tree-tar.ts';
import { unpackInto } from './unpack.ts';

/**
 * Puts an unpacked layer on a tree. First everything that is deleted or in the way goes, parents before children, so that each path in the tree
 * leads through folders alone; then one tar process reads the layer and another one writes it.
 */
export async function mergeLayer(layer: UnpackedLayer, tree: string, signal?: AbortSignal): Promise<void> {
  const { opaque: hiding, borrowed } = layer.facts;
  // What the layer links to may be what it deletes.
  const links = borrowed === undefined ? undefined : LentFiles.of(borrowed, tree, dirname(tree));
  try {
    await putOn(tree, layer, new Set(hiding), signal);
    links?.place(tree);
  } finally {
    links?.[Symbol.dispose]();
  }
}

async function putOn(
  tree: string,
  layer: UnpackedLayer,
  opaque: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const implied = new Set(layer.facts.implied);
  if (opaque.has('')) await empty(tree);
  const kept: string[] = implied.has('') ? [] : ['.'];
  /** Of folders that the layer only implies: what is put into them must not show. */
  const times = new Map<string, bigint>();
  for (const node of await listTree(layer.path, signal)) {
    if (isWhiteout(node, layer.path)) {
      await remove(tree, node.path);
      continue;
    }
    const clears = node.type !== 'directory' || opaque.has(node.path);
    let there = statOf(tree, node.path);
    if (there !== undefined && (clears || !there.isDirectory())) {
      await remove(tree, node.path);
      there = undefined;
    }
    if (!implied.has(node.path) || there?.isDirectory() !== true) kept.push(node.path);
    else times.set(node.path, there.mtimeNs);
  }
  await unpackInto(tree, tarOf(layer.path, kept, signal), signal);
  for (const [path, time] of times) setMtime(rawPath(tree, path), time);
}

function isWhiteout(node: ListedNode, folder: string): boolean {
  return node.type === 'character' && lstatSync(rawPath(folder, node.path), { bigint: true }).rdev === 0n;
}

async function empty(tree: string): Promise<void> {
  for (const name of readdirSync(tree, { encoding: 'buffer' })) await remove(tree, decodeName(name));
}

async function remove(tree: string, path: string): Promise<void> {
  await rm(rawPath(tree, path), { recursive: true, force: true });
}
