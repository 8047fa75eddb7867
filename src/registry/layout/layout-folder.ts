import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import { algorithmOf, type Digest, digestOf, encoded, parseDigest } from '../../image/digest.ts';
import { hasDigest } from '../../image/digest-check.ts';
import { MediaType } from '../../image/media-types.ts';
import { parseImageIndex, parseManifest } from '../../image/parse-manifest.ts';
import type { Descriptor, RawBlob } from '../../image/types.ts';
import { LARGEST_DOCUMENT } from '../kept-documents.ts';

/** OCI image-spec 1.1, annotations.md; the second is containerd's, with the whole name. */
const NAME = 'org.opencontainers.image.ref.name';
const FULL_NAME = 'io.containerd.image.name';
/** What a reference without a tag means everywhere. */
const UNNAMED = 'latest';
const READ_CHUNK = 256 * 1024;

/** An OCI image layout (image-spec 1.1, image-layout.md) as it lies on the disk. It is only read. */
export class LayoutFolder {
  readonly path: string;
  /** Indexes that stand for several entries with one name: they are no blobs of the layout. */
  readonly #indexes = new Map<Digest, RawBlob>();

  /** `path`: absolute. */
  constructor(path: string) {
    this.path = path;
  }

  /**
   * The manifest or index that a tag or a digest names. Several entries with one name, such as one a platform, count as an index. A
   * layout with a single image needs no name for it: `latest` is it.
   * @throws BuildError `LAYOUT_BROKEN`, `LAYOUT_NOT_FOUND`; those of the manifest parser
   */
  async document(reference: string): Promise<RawBlob> {
    if (reference.includes(':')) {
      const digest = parseDigest(reference);
      return this.#indexes.get(digest) ?? this.#manifest(digest);
    }
    const all = await this.#entries();
    const named = all.filter((entry) => namesOf(entry).includes(reference));
    const unnamed = named.length === 0 && reference === UNNAMED;
    const [first, ...more] = withoutRepeats(unnamed ? all : named);
    if (first === undefined) throw this.#noSuchName(reference, all);
    if (more.length === 0) return this.#manifest(first.digest);
    // One a platform is one image; anything else needs to be told apart.
    const platforms = [first, ...more].every(({ platform }) => platform !== undefined);
    if (!platforms || (unnamed && all.some((entry) => namesOf(entry).length > 0)))
      throw this.#noSuchName(reference, all);
    const index = indexOver([first, ...more]);
    this.#indexes.set(index.descriptor.digest, index);
    return index;
  }

  async sizeOf(digest: Digest): Promise<number | undefined> {
    const found = await stat(this.#pathOf(digest)).catch(() => undefined);
    return found?.isFile() === true ? found.size : undefined;
  }

  /** The bytes, not checked. @throws BuildError `LAYOUT_BROKEN` */
  async blob(digest: Digest): Promise<AsyncIterable<Uint8Array>> {
    if ((await this.sizeOf(digest)) === undefined) throw this.#broken(`it has no blob ${digest}`);
    return createReadStream(this.#pathOf(digest), { highWaterMark: READ_CHUNK });
  }

  async #entries(): Promise<readonly Descriptor[]> {
    const file = join(this.path, 'index.json');
    const size = (await stat(file).catch(() => undefined))?.size ?? 0;
    if (size > LARGEST_DOCUMENT) throw this.#broken(`its index.json has ${size} bytes`);
    const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
      throw this.#broken(`its index.json cannot be read (${cause.code ?? cause.message})`, cause);
    });
    return parseImageIndex(bytes).manifests;
  }

  async #manifest(digest: Digest): Promise<RawBlob> {
    const size = await this.sizeOf(digest);
    if (size === undefined) throw this.#broken(`it has no blob ${digest}`);
    if (size > LARGEST_DOCUMENT) throw this.#broken(`the manifest ${digest} has ${size} bytes`);
    const bytes = await readFile(this.#pathOf(digest));
    if (!hasDigest(bytes, digest))
      throw this.#broken(`the blob ${digest} has other bytes than its name says`);
    return { descriptor: { mediaType: parseManifest(bytes).mediaType, digest, size }, bytes };
  }

  #pathOf(digest: Digest): string {
    return join(this.path, 'blobs', algorithmOf(digest), encoded(digest));
  }

  #noSuchName(reference: string, entries: readonly Descriptor[]): BuildError {
    const names = [...new Set(entries.flatMap(namesOf))];
    return new BuildError({
      kind: 'user',
      code: 'LAYOUT_NOT_FOUND',
      message: `The OCI layout ${this.path} has no one image "${reference}"`,
      hint:
        names.length === 0
          ? 'Its images have no names: name one by its digest, oci-layout://PATH@sha256:…'
          : `It has ${names.join(', ')}: name one, oci-layout://PATH:TAG.`,
    });
  }

  #broken(why: string, cause?: unknown): BuildError {
    return new BuildError({
      kind: 'user',
      code: 'LAYOUT_BROKEN',
      message: `${this.path} is not a whole OCI layout: ${why}`,
      hint: 'It is a folder with oci-layout, index.json and blobs, as --output type=oci,tar=false makes one.',
      cause,
    });
  }
}

/** Tags, be they said alone or at the end of a whole name. */
function namesOf({ annotations }: Descriptor): readonly string[] {
  return [annotations?.[NAME], annotations?.[FULL_NAME]].flatMap((name) => {
    if (name === undefined) return [];
    const tag = /:([^:/]+)$/.exec(name)?.[1];
    return [tag ?? name];
  });
}

function withoutRepeats(entries: readonly Descriptor[]): readonly Descriptor[] {
  return entries.filter((entry, i) => entries.findIndex(({ digest }) => digest === entry.digest) === i);
}

function indexOver(manifests: readonly Descriptor[]): RawBlob {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: MediaType.ociIndex, manifests }));
  return {
    descriptor: { mediaType: MediaType.ociIndex, digest: digestOf(bytes), size: bytes.length },
    bytes,
  };
}
