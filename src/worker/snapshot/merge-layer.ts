import { type BigIntStats, lstatSync, mkdtempSync, readdirSync, renameSync, rmdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodeName } from '../../image/layer/entry-name.ts';
import { withSameAttributes } from './attributes.ts';
import type { UnpackedLayer } from './layer-store.ts';
import { LentFiles } from './lent-files.ts';
import { type ListedNode, listTree } from './listing.ts';
import { setMtime } from './mtime.ts';
import { rawPath } from './raw-path.ts';
import { statOf } from './real-paths.ts';
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
  const kept: string[] = implied.has('') ? [] : ['.'];
  /** Folders that are there already and are said anew. */
  const again: string[] = [];
  /** Of folders that the layer only implies: what is put into them must not show. */
  const times = new Map<string, bigint>();
  const rootTime = statOf(tree, '')?.mtimeNs ?? 0n;
  if (opaque.has('')) await empty(tree);
  for (const node of await listTree(layer.path, signal)) {
    if (isWhiteout(node, layer.path)) {
      await remove(tree, node.path);
      continue;
    }
    const there = await clearFor(node, tree, opaque.has(node.path));
    if (there !== undefined && implied.has(node.path)) {
      times.set(node.path, there.mtimeNs);
      continue;
    }
    if (there !== undefined) again.push(node.path);
    kept.push(node.path);
  }
  await forgetAttributes(again, tree, layer.path, signal);
  await unpackInto(tree, tarOf(layer.path, kept, signal), signal);
  if (implied.has('')) times.set('', rootTime);
  for (const [path, time] of times) setMtime(rawPath(tree, path), time);
}

/** Removes what a node is to replace. What stays is a folder that it is put upon. */
async function clearFor(node: ListedNode, tree: string, opaque: boolean): Promise<BigIntStats | undefined> {
  const there = statOf(tree, node.path);
  if (there?.isDirectory() === true && node.type === 'directory' && !opaque) return there;
  if (there !== undefined) await remove(tree, node.path);
  return undefined;
}

/** Of folders that have others in the layer: tar only adds some. */
async function forgetAttributes(
  folders: readonly string[],
  tree: string,
  layer: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const alike = await withSameAttributes(folders, tree, layer, signal);
  for (const path of folders) if (!alike.has(path)) renew(rawPath(tree, path), dirname(tree));
}

/** The folder without its attributes, which Node cannot remove. */
function renew(folder: Buffer, scratch: string): void {
  const fresh = mkdtempSync(join(scratch, 'renewed-'));
  const inside = (place: Buffer, name: Buffer): Buffer => Buffer.concat([place, Buffer.from('/'), name]);
  for (const name of readdirSync(folder, { encoding: 'buffer' }))
    renameSync(inside(folder, name), inside(Buffer.from(fresh), name));
  rmdirSync(folder);
  renameSync(fresh, folder);
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
