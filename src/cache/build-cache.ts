import type { CacheKey, KeyPart } from '../image/cache-key.ts';
import type { DiffId, Digest } from '../image/digest.ts';
import type { LayerIndex } from '../image/layer/entry.ts';
import type { MountArchive } from '../image/mount-archive.ts';
import type { SolverVertex } from '../image/solver-vertex.ts';
import type { Descriptor, Repository } from '../image/types.ts';

export interface CachedLayer {
  readonly descriptor: Descriptor;
  readonly diffId: DiffId;
  /** Repositories that were seen to hold the blob. */
  readonly sources: readonly Repository[];
}

/** Most documents that a record has, and most bytes of all of them: every build reads them with the cache's index. */
export const DOCUMENTS_LIMIT = { count: 32, size: 256 * 1024 } as const;

/** Result of one step, or what is worth as much and goes the same way: what a base image's layer holds, its documents. */
export interface CacheRecord {
  readonly key: CacheKey;
  /** Over what the step read instead of how that was made: found by it too, a step whose inputs were made again and came out the same. */
  readonly contentKey?: CacheKey;
  /** Which step of which Dockerfile this is, apart from its content: lets a miss be compared with the last record of the same step. */
  readonly step: string;
  readonly parts: readonly KeyPart[];
  /** undefined: the step made no layer. */
  readonly layer?: CachedLayer;
  /**
   * ChainID of the layers it was made on, empty for none; absent when the result does not depend on them. A record whose parent was since
   * rebuilt with another result must not be used: its layer is a difference to something else.
   */
  readonly parent?: string;
  /** When the layer was made, as images tell it: the build's epoch, not the clock. ISO 8601. */
  readonly createdAt: string;
  /** What the layer holds; may be missing in a record from elsewhere (see `BuildCache.layerIndex`). */
  readonly index?: LayerIndex;
  /**
   * Instead of a layer: the manifests and the config of an image, each as stored. They prove nothing by being here: whoever reads one knows its
   * digest from elsewhere and compares.
   */
  readonly documents?: readonly string[];
}

export interface CacheLookup {
  readonly record?: CacheRecord;
  /** On a miss: the newest record of the same step, to compare its parts. */
  readonly nearest?: CacheRecord;
  /** On a miss, where there is nothing to compare with: why, in a few words. */
  readonly reason?: string;
}

/** The content of a cache mount (RUN --mount=type=cache). */
export interface CachedMount {
  /** Digest over all that tells it from others: its id, platform and what it began with. */
  readonly key: CacheKey;
  /** For people. */
  readonly id: string;
  readonly platform: string;
  readonly archive: MountArchive;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** The cache mounts of a cache. No method throws: what cannot be done is answered as if there were nothing. */
export interface MountCache {
  /** Cheap: no download. */
  find(key: CacheKey): Promise<CachedMount | undefined>;
  /** The archive's bytes, not yet checked; undefined when they are gone. Reading may throw. */
  open(mount: CachedMount, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array> | undefined>;
  /**
   * Takes the place of what is there under this key. `open` may be called later, but not after `BuildCache.finish`, by whose end the answer is
   * there: false when it could not be saved, which has been told.
   */
  save(mount: CachedMount, open: () => Promise<AsyncIterable<Uint8Array>>): Promise<boolean>;
}

/** What a store did, for the summary. Bytes and counts since it was opened. */
export interface CacheReport {
  readonly name: string;
  /** Records that are in it now, as far as that is known without asking. Documents of images count here as little as among those saved. */
  readonly held?: { readonly records: number /** Of their layers. */; readonly bytes?: number };
  readonly recordsSaved: number;
  readonly bytesUploaded: number;
  readonly bytesDownloaded: number;
  /** One line each: why something was skipped. They were told when they came up. */
  readonly notices: readonly string[];
  /** Those of them that tell of something that could not be read or saved; absent: none. */
  readonly failures?: readonly string[];
}

/**
 * SEAM. A place that keeps results of steps. A failure is never the build's: methods that cannot do their work add a notice (see
 * `CacheReport`) and answer as if there were nothing. All may be called concurrently.
 * Implementations: local folder, Actions cache, registry, image (read only).
 */
export interface BuildCache {
  /** As in `cache-from`, e.g. `actions`, `local (dir)`. */
  readonly name: string;
  readonly writable: boolean;
  /** Another builder wrote it: it knows steps by `foreign` names alone. */
  readonly foreign?: true;
  /**
   * The record with this key or with this content key. A cache that BuildKit wrote knows steps by BuildKit's names instead: it asks for them with
   * `foreign`, which is work that no other cache should cause; undefined for vertices that are no steps.
   */
  lookup(
    key: CacheKey,
    step: string,
    signal?: AbortSignal,
    foreign?: () => Promise<SolverVertex | undefined>,
  ): Promise<CacheLookup>;
  /**
   * Git refs that hold records like those that were not found here, in a scope that cannot be read from here. Asked when a miss has no other
   * explanation; may ask a service, once. Never throws.
   */
  unreadable?(): Promise<readonly string[]>;
  /** Does this store hold the bytes of this blob? Cheap: no download. */
  hasBlob(digest: Digest): Promise<boolean>;
  /**
   * After `hasBlob` said no, or `openBlob` or a mount's `open` gave nothing: is that because it could not be asked or read, and not because the
   * blob is gone? Absent: it always can. Asks nobody.
   */
  isUnsure?(digest: Digest): boolean;
  /** The blob's bytes, not yet checked (ContentStore.put does that); undefined when it is not here or cannot be had. */
  openBlob(descriptor: Descriptor, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array> | undefined>;
  /**
   * What a layer of one of its records holds, where the store keeps that apart because it is too big to go with every lookup. undefined
   * when it is not here or cannot be had: then the layer itself tells. Ask only when it is needed: it may be a download.
   */
  layerIndex?(diffId: DiffId, signal?: AbortSignal): Promise<LayerIndex | undefined>;
  /**
   * Takes a record for saving and returns at once; uploads go on beside the build. `open` gives the layer's bytes, which may be asked for
   * later; `undefined` when a registry serves the blob and nothing has to be stored.
   */
  save(record: CacheRecord, open?: () => Promise<AsyncIterable<Uint8Array>>): void;
  /** Absent where this cache keeps none. */
  readonly mounts?: MountCache;
  /** All steps are done: what was saved so far is written now, beside the export. What comes later waits for `finish`. Never throws. */
  flush?(): Promise<void>;
  /** Waits for uploads and writes the index; called once, at the end, also after a failed build. Never throws. */
  finish(signal?: AbortSignal): Promise<CacheReport>;
}
