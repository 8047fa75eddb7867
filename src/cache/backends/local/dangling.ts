import { readFile } from 'node:fs/promises';
import type { ContentStore } from '../../../image/content-store.ts';
import type { Digest } from '../../../image/digest.ts';
import type { CacheRecord } from '../../build-cache.ts';
import { parseJson } from '../../cache-data.ts';
import { decodeMount } from '../../cached-mount.ts';
import { decodeRecord } from '../../record.ts';
import { textsIn } from '../../texts-in.ts';
import type { CacheFile, LocalFolder } from './folder.ts';
import type { HeldItem } from './held-item.ts';

/** Manifests and image configs are smaller. Bytes. */
const LARGEST_DOCUMENT = 1024 * 1024;
const LONGEST_RECORD = 1024 * 1024;
const CURLY = 0x7b;
const DIGEST = /^sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$/;

/**
 * Tells which items are of no use to a later build: records whose layer nobody has, layers and indexes that no record and no base image names,
 * what killed processes left. What RUN works on (unpacked layers, cache mounts) is never among them.
 */
export async function danglingIn(
  folder: LocalFolder,
  content: ContentStore,
): Promise<(item: HeldItem) => boolean> {
  const uses = new Uses();
  for await (const { digest, size } of content.list()) uses.blobs.set(digest, size);
  for await (const file of folder.files()) {
    if (file.kind !== 'record' && file.kind !== 'mount') continue;
    const bytes = await folder.read(file.path, LONGEST_RECORD).catch(() => undefined);
    if (bytes !== undefined) uses.addFile(file, bytes.toString('utf8'));
  }
  for (const [digest, size] of uses.blobs) {
    if (size > LARGEST_DOCUMENT || uses.named.has(digest)) continue;
    const document = await documentIn(content, digest);
    if (document !== undefined) uses.addDocument(digest, document);
  }
  return (item) => uses.isDangling(item);
}

/** What names what. */
class Uses {
  /** Sizes of all blobs. */
  readonly blobs = new Map<Digest, number>();
  /** Digests and diffIDs. */
  readonly named = new Set<string>();
  /** Keys of records whose layer is nowhere. */
  readonly #useless = new Set<string>();

  addFile({ kind, path }: CacheFile, text: string): void {
    const parsed = attempt(() => parseJson(text, path));
    if (kind === 'mount') {
      const mount = attempt(() => decodeMount(parsed));
      if (mount !== undefined) this.named.add(mount.archive.digest);
      return;
    }
    const record = attempt(() => decodeRecord(parsed));
    if (record !== undefined) this.#addRecord(record);
  }

  /** A manifest names layers and a config, a config names diffIDs. */
  addDocument(digest: Digest, document: unknown): void {
    this.named.add(digest);
    for (const text of textsIn(document)) if (DIGEST.test(text)) this.named.add(text);
  }

  isDangling({ kind, id }: HeldItem): boolean {
    switch (kind) {
      case 'temporary':
        return true;
      case 'record':
        return this.#useless.has(id);
      case 'blob':
        return !this.named.has(id);
      case 'index':
        return !this.named.has(`sha256:${id}`);
      default:
        return false;
    }
  }

  #addRecord({ key, contentKey, layer }: CacheRecord): void {
    if (layer === undefined) return;
    const { digest } = layer.descriptor;
    if (layer.sources.length > 0 || this.blobs.has(digest)) this.named.add(digest).add(layer.diffId);
    else for (const each of [key, contentKey]) if (each !== undefined) this.#useless.add(each);
  }
}

/** A blob as JSON; undefined for layers. Read as a file: to be looked at by a clean-up is no use. */
async function documentIn(content: ContentStore, digest: Digest): Promise<unknown> {
  const path = content.pathOf(digest);
  const bytes = path === undefined ? undefined : await readFile(path).catch(() => undefined);
  if (bytes?.[0] !== CURLY) return undefined;
  return attempt(() => parseJson(bytes.toString('utf8'), digest));
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
