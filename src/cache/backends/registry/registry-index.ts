import { setTimeout as sleep } from 'node:timers/promises';
import { BuildError, reasonWithHint } from '../../../base/errors.ts';
import { type Digest, digestOf, parseDigest } from '../../../image/digest.ts';
import { MediaType } from '../../../image/media-types.ts';
import { oneChunk } from '../../../image/one-chunk.ts';
import type { Descriptor, RawBlob, Repository } from '../../../image/types.ts';
import type { Registry } from '../../../registry/registry.ts';
import { fieldsOf, parseJson } from '../../cache-data.ts';
import type { Notices } from '../../notices.ts';
import { sameResult } from '../../record.ts';
import { isBuildkitCache } from '../buildkit/manifest-kind.ts';
import { CacheIndex } from '../indexed/cache-index.ts';
import {
  decodeIndexFile,
  encodeIndexFile,
  type IndexIdentity,
  indexTooBig,
  LONGEST_INDEX,
} from '../indexed/index-file.ts';
import type { IndexKeeper, IndexState } from '../indexed/index-keeper.ts';

export interface RegistryIndexOptions {
  readonly registry: Registry;
  readonly repository: Repository;
  readonly tag: string;
  readonly identity: IndexIdentity;
  readonly notices: Notices;
  /** What the tag holds, where that is known already: the first load need not ask. */
  readonly manifest?: Promise<RawBlob> | undefined;
}

const INDEX_TYPE = 'application/vnd.ts-image-build.cache.v1';
const MOUNT_TYPE = 'application/vnd.ts-image-build.cache-mount.v1.tar+zstd';
const LAYER_INDEX_TYPE = 'application/vnd.ts-image-build.layer-index.v1+gzip';
/** OCI image-spec 1.1, manifest.md, "Guidelines for Artifact Usage": what stands where there is nothing. */
const EMPTY = { mediaType: 'application/vnd.oci.empty.v1+json', digest: digestOf('{}'), size: 2 };
/** Milliseconds after which saving is given up when others are always faster. */
const MOST_TIME = 90_000;
/** Times in a row that HEAD tells another digest of a tag than its GET, after which it is not believed. */
const MOST_MISLED = 5;
/**
 * Least and random part of the wait before a written tag is looked at again. Milliseconds. A quarter of it is enough for a registry beside one build, but not when
 * several end together on a busy machine.
 */
const SETTLE = 40;
/** Most of `SETTLE` that a build waits before it tries again. */
const MOST_STEPS = 32;
/** What was looked at this many milliseconds ago was looked at now: as long as a build takes to end. */
const JUST_NOW = 20;
/** A build that looked at the tag just before this one wrote it has written its own by then, if it is no slower by more than this. */
const PATIENCE = 2;

/** A tag's manifest, absent where there is none, and the index in it. */
interface Seen {
  readonly digest: Digest | undefined;
  readonly state: IndexState;
}

/**
 * The index as a tag of a repository: a plain OCI image manifest whose config is the index file and whose layers are all blobs that it names, so
 * that the registry keeps them. A tag can be written over, so it is looked at right before it is written and once more after: where another
 * build was faster or slower by a moment, both are merged and written again.
 */
export class RegistryIndex implements IndexKeeper {
  readonly #options: RegistryIndexOptions;
  #manifest: Promise<RawBlob> | undefined;
  #seen: Seen | undefined;
  /** What the tag held that was not written over, since HEAD told of something else. */
  #refused: Digest | undefined;
  #misled = 0;
  /** The manifest that was written last. */
  #written: Digest | undefined;
  /** When that was seen there. Milliseconds, as of performance.now(). */
  #confirmed = Number.NEGATIVE_INFINITY;

  constructor(options: RegistryIndexOptions) {
    this.#options = options;
    this.#manifest = options.manifest;
  }

  async load(signal?: AbortSignal): Promise<IndexState> {
    const { registry, repository, tag } = this.#options;
    const known = this.#manifest;
    this.#manifest = undefined;
    const asked = known ?? registry.manifest(repository, tag, { signal });
    const manifest = await asked.catch((error: unknown) => {
      if (error instanceof BuildError && error.code === 'NOT_FOUND') return undefined;
      throw error;
    });
    const state =
      manifest === undefined
        ? { sequence: 0, index: new CacheIndex(), size: 0 }
        : await this.#read(manifest, signal);
    this.#seen = { digest: manifest?.descriptor.digest, state };
    return state;
  }

