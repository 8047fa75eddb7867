import { BuildError, reasonWithHint } from '../../base/errors.ts';
import type { RawBlob, Repository } from '../../image/types.ts';
import type { Registry } from '../../registry/registry.ts';
import type { BuildCache } from '../build-cache.ts';
import { type Absence, Notices, type TellNotice } from '../notices.ts';
import { DEFAULT_LIMITS } from './indexed/blob-saver.ts';
import type { IndexState } from './indexed/index-keeper.ts';
import { IndexedCache } from './indexed/indexed-cache.ts';
import { NoCache } from './indexed/no-cache.ts';
import { isCacheManifest, isRefusal, RegistryIndex } from './registry/registry-index.ts';
import { RegistryStore } from './registry/registry-store.ts';

export interface RegistryCacheOptions {
  readonly registry: Registry;
  readonly repository: Repository;
  /** Holds the cache; written over with each build that has something new. One that is only read may be a digest. */
  readonly tag: string;
  readonly mode?: 'read-write' | 'read-only';
  /** Signs the index; one that is not signed with it is not read. */
  readonly secret?: string;
  /** Whether and how to say that it is empty. */
  readonly absence?: Absence | undefined;
  /** Find out at once whether it can be written, not only when there is something to save. */
  readonly checkWriting?: boolean;
  /** What the tag holds, where that was asked already, as Registry.manifest answers. */
  readonly manifest?: Promise<RawBlob>;
  readonly onNotice?: TellNotice;
}

export interface RegistryImportOptions extends RegistryCacheOptions {
  /** Asked in this order what to make of a tag that holds something else than a cache of ours. */
  readonly readers: readonly ForeignReader[];
}

/** Something in a registry that is no cache of ours. */
export interface ForeignManifest {
  readonly registry: Registry;
  readonly repository: Repository;
  readonly manifest: RawBlob;
  /** As steps and reports call it. */
  readonly name: string;
  readonly notices: Notices;
  /** Of opening it. */
  readonly signal: AbortSignal;
}

/**
 * Reads what is no cache of ours as one; undefined when it is of another kind than this reader knows.
 * @throws whatever the registry throws
 */
export type ForeignReader = (found: ForeignManifest) => Promise<BuildCache | undefined>;

/** Milliseconds that a build waits for an index. */
const MOST_OPEN_TIME = 30_000;

/** Opens a tag of a repository as a cache and reads its index. Never fails: what cannot be read is an empty cache with a notice. */
export async function openRegistryCache(options: RegistryCacheOptions): Promise<BuildCache> {
  const notices = noticesFor(options);
  const [cache] = await Promise.all([
    openOwn(options, notices, options.manifest),
    tryWriting(options, notices),
  ]);
  return cache;
}

/**
 * Opens what a name in a registry holds to read from it: a cache of ours, or something else that one of the readers knows. Never fails, as
 * above.
 */
export async function openRegistryImport(options: RegistryImportOptions): Promise<BuildCache> {
  const { registry, repository, secret, readers } = options;
  const notices = noticesFor(options);
  const name = nameOf(options);
  try {
    const asked = options.manifest ?? askForManifest(options);
    const manifest = await asked;
    if (isCacheManifest(manifest)) return await openOwn({ ...options, mode: 'read-only' }, notices, asked);
    if (secret !== undefined) {
      notices.add(`Nothing is read from ${notices.place}: it is not signed with the cache's secret`);
      return new NoCache(name, notices);
    }
    const signal = AbortSignal.timeout(MOST_OPEN_TIME);
    for (const reader of readers) {
      const cache = await reader({ registry, repository, manifest, name, notices, signal });
      if (cache !== undefined) return cache;
    }
    notices.add(
      `There is no cache in ${notices.place}: it holds something else. An image serves as one when it is built with cache-to type=inline`,
    );
  } catch (error) {
    notices.add(whyNot(error, notices));
  }
  return new NoCache(name, notices);
}

/** What this name holds, for both of the above. */
export function askForManifest({ registry, repository, tag }: RegistryCacheOptions): Promise<RawBlob> {
  const manifest = registry.manifest(repository, tag, { signal: AbortSignal.timeout(MOST_OPEN_TIME) });
  // Whoever waits for it tells.
  manifest.catch(() => undefined);
  return manifest;
}

async function openOwn(
  options: RegistryCacheOptions,
  notices: Notices,
  manifest: Promise<RawBlob> | undefined,
): Promise<BuildCache> {
  const { registry, repository, tag, secret, mode } = options;
  // Whoever can write the tag can write all of its records: there is nothing else to tell images apart by.
  const identity = { scope: 'registry', platform: 'any', secret };
  const keeper = new RegistryIndex({ registry, repository, tag, identity, notices, manifest });
  const { own, isUnread } = await load(keeper, notices, options);
  return new IndexedCache({
    name: nameOf(options),
    store: new RegistryStore(registry, repository),
    notices,
    // Registries name blobs by their own digests, so nothing can be packed, and they do not count uploads.
    limits: {
      ...DEFAULT_LIMITS,
      pack: DEFAULT_LIMITS.inline + 1,
      uploads: Number.POSITIVE_INFINITY,
      inlineTotal: Number.POSITIVE_INFINITY,
    },
    found: own === undefined ? [] : [own],
    isUnread,
    repository,
    ...(mode === 'read-only' ? {} : { writing: { keeper, own, lookFirst: false } }),
  });
}

async function load(
  keeper: RegistryIndex,
  notices: Notices,
  { absence, mode }: RegistryCacheOptions,
): Promise<{ readonly own: IndexState | undefined; readonly isUnread: boolean }> {
  try {
    const found = await keeper.load(AbortSignal.timeout(MOST_OPEN_TIME));
    if (found.sequence === 0) notices.absent(absence);
    return { own: found, isUnread: false };
  } catch (error) {
    const line = whyNot(error, notices);
    // The first build that writes it meets this too; if it is not that, writing will fail as well, and say so.
    if (mode !== 'read-only' && isRefusal(error)) notices.remark(line);
    else notices.add(line);
    return { own: undefined, isUnread: !isRefusal(error) && !isNotFound(error) };
  }
}

async function tryWriting(
  { registry, repository, mode, checkWriting }: RegistryCacheOptions,
  notices: Notices,
): Promise<void> {
  if (checkWriting !== true || mode === 'read-only') return;
  try {
    await registry.checkPush?.(repository, { signal: AbortSignal.timeout(MOST_OPEN_TIME) });
  } catch (error) {
    notices.add(`Nothing can be saved in ${notices.place}: ${reasonWithHint(error)}`);
  }
}

function whyNot(error: unknown, { place }: Notices): string {
  if (isNotFound(error)) return `There is nothing in ${place}`;
  // Many registries do not tell a repository that is not there yet from one that may not be read.
  return isRefusal(error)
    ? `There is nothing in ${place}, or it may not be read: ${reasonWithHint(error)}`
    : `Nothing could be read from ${place}: ${reasonWithHint(error)}`;
}

function isNotFound(error: unknown): boolean {
  return error instanceof BuildError && error.code === 'NOT_FOUND';
}

function noticesFor(options: RegistryCacheOptions): Notices {
  return new Notices(`the cache ${placeOf(options)}`, options.onNotice);
}

function nameOf(options: RegistryCacheOptions): string {
  return `registry ${placeOf(options)}`;
}

function placeOf({ repository, tag }: RegistryCacheOptions): string {
  return `${repository.host}/${repository.path}${tag.includes(':') ? '@' : ':'}${tag}`;
}
