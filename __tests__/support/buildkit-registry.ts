import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Digest, digestOf, parseDigest } from '../../src/image/digest.ts';
import { oneChunk } from '../../src/image/one-chunk.ts';
import type { Registry } from '../../src/registry/registry.ts';
import type { RegistryServer } from './registry-server.ts';

const FOLDER = fileURLToPath(new URL('../testdata/buildkit-cache/registry', import.meta.url));

type Name = 'base' | 'image' | 'index' | 'inline';

interface Stored {
  readonly mediaType: string;
  readonly digest: string;
  readonly blobs: readonly string[];
}

const MANIFESTS = JSON.parse(readFileSync(join(FOLDER, 'manifests.json'), 'utf8')) as Readonly<
  Record<Name, Stored>
>;

/** Files of the context that BuildKit built. */
export const CONTEXT: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(join(FOLDER, 'context'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(join(FOLDER, 'context').length + 1), readFileSync(path, 'utf8')];
    }),
);

export function blobBytes(digest: string): Buffer {
  return readFileSync(join(FOLDER, 'blobs', digest.replace('sha256:', '')));
}

export function manifestOf(name: Name): {
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly json: {
    readonly layers?: readonly { readonly digest: string }[];
    readonly config?: { readonly digest: string };
  };
} {
  const { mediaType, digest } = MANIFESTS[name];
  const bytes = blobBytes(digest);
  return { mediaType, bytes, json: JSON.parse(bytes.toString()) };
}

/** Where one of the manifests is put. */
export interface RecordedPlace {
  readonly name: Name;
  readonly path: string;
  readonly tag: string;
  /** Another cache config in place of its own. */
  readonly config?: Buffer | undefined;
}

/** Pushes what BuildKit wrote, as it is. */
export async function pushRecorded(registry: Registry, host: string, place: RecordedPlace): Promise<void> {
  const repository = { host, path: place.path };
  const { blobs, mediaType, bytes } = contentOf(place);
  for (const blob of blobs) {
    const descriptor = { mediaType: 'application/octet-stream', digest: digestOf(blob), size: blob.length };
    await registry.pushBlob(repository, descriptor, async () => oneChunk(blob));
  }
  const descriptor = { mediaType, digest: digestOf(bytes), size: bytes.length };
  await registry.putManifest(repository, place.tag, { descriptor, bytes });
}

/** Lays it there without asking: an index whose members are no manifests is not taken by every registry. */
export function placeRecorded(server: RegistryServer, place: RecordedPlace): void {
  const { blobs, mediaType, bytes } = contentOf(place);
  for (const blob of blobs) server.addBlob(place.path, blob);
  server.addManifest(place.path, mediaType, bytes.toString(), place.tag);
}

function contentOf({ name, config }: RecordedPlace): {
  readonly blobs: readonly Buffer[];
  readonly mediaType: string;
  readonly bytes: Buffer;
} {
  const blobs = MANIFESTS[name].blobs.map(blobBytes);
  const { mediaType, bytes, json } = manifestOf(name);
  if (config === undefined) return { blobs, mediaType, bytes };
  const other = { ...json.config, digest: digestOf(config), size: config.length };
  return {
    blobs: [...blobs, config],
    mediaType,
    bytes: Buffer.from(JSON.stringify({ ...json, config: other })),
  };
}

/** Digests of the layers of the image that BuildKit made of the context. */
export function imageLayers(): readonly Digest[] {
  return (manifestOf('inline').json.layers ?? []).map(({ digest }) => parseDigest(digest));
}
