import { BuildError, reasonOf } from '../../base/errors.ts';
import { type DiffId, type Digest, parseDiffId } from '../../image/digest.ts';
import { hasDigest } from '../../image/digest-check.ts';
import { compressionOf } from '../../image/media-types.ts';
import { parseImageConfig } from '../../image/parse-config.ts';
import type { ImageManifest } from '../../image/parse-manifest.ts';
import type { Descriptor } from '../../image/types.ts';
import type { BuildCache, CachedLayer } from '../build-cache.ts';
import { badData, fieldsOf, parseJson } from '../cache-data.ts';
import { BuildkitCache } from './buildkit/buildkit-cache.ts';
import { parseCacheConfig, parseInlineConfig } from './buildkit/cache-config.ts';
import { CachedSteps } from './buildkit/cached-steps.ts';
import { CONFIG_TYPE, cacheConfigOf, parsedManifest } from './buildkit/manifest-kind.ts';
import { NoCache } from './indexed/no-cache.ts';
import type { ForeignManifest, ForeignReader } from './registry.ts';

const INLINE_FIELD = 'moby.buildkit.cache.v0';
const DIFF_ID = 'containerd.io/uncompressed';
/** Annotations that only a cache has a use for. */
const OF_THE_CACHE = /^(?:buildkit\/|containerd\.io\/(?:uncompressed|distribution\.source\.))/;
/** Bytes. Parsing takes forty times its memory at worst. */
const LARGEST_CONFIG = 16 * 1024 * 1024;
/** Images of an index that are looked into for an inline cache. */
const MOST_IMAGES = 32;
const UNREADABLE: ReadonlySet<string> = new Set(['CACHE_DATA_BAD', 'BAD_MANIFEST']);

/** What of a manifest is needed to ask it for steps. */
interface ReadCache {
  readonly steps: readonly CachedSteps[];
  readonly layers: ReadonlyMap<Digest, CachedLayer>;
  readonly kept: boolean;
  readonly bytesRead: number;
}

/** Reads what BuildKit writes with `cache-to type=registry`, as an index or as an image manifest; undefined for anything else. */
export const buildkitCacheReader: ForeignReader = (found) => opened(found, readExported);

/** Reads images that BuildKit built with `cache-to type=inline`; undefined for anything else. */
export const buildkitInlineReader: ForeignReader = (found) => opened(found, readInline);

async function opened(
  found: ForeignManifest,
  read: (found: ForeignManifest) => Promise<ReadCache | undefined>,
): Promise<BuildCache | undefined> {
  const { registry, repository, name, notices } = found;
  try {
    const cache = await read(found);
    return cache === undefined
      ? undefined
      : // Another name than a cache of ours that takes its place under the same tag.
        new BuildkitCache({ name: `${name} (BuildKit)`, registry, repository, notices, ...cache });
  } catch (error) {
    if (!(error instanceof BuildError) || !UNREADABLE.has(error.code)) throw error;
    notices.add(`BuildKit's cache in ${notices.place} is left out: ${reasonOf(error)}`);
    return new NoCache(name, notices);
  }
}

async function readExported(found: ForeignManifest): Promise<ReadCache | undefined> {
  const parsed = parsedManifest(found.manifest);
  const config = parsed === undefined ? undefined : cacheConfigOf(parsed);
  if (parsed === undefined || config === undefined) return undefined;
  const bytes = await readDocument(found, config);
  const descriptors = parsed.kind === 'image' ? parsed.layers : parsed.manifests;
  const layers = layersOf(
    found,
    descriptors.filter(({ mediaType }) => mediaType !== CONFIG_TYPE),
  );
  return {
    steps: [new CachedSteps(parseCacheConfig(parseJson(bytes.toString('utf8'), 'the cache config')), layers)],
    layers,
    // An index keeps the manifests that it names; layers are none, and a registry may delete them.
    kept: parsed.kind === 'image',
    bytesRead: found.manifest.bytes.length + bytes.length,
  };
}

