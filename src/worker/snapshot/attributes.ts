import { join } from 'node:path';
import { decodeName } from '../../image/layer/entry-name.ts';
import { readTar } from '../../image/layer/tar-read.ts';
import { rawPath } from './raw-path.ts';
import { tarOf } from './tree-tar.ts';

type Attributes = ReadonlyMap<string, Uint8Array>;

/** Attributes in which overlayfs keeps its own notes (Linux Documentation/filesystems/overlayfs.rst). */
const OVERLAY_ATTRIBUTE = /^(trusted|user)\.overlay\./;

/** Those of a node that are not overlayfs' own; undefined for none. */
export function ownAttributes(attributes: Attributes | undefined): Attributes | undefined {
  const kept = [...(attributes ?? [])].filter(([name]) => !OVERLAY_ATTRIBUTE.test(name));
  return kept.length === 0 ? undefined : new Map(kept);
}

/** overlayfs' mark of a folder that hides what layers below have in it. */
const OPAQUE_ATTRIBUTE = /^(trusted|user)\.overlay\.opaque$/;

/** Of a node with several names, tar tells attributes with the first one only. */
const EVERY_NAME = ['--hard-dereference'];

/** A node without content below the root of a tree. */
export interface NodePlace {
  readonly tree: string;
  readonly path: string;
}

/**
 * The attributes of nodes, undefined for none, without overlayfs' own. One child process, whatever their number: Node cannot read
 * attributes itself.
 */
export async function attributesOf(
  places: readonly NodePlace[],
  signal?: AbortSignal,
): Promise<readonly (Attributes | undefined)[]> {
  const names = places.map(({ tree, path }) => decodeName(rawPath(join('/', tree).slice(1), path)));
  const found = new Map<string, Attributes | undefined>();
  for await (const { entry } of readTar(tarOf('/', [...new Set(names)], signal, EVERY_NAME)))
    found.set(entry.path, ownAttributes(entry.xattrs));
  return names.map((name) => found.get(name));
}

/** Of nodes without content that are in two trees, those with the same attributes in both. */
export async function withSameAttributes(
  paths: readonly string[],
  before: string,
  after: string,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const places = [before, after].flatMap((tree) => paths.map((path) => ({ tree, path })));
  const found = await attributesOf(places, signal);
  return new Set(paths.filter((_, i) => sameMaps(found[i], found[paths.length + i])));
}

/** Whether one of an upper folder's folders hides what is below it. One child process. */
export async function someOpaque(tree: string, folders: readonly string[]): Promise<boolean> {
  for await (const { entry } of readTar(tarOf(tree, folders))) {
    for (const name of entry.xattrs?.keys() ?? []) if (OPAQUE_ATTRIBUTE.test(name)) return true;
  }
  return false;
}

/** Whether nodes have the same attributes but for overlayfs' own. */
export function sameAttributes(a: Attributes | undefined, b: Attributes | undefined): boolean {
  return sameMaps(ownAttributes(a), ownAttributes(b));
}

function sameMaps(a: Attributes | undefined, b: Attributes | undefined): boolean {
  if ((a?.size ?? 0) !== (b?.size ?? 0)) return false;
  return [...(a ?? [])].every(([name, value]) => {
    const other = b?.get(name);
    return other !== undefined && Buffer.compare(value, other) === 0;
  });
}
