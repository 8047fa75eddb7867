import { BuildError } from '../base/errors.ts';
import type { ContentStore } from '../image/content-store.ts';
import { type Digest, parseDigest } from '../image/digest.ts';
import { hasDigest } from '../image/digest-check.ts';
import { MediaType } from '../image/media-types.ts';
import { imageFrom, parseImageConfig } from '../image/parse-config.ts';
import { type ImageIndex, type ImageManifest, parseManifest } from '../image/parse-manifest.ts';
import { formatPlatform, platformMatches, selectPlatform } from '../image/platform.ts';
import { familiarReference, type Reference, repositoryOf, withDefaultTag } from '../image/reference.ts';
import type { Descriptor, Image, Platform, RawBlob, Repository } from '../image/types.ts';
import { RegistryError } from './errors.ts';
import { isEmptyStore, KeptDocuments, LARGEST_DOCUMENT } from './kept-documents.ts';
import type { Registry, RequestOptions } from './registry.ts';

/** An image in a registry, known but for its layers' bytes. */
export interface ResolvedImage {
  /** `name@digest` of the manifest of this one platform. */
  readonly reference: string;
  readonly repository: Repository;
  /** Its layers have this repository as their source. */
  readonly image: Image;
  readonly manifest: RawBlob;
  readonly config: RawBlob;
  /**
   * As the image config says. It need not fit what was asked for: an image that is not an index is taken as it is, as BuildKit does.
   */
  readonly platform: Platform;
  /** What the reference itself names: an index, or the manifest. */
  readonly source: Descriptor;
  /** All manifests and configs that it took to find it, the source's first. With them nobody else has to be asked. */
  readonly documents: readonly Uint8Array[];
}

/** An index in an index is legal; nobody nests deeper than this. */
const MOST_NESTING = 3;
/** Manifests of an index that do not tell their platform and are looked into. */
const MOST_UNNAMED = 8;
const INDEX_TYPES: readonly string[] = [MediaType.ociIndex, MediaType.dockerList];

export interface ResolveOptions extends RequestOptions {
  /**
   * Keeps manifests and configs. An image that is known then costs one HEAD (which Docker Hub does not count as a pull), one that is
   * named by its digest no request. A store with nothing in it is only filled, unless there is `documents`.
   */
  readonly store?: ContentStore | undefined;
  /**
   * Asked before the registry for documents that are not in the store, by the digest that the reference names or that its tag has now. What it
   * gives is taken only where the digest that is looked for is its own.
   */
  readonly documents?: ((source: Digest) => Promise<readonly Uint8Array[]>) | undefined;
}

/**
 * Finds the image of a platform: manifest and config are pulled, no layer is. OCI and Docker schema 2, single or in an index.
 * @throws BuildError `PLATFORM_NOT_FOUND`; `OLD_MANIFEST`, `BAD_MANIFEST`, `UNKNOWN_MANIFEST_TYPE`; those of Registry
 */
export async function resolveImage(
  registry: Registry,
  reference: Reference,
  platform: Platform,
  { store, documents, ...options }: ResolveOptions = {},
): Promise<ResolvedImage> {
  const named = withDefaultTag(reference);
  const { tag = '' } = named;
  const repository = repositoryOf(named);
  // Where nothing can be known, to ask for the digest first would only be one more request.
  const isFresh = documents === undefined && (await isEmptyStore(store));
  const now =
    named.digest ?? (isFresh ? undefined : (await registry.resolve(repository, tag, options))?.digest);
  const elsewhere = documents === undefined || now === undefined ? undefined : () => documents(now);
  const kept = new KeptDocuments(store, elsewhere);
  const pull: Pull = { registry, name: familiarReference(named), repository, platform, options, kept };
  const top = await pullDocument(pull, now ?? tag).catch((error: unknown) => {
    // A digest that the registry gave for the tag and does not know itself.
    if (named.digest !== undefined || now === undefined || !isNotFound(error)) throw error;
    return pullDocument(pull, tag);
  });
  const found =
    top.parsed.kind === 'image'
      ? await withConfig(pull, top.blob, top.parsed)
      : await select(pull, top.parsed, 1);
  const { digest } = found.manifest.descriptor;
  return {
    ...found,
    reference: `${repository.host}/${repository.path}@${digest}`,
    repository,
    platform: found.image.platform,
    source: top.blob.descriptor,
    documents: kept.used,
  };
}