/** BuildKit: cache/remotecache/import.go, importInlineCache. */
async function readInline(found: ForeignManifest): Promise<ReadCache | undefined> {
  const { manifest } = found;
  const parsed = parsedManifest(manifest);
  if (parsed === undefined) return undefined;
  const images = parsed.kind === 'image' ? [parsed] : await imagesOf(found, parsed.manifests);
  const layers = new Map<Digest, CachedLayer>();
  const steps: CachedSteps[] = [];
  let bytesRead = manifest.bytes.length;
  for (const image of images) {
    const bytes = await readDocument(found, image.config);
    bytesRead += bytes.length;
    const known = inlineLayers(found, image, bytes);
    if (known === undefined) continue;
    const fields = fieldsOf(parseJson(bytes.toString('utf8'), 'the image config'), 'config');
    const text = Buffer.from(fields.text(INLINE_FIELD, LARGEST_CONFIG), 'base64').toString('utf8');
    const records = parseJson(text, 'the inline cache');
    steps.push(
      new CachedSteps(
        parseInlineConfig(
          records,
          image.layers.map(({ digest }) => digest),
        ),
        known,
      ),
    );
    for (const [digest, layer] of known) layers.set(digest, layer);
  }
  return steps.length === 0 ? undefined : { steps, layers, kept: true, bytesRead };
}

/** The layers of an image that has an inline cache. */
function inlineLayers(
  found: ForeignManifest,
  { layers }: ImageManifest,
  config: Buffer,
): ReadonlyMap<Digest, CachedLayer> | undefined {
  const fields = fieldsOf(parseJson(config.toString('utf8'), 'the image config'), 'config');
  if (!fields.has(INLINE_FIELD)) return undefined;
  const diffIds = parseImageConfig(config).rootfs.diff_ids;
  if (diffIds.length !== layers.length) return undefined;
  return new Map(layers.map((layer, i) => [layer.digest, cachedLayer(found, layer, diffIds[i] as DiffId)]));
}

async function imagesOf(
  found: ForeignManifest,
  manifests: readonly Descriptor[],
): Promise<readonly ImageManifest[]> {
  const images: ImageManifest[] = [];
  // Attestations stand in an index as unknown/unknown.
  for (const { digest, platform } of manifests.slice(0, MOST_IMAGES)) {
    if (platform?.os === 'unknown') continue;
    const manifest = await found.registry.manifest(found.repository, digest, { signal: found.signal });
    const parsed = parsedManifest(manifest);
    if (parsed?.kind === 'image') images.push(parsed);
  }
  return images;
}

function layersOf(
  found: ForeignManifest,
  descriptors: readonly Descriptor[],
): ReadonlyMap<Digest, CachedLayer> {
  return new Map(
    descriptors.flatMap((descriptor): [Digest, CachedLayer][] => {
      const diffId = diffIdOf(descriptor);
      // A layer of another form could not be built upon.
      const isReadable = compressionOf(descriptor.mediaType) !== undefined;
      return diffId === undefined || !isReadable
        ? []
        : [[descriptor.digest, cachedLayer(found, descriptor, diffId)]];
    }),
  );
}

function cachedLayer({ repository }: ForeignManifest, descriptor: Descriptor, diffId: DiffId): CachedLayer {
  const { mediaType, digest, size, annotations = {} } = descriptor;
  const kept = Object.entries(annotations).filter(([name]) => !OF_THE_CACHE.test(name));
  return {
    descriptor: {
      mediaType,
      digest,
      size,
      ...(kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }),
    },
    diffId,
    sources: [repository],
  };
}

function diffIdOf({ annotations }: Descriptor): DiffId | undefined {
  try {
    return parseDiffId(annotations?.[DIFF_ID] ?? '');
  } catch {
    return undefined;
  }
}

/** @throws BuildError `CACHE_DATA_BAD` for one that is too large or not what its digest says; those of Registry */
async function readDocument(
  { registry, repository, signal }: ForeignManifest,
  descriptor: Descriptor,
): Promise<Buffer> {
  const { digest, size } = descriptor;
  if (size > LARGEST_CONFIG) throw badData(`${digest} has ${size} bytes, more than ${LARGEST_CONFIG}`);
  const chunks: Uint8Array[] = [];
  let read = 0;
  for await (const chunk of await registry.blob(repository, descriptor, { signal })) {
    read += chunk.length;
    if (read > size) break;
    chunks.push(Uint8Array.from(chunk));
  }
  const bytes = Buffer.concat(chunks);
  if (read === size && hasDigest(bytes, digest)) return bytes;
  throw badData(`the registry gave other bytes than ${digest}`);
}
