import { type BuildCache, type CacheRecord, DOCUMENTS_LIMIT } from '../../cache/build-cache.ts';
import type { Digest } from '../../image/digest.ts';
import { formatPlatform } from '../../image/platform.ts';
import type { Platform } from '../../image/types.ts';
import { imageDocumentsKey } from '../../plan/cache-key.ts';
import type { ResolvedImage } from '../../registry/pull.ts';
import type { Caches } from './dependencies.ts';

type Finder = (source: Digest) => Promise<readonly Uint8Array[]>;

/**
 * Manifests and configs of images in the caches of steps: a fresh machine then asks an image's registry for the digest of a tag, and for
 * nothing when the image is pinned. They are kept under the digest, so a tag that moves finds its new image's documents or none, and what no
 * build asks for any longer goes with the cache's other old records.
 */
export class BaseDocuments {
  readonly #opening: Promise<Caches>;
  readonly #isShared: boolean;
  readonly #seen = new Map<string, Omit<CacheRecord, 'createdAt'>>();

  /** @param isShared false: the caches know no more than the store, and are not asked */
  constructor(opening: Promise<Caches>, isShared: boolean) {
    this.#opening = opening;
    this.#isShared = isShared;
  }

  /** For resolveImage; undefined when there is nobody to ask. */
  finder(platform: Platform, signal: AbortSignal): Finder | undefined {
    return this.#isShared ? (source) => this.#find(source, platform, signal) : undefined;
  }

  /** An image that was found, in whatever way: its documents are worth keeping, if they are not too large for everybody's index. */
  note({ source, documents }: ResolvedImage, platform: Platform): void {
    const texts = textsOf(documents);
    if (texts === undefined) return;
    const key = imageDocumentsKey(source.digest, platform);
    this.#seen.set(key, { key, step: stepOf(source.digest, platform), parts: [], documents: texts });
  }

  /**
   * Also in caches that take only what is in the final image: no build is planned without the bases of all of its stages.
   * @param createdAt ISO 8601
   */
  keepIn({ to, toFinal = [] }: Caches, createdAt: string): void {
    for (const cache of [...to, ...toFinal])
      for (const record of this.#seen.values()) cache.save({ ...record, createdAt });
  }

  /**
   * Waits for the caches, as long as that may take: the plan is of no use before they are open, so a build whose documents are there loses
   * nothing, and one whose documents are not begins later by no more than the time of their download. To download them meanwhile would count
   * against the registry's limit of pulls each time that a cache is slower than it.
   */
  async #find(source: Digest, platform: Platform, signal: AbortSignal): Promise<readonly Uint8Array[]> {
    // That they cannot be opened is told where the build waits for them.
    const caches: readonly BuildCache[] = await this.#opening.then(
      ({ from }) => from,
      () => [],
    );
    const found: Uint8Array[] = [];
    for (const cache of caches) {
      const key = imageDocumentsKey(source, platform);
      const { record } = await cache.lookup(key, stepOf(source, platform), signal);
      // Of all caches: what one of them has may be damaged.
      found.push(...(record?.documents ?? []).map((text) => Buffer.from(text)));
    }
    return found;
  }
}

/** Of no step, so that no step is compared with it. */
function stepOf(source: Digest, platform: Platform): string {
  return `documents ${source} ${formatPlatform(platform)}`;
}

/** undefined for what is too much, and for bytes that are no UTF-8 (RFC 8259, 8.1: then they are no JSON). */
function textsOf(documents: readonly Uint8Array[]): readonly string[] | undefined {
  const size = documents.reduce((sum, { length }) => sum + length, 0);
  if (documents.length > DOCUMENTS_LIMIT.count || size > DOCUMENTS_LIMIT.size) return undefined;
  const texts = documents.map((bytes) => Buffer.from(bytes).toString('utf8'));
  return texts.every((text, i) => Buffer.from(text).equals(documents[i] ?? new Uint8Array()))
    ? texts
    : undefined;
}
