import { BuildError } from '../../base/errors.ts';
import { algorithmOf, type Digest, digestOf, encoded } from '../../image/digest.ts';
import type { Entry, EntryWithBody } from '../../image/layer/entry.ts';
import { familiarReference, formatReference, parseReference, withDefaultTag } from '../../image/reference.ts';
import type { Descriptor, RawBlob } from '../../image/types.ts';
import type { ExportImage, ExportRequest } from '../exporter.ts';

/** A file of an OCI image layout. */
export interface LayoutFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Of its bytes. */
  readonly digest: Digest;
  open(): Promise<AsyncIterable<Uint8Array>>;
}

/** OCI image-spec 1.1, image-layout.md "oci-layout file". */
const LAYOUT_VERSION = '{"imageLayoutVersion":"1.0.0"}';

/** The manifest or index that the export is about. */
export function topOf(request: ExportRequest): RawBlob {
  const [first, second] = request.images;
  if (request.index !== undefined) return request.index;
  if (first !== undefined && second === undefined) return first.manifest;
  throw new BuildError({
    kind: 'bug',
    code: 'NO_INDEX',
    message: `${request.images.length} images were to be exported without an index over them`,
  });
}

/** The names that an export is to have, normalised and with a tag. @throws BuildError `BAD_REFERENCE` */
export function namesOf(request: ExportRequest, given: readonly string[] | undefined): readonly string[] {
  const names = given === undefined ? request.references : given;
  return names.map((name) => formatReference(withDefaultTag(parseReference(name))));
}

/** By this file a folder is told to be a layout. */
export function markerFile(): LayoutFile {
  return textFile('oci-layout', LAYOUT_VERSION);
}

/** All blobs and the marker file; the index is not among them. */
export function layoutFiles(request: ExportRequest): readonly LayoutFile[] {
  return [...blobFiles(request), markerFile()];
}

/** All blobs, each once. */
export function blobFiles(request: ExportRequest): readonly LayoutFile[] {
  const files = new Map<string, LayoutFile>();
  const add = (descriptor: Descriptor, open: LayoutFile['open']): void => {
    const path = blobPath(descriptor.digest);
    files.set(path, { path, size: descriptor.size, digest: descriptor.digest, open });
  };
  for (const { image, config, manifest } of request.images) {
    for (const layer of image.layers) add(layer.descriptor, () => request.content.open(layer));
    add(config.descriptor, () => bytesOf(config.bytes));
    add(manifest.descriptor, () => bytesOf(manifest.bytes));
  }
  const top = topOf(request);
  add(top.descriptor, () => bytesOf(top.bytes));
  return [...files.values()];
}

/** The entries of index.json: one for each name, or a nameless one (annotations as BuildKit and containerd write them). */
export function indexEntries(request: ExportRequest, names: readonly string[]): readonly Descriptor[] {
  const { descriptor } = topOf(request);
  if (names.length === 0) return [descriptor];
  return names.map((name) => {
    const { tag } = parseReference(name);
    return {
      ...descriptor,
      annotations: {
        ...descriptor.annotations,
        'io.containerd.image.name': name,
        ...(tag === undefined ? {} : { 'org.opencontainers.image.ref.name': tag }),
      },
    };
  });
}

export function indexFile(manifests: readonly Descriptor[]): LayoutFile {
  return textFile('index.json', JSON.stringify({ schemaVersion: 2, mediaType: INDEX_TYPE, manifests }));
}

const INDEX_TYPE = 'application/vnd.oci.image.index.v1+json';

/** What `docker load` reads (moby, image/spec v1.2 "Combined Image JSON + Filesystem Changeset Format"); layers may be compressed. */
export function dockerManifestFile(image: ExportImage, names: readonly string[]): LayoutFile {
  const manifest = {
    Config: blobPath(image.config.descriptor.digest),
    RepoTags: names.map((name) => familiarReference(parseReference(name))),
    Layers: image.image.layers.map(({ descriptor }) => blobPath(descriptor.digest)),
  };
  return textFile('manifest.json', JSON.stringify([manifest]));
}

/** The files as members of an archive, their folders before them; times and owners are fixed, so that the same image gives the same archive. */
export async function* layoutMembers(files: readonly LayoutFile[]): AsyncGenerator<EntryWithBody> {
  const folders = new Set(files.flatMap(({ path }) => foldersOf(path)));
  for (const path of [...folders].sort()) yield { entry: memberOf(path, 'directory', 0o755, 0) };
  for (const { path, size, open } of files) {
    yield { entry: memberOf(path, 'file', 0o644, size), body: await open() };
  }
}

function memberOf(path: string, type: Entry['type'], mode: number, size: number): Entry {
  return { path, type, mode, uid: 0, gid: 0, size, mtime: 0 };
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function blobPath(digest: Digest): string {
  return `blobs/${algorithmOf(digest)}/${encoded(digest)}`;
}

function textFile(path: string, text: string): LayoutFile {
  const bytes = Buffer.from(text, 'utf8');
  return { path, size: bytes.length, digest: digestOf(bytes), open: () => bytesOf(bytes) };
}

async function bytesOf(bytes: Uint8Array): Promise<AsyncIterable<Uint8Array>> {
  return (async function* () {
    yield bytes;
  })();
}