  async save(
    _known: IndexState | undefined,
    change: (newest: CacheIndex) => CacheIndex,
    signal?: AbortSignal,
  ): Promise<IndexState> {
    const deadline = Date.now() + MOST_TIME;
    let uploaded = 0;
    /** All that was written here before: who wrote over it may have known none of it, and those who wrote it may have ended. */
    let written = new CacheIndex();
    for (let tries = 1; ; tries += 1) {
      const before = this.#seen ?? (await this.#loadToExtend(signal));
      const index = change(written.mergedWith(before.state.index)).trimmed();
      // Another build took it over together with its own.
      if (tries > 1 && namesAll(before.state.index, index)) return { sequence: 1, index, size: uploaded };
      const isLast = this.#isMisled(before) || Date.now() >= deadline;
      const { size, isThere } = await this.#write(index, isLast ? 'anyway' : before, signal);
      uploaded += size;
      if (isThere) return { sequence: 1, index, size: uploaded };
      if (size > 0) written = index;
      this.#refused = size > 0 ? undefined : before.digest;
      // Not in step with the other builds.
      await sleep(SETTLE * Math.random() * Math.min(2 ** tries, MOST_STEPS), undefined, { signal });
      this.#seen = undefined;
    }
  }

  async confirm(saved: IndexState, signal?: AbortSignal): Promise<IndexState> {
    if (performance.now() - this.#confirmed < JUST_NOW) return saved;
    if ((await this.#digestNow(signal)) === this.#written) return saved;
    this.#seen = undefined;
    const { state } = await this.#loadToExtend(signal);
    if (namesAll(state.index, saved.index)) return saved;
    return await this.save(state, (newest) => saved.index.mergedWith(newest), signal);
  }

  /** Was something else told of again and again, which is not there? Then nobody has written meanwhile. */
  #isMisled({ digest }: Seen): boolean {
    this.#misled = digest !== undefined && digest === this.#refused ? this.#misled + 1 : 0;
    return this.#misled >= MOST_MISLED;
  }

  /** Nothing was written (size 0) when the tag no longer holds `before`; not there when it holds something else by now. */
  async #write(
    index: CacheIndex,
    before: Seen | 'anyway',
    signal: AbortSignal | undefined,
  ): Promise<{ readonly size: number; readonly isThere: boolean }> {
    const { identity } = this.#options;
    const file = await encodeIndexFile(index, identity);
    const manifest = manifestFor(index, file);
    // The file's bytes are another build's only when both say the same at the same time.
    const pushed = [
      this.#push({ mediaType: INDEX_TYPE, digest: digestOf(file), size: file.length }, file, {
        isNew: true,
        signal,
      }),
    ];
    if (layersOf(index).length === 0) pushed.push(this.#push(EMPTY, Buffer.from('{}'), { signal }));
    await Promise.all(pushed);
    const looked = performance.now();
    // What was seen when the build began may be long out of date.
    if (before !== 'anyway' && (await this.#digestNow(signal)) !== before.digest)
      return { size: 0, isThere: false };
    await this.#putManifest(manifest, signal);
    this.#written = manifest.descriptor.digest;
    if (before === 'anyway') return { size: file.length, isThere: true };
    await sleep(
      Math.max(SETTLE, PATIENCE * (performance.now() - looked)) + SETTLE * Math.random(),
      undefined,
      { signal },
    );
    const isThere = (await this.#digestNow(signal)) === manifest.descriptor.digest;
    if (isThere) this.#confirmed = performance.now();
    return { size: file.length, isThere };
  }

  async #putManifest(manifest: RawBlob, signal: AbortSignal | undefined): Promise<void> {
    const { registry, repository, tag } = this.#options;
    try {
      await registry.putManifest(repository, tag, manifest, { signal });
    } catch (error) {
      throw error instanceof BuildError && error.code === 'NOT_TAKEN' ? noCaches(error) : error;
    }
  }

  async #digestNow(signal: AbortSignal | undefined): Promise<Digest | undefined> {
    const { registry, repository, tag } = this.#options;
    // Many registries say "denied" for a repository that does not exist yet; if it is not that, writing to it will fail too.
    const found = await registry.resolve(repository, tag, { signal }).catch((error: unknown) => {
      if (isRefusal(error)) return undefined;
      throw error;
    });
    return found?.digest;
  }

  /** A refusal may mean that the repository does not exist yet. */
  async #loadToExtend(signal: AbortSignal | undefined): Promise<Seen> {
    try {
      const state = await this.load(signal);
      return this.#seen ?? { digest: undefined, state };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return { digest: undefined, state: { sequence: 0, index: new CacheIndex(), size: 0 } };
    }
  }