function isNotFound(error: unknown): boolean {
  return error instanceof RegistryError && error.code === 'NOT_FOUND';
}

interface Pull {
  readonly registry: Registry;
  /** As messages call it. */
  readonly name: string;
  readonly repository: Repository;
  readonly platform: Platform;
  readonly options: RequestOptions;
  readonly kept: KeptDocuments;
}

type Found = Pick<ResolvedImage, 'image' | 'manifest' | 'config'>;

async function pullDocument(
  { registry, repository, options, kept }: Pull,
  reference: string,
): Promise<{ readonly blob: RawBlob; readonly parsed: ImageManifest | ImageIndex }> {
  const known = reference.includes(':') ? await kept.get({ digest: parseDigest(reference) }) : undefined;
  if (known !== undefined) {
    const parsed = parseManifest(known);
    const descriptor = { mediaType: parsed.mediaType, digest: parseDigest(reference), size: known.length };
    return { blob: { descriptor, bytes: known }, parsed };
  }
  const blob = await registry.manifest(repository, reference, options);
  const parsed = parseManifest(blob.bytes, blob.descriptor.mediaType);
  await kept.put(blob);
  return { blob, parsed };
}

async function select(pull: Pull, index: ImageIndex, depth: number): Promise<Found> {
  const named = selectPlatform(pull.platform, index.manifests, (item) =>
    INDEX_TYPES.includes(item.mediaType) ? undefined : item.platform,
  );
  if (named !== undefined) return open(pull, named, depth);
  const unnamed = index.manifests.filter(
    ({ platform, mediaType }) => platform === undefined || INDEX_TYPES.includes(mediaType),
  );
  const there = index.manifests.flatMap(({ platform }) => (platform === undefined ? [] : [platform]));
  for (const descriptor of unnamed.slice(0, MOST_UNNAMED)) {
    const found = await open(pull, descriptor, depth).catch((error: unknown) => {
      if (error instanceof BuildError && error.code === 'PLATFORM_NOT_FOUND') return undefined;
      throw error;
    });
    if (found === undefined) continue;
    if (platformMatches(pull.platform, found.image.platform)) return found;
    there.push(found.image.platform);
  }
  throw notFound(pull, there);
}

async function open(pull: Pull, descriptor: Descriptor, depth: number): Promise<Found> {
  const { blob, parsed } = await pullDocument(pull, descriptor.digest);
  if (parsed.kind === 'image') return withConfig(pull, blob, parsed);
  if (depth < MOST_NESTING) return select(pull, parsed, depth + 1);
  throw new BuildError({
    kind: 'user',
    code: 'BAD_MANIFEST',
    message: `${pull.name}: indexes are nested more than ${MOST_NESTING} deep`,
  });
}

async function withConfig(pull: Pull, manifest: RawBlob, parsed: ImageManifest): Promise<Found> {
  const bytes = await pullConfig(pull, parsed.config);
  const image = imageFrom(parsed, parseImageConfig(bytes), pull.repository);
  return { image, manifest, config: { descriptor: parsed.config, bytes } };
}

async function pullConfig(pull: Pull, descriptor: Descriptor): Promise<Uint8Array> {
  const { registry, repository, options, kept } = pull;
  const known = await kept.get(descriptor);
  if (known !== undefined) return known;
  if (descriptor.size > LARGEST_DOCUMENT) {
    throw new BuildError({
      kind: 'user',
      code: 'BAD_MANIFEST',
      message: `${pull.name}: the image config has ${descriptor.size} bytes, more than ${LARGEST_DOCUMENT}`,
    });
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of await registry.blob(repository, descriptor, options)) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  if (!hasDigest(bytes, descriptor.digest)) {
    throw new RegistryError({
      code: 'REGISTRY_ERROR',
      message: `${pull.name}: the registry gave other bytes for the image config ${descriptor.digest}`,
    });
  }
  await kept.put({ descriptor, bytes });
  return bytes;
}

function notFound({ name, platform }: Pull, there: readonly Platform[]): BuildError {
  // Attestations stand in an index as unknown/unknown.
  const names = [...new Set(there.filter(({ os }) => os !== 'unknown').map(formatPlatform))];
  return new BuildError({
    kind: 'user',
    code: 'PLATFORM_NOT_FOUND',
    message: `${name} has no image for ${formatPlatform(platform)}`,
    hint: names.length === 0 ? 'Its index holds no image.' : `It has ${names.join(', ')}.`,
  });
}
