import { BuildError, reasonOf } from '../../base/errors.ts';
import type { CacheKey } from '../../image/cache-key.ts';
import { chainIdOf, type Digest } from '../../image/digest.ts';
import { oneChunk } from '../../image/one-chunk.ts';
import { parseManifest } from '../../image/parse-manifest.ts';
import { memoryStore } from '../../image/store/memory.ts';
import type { Descriptor, Image, Platform } from '../../image/types.ts';
import { type ResolvedImage, resolveImage } from '../../registry/pull.ts';
import type { BuildCache, CacheLookup, CacheRecord, CacheReport } from '../build-cache.ts';
import { badData } from '../cache-data.ts';
import { decodeInlineKeys, INLINE_ANNOTATION, type InlineKey } from '../inline-keys.ts';
import type { Notices } from '../notices.ts';
import { RepositoryBlobs } from './registry/repository-blobs.ts';
import type { ForeignManifest, ForeignReader } from './registry.ts';

/** Not a package's guess: manifests that cannot be an image of these platforms. */
const NO_IMAGE: ReadonlySet<string> = new Set([
  'PLATFORM_NOT_FOUND',
  'BAD_MANIFEST',
  'OLD_MANIFEST',
  'UNKNOWN_MANIFEST_TYPE',
]);

/** Reads images that were built with `cache-to type=inline`: their layers are results of the steps that they name. */
export function imageReader(platforms: readonly Platform[]): ForeignReader {
  return async (found) => {
    const images = (await Promise.all(platforms.map((platform) => imageOf(found, platform)))).filter(
      (image) => image !== undefined,
    );
    const records = images.flatMap((image) => recordsOf(image, found.notices));
    if (records.length === 0) return undefined;
    const bytes = images.reduce(
      (sum, { manifest, config }) => sum + manifest.bytes.length + config.bytes.length,
      0,
    );
    return new ImageCache(found, records, bytes);
  };
}

async function imageOf(
  { registry, repository, manifest, signal }: ForeignManifest,
  platform: Platform,
): Promise<ResolvedImage | undefined> {
  const store = memoryStore();
  await store.put(oneChunk(manifest.bytes));
  const reference = { host: repository.host, path: repository.path, digest: manifest.descriptor.digest };
  try {
    return await resolveImage(registry, reference, platform, { store, signal });
  } catch (error) {
    if (error instanceof BuildError && NO_IMAGE.has(error.code)) return undefined;
    throw error;
  }
}

function recordsOf({ image, manifest }: ResolvedImage, notices: Notices): readonly CacheRecord[] {
  const text = parseManifest(manifest.bytes).annotations?.[INLINE_ANNOTATION];
  if (text === undefined) return [];
  try {
    return records(image, decodeInlineKeys(text));
  } catch (error) {
    notices.add(`What ${notices.place} says of its layers is left out: ${reasonOf(error)}`);
    return [];
  }
}

/** The keys are those of the last layers. */
function records({ layers, config }: Image, keys: readonly InlineKey[]): readonly CacheRecord[] {
  const times = config.history.filter(({ empty_layer }) => empty_layer !== true);
  const first = layers.length - keys.length;
  if (first < 0) {
    throw badData(`it names ${keys.length} steps and has ${layers.length} layers`);
  }
  return keys.flatMap(({ key, anywhere }, i): CacheRecord[] => {
    const layer = layers[first + i];
    const createdAt = times[first + i]?.created;
    // Without its time the image that it becomes a part of would be another one.
    if (layer === undefined || createdAt === undefined) return [];
    const below = config.rootfs.diff_ids.slice(0, first + i);
    return [
      {
        key,
        step: '',
        parts: [],
        layer,
        ...(anywhere ? {} : { parent: chainIdOf(below) ?? '' }),
        createdAt,
      },
    ];
  });
}

/** Reads an image; nothing is ever written to it but by pushing it. */
class ImageCache implements BuildCache {
  readonly name: string;
  readonly writable = false;
  readonly #notices: Notices;
  readonly #records: ReadonlyMap<CacheKey, CacheRecord>;
  readonly #blobs: RepositoryBlobs;

  constructor(found: ForeignManifest, all: readonly CacheRecord[], bytesRead: number) {
    this.name = found.name;
    this.#notices = found.notices;
    this.#records = new Map(all.map((record) => [record.key, record]));
    const layers = all.flatMap(({ layer }) => (layer === undefined ? [] : [layer.descriptor]));
    this.#blobs = new RepositoryBlobs(found, layers, bytesRead);
  }

  async lookup(key: CacheKey): Promise<CacheLookup> {
    const record = this.#records.get(key);
    return record === undefined ? {} : { record };
  }

  hasBlob(digest: Digest): Promise<boolean> {
    return this.#blobs.has(digest);
  }

  isUnsure(digest: Digest): boolean {
    return this.#blobs.isUnsure(digest);
  }

  openBlob(descriptor: Descriptor, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array> | undefined> {
    return this.#blobs.open(descriptor, signal);
  }

  save(): void {
    // What an image holds is decided by its build.
  }

  async finish(): Promise<CacheReport> {
    const { lines, failures } = this.#notices;
    return {
      name: this.name,
      held: { records: this.#records.size, bytes: this.#blobs.size },
      recordsSaved: 0,
      bytesUploaded: 0,
      bytesDownloaded: this.#blobs.bytesDownloaded,
      notices: lines,
      failures,
    };
  }
}