  async #push(
    descriptor: Descriptor,
    bytes: Uint8Array,
    options: { readonly isNew?: boolean; readonly signal: AbortSignal | undefined },
  ): Promise<void> {
    const { registry, repository } = this.#options;
    await registry.pushBlob(repository, descriptor, async () => oneChunk(bytes), options);
  }

  async #read(manifest: RawBlob, signal: AbortSignal | undefined): Promise<IndexState> {
    const { registry, repository, identity, notices } = this.#options;
    if (isBuildkitCache(manifest)) {
      // A cache, and somebody says that this is its tag now: the same words wrote it before.
      notices.remark(`The cache that BuildKit wrote in ${notices.place} gives way to this one`);
      return { sequence: 0, index: new CacheIndex(), size: manifest.bytes.length };
    }
    // Thrown, not passed over: what is no cache must never be written over.
    const config = configOf(manifest);
    if (config.size > LONGEST_INDEX) return this.#leftOut(indexTooBig(), manifest.bytes.length);
    const chunks: Uint8Array[] = [];
    for await (const chunk of await registry.blob(repository, config, { signal })) {
      chunks.push(Uint8Array.from(chunk));
    }
    const file = Buffer.concat(chunks);
    const size = manifest.bytes.length + file.length;
    try {
      return { sequence: 1, index: await decodeIndexFile(file, identity), size };
    } catch (error) {
      return this.#leftOut(error, size);
    }
  }

  #leftOut(error: unknown, size: number): IndexState {
    const { notices } = this.#options;
    notices.add(`The index in ${notices.place} is left out: ${reasonWithHint(error)}`);
    return { sequence: 1, index: new CacheIndex(), size };
  }
}

/** Did the registry not let us, as far as it tells? */
export function isRefusal(error: unknown): boolean {
  return error instanceof BuildError && (error.code === 'DENIED' || error.code === 'UNAUTHORIZED');
}

/** Its blobs were taken before: it is what the manifest is about. */
function noCaches(cause: BuildError): BuildError {
  const { kind, code, message } = cause;
  const hint =
    'This registry takes no caches (an OCI manifest with a config of its own kind). Name another registry in cache-to, or use type=gha or type=local.';
  return new BuildError({ kind, code, message, hint, cause });
}

export function isCacheManifest(manifest: RawBlob): boolean {
  try {
    configOf(manifest);
    return true;
  } catch {
    return false;
  }
}

/** @throws BuildError `CACHE_TAG_TAKEN` for anything that is not a cache of ours */
function configOf(manifest: RawBlob): Descriptor {
  try {
    const json = parseJson(Buffer.from(manifest.bytes).toString('utf8'), 'the manifest');
    const config = fieldsOf(json, 'manifest').object('config');
    const mediaType = config.text('mediaType', 255);
    const size = config.count('size');
    if (mediaType === INDEX_TYPE) return { mediaType, digest: parseDigest(config.text('digest', 256)), size };
  } catch (cause) {
    throw tagTaken(cause);
  }
  throw tagTaken(undefined);
}

function tagTaken(cause: unknown): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'CACHE_TAG_TAKEN',
    message: 'the tag holds something that is not a cache of this program; it is left as it is',
    hint: 'Give the cache a tag of its own.',
    cause,
  });
}

/** OCI image-spec 1.1, manifest.md. */
function manifestFor(index: CacheIndex, file: Uint8Array): RawBlob {
  const layers = layersOf(index);
  const manifest = {
    schemaVersion: 2,
    mediaType: MediaType.ociManifest,
    config: { mediaType: INDEX_TYPE, digest: digestOf(file), size: file.length },
    layers: layers.length === 0 ? [EMPTY] : layers,
  };
  const bytes = Buffer.from(JSON.stringify(manifest));
  return {
    descriptor: { mediaType: MediaType.ociManifest, digest: digestOf(bytes), size: bytes.length },
    bytes,
  };
}

/** Does `index` have every record and mount of `other`, with the same results? */
function namesAll(index: CacheIndex, other: CacheIndex): boolean {
  const records = [...other.records].every(([key, { record }]) => {
    const found = index.records.get(key);
    return found !== undefined && sameResult(found.record, record);
  });
  const mounts = [...other.mounts].every(
    ([key, { mount }]) => index.mounts.get(key)?.mount.archive.digest === mount.archive.digest,
  );
  return records && mounts;
}

function layersOf(index: CacheIndex): readonly Descriptor[] {
  const types = new Map<Digest, string>();
  for (const { record } of index.records.values()) {
    if (record.layer !== undefined)
      types.set(record.layer.descriptor.digest, record.layer.descriptor.mediaType);
  }
  for (const { mount } of index.mounts.values()) types.set(mount.archive.digest, MOUNT_TYPE);
  return [...index.blobs.values()]
    .filter(({ place }) => place.type === 'entry')
    .map(({ digest, size }) => ({ mediaType: types.get(digest) ?? LAYER_INDEX_TYPE, digest, size }))
    .sort((a, b) => (a.digest < b.digest ? -1 : 1));
}
