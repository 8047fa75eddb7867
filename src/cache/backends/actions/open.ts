import { BuildError, reasonOf } from '../../../base/errors.ts';
import type { BuildCache } from '../../build-cache.ts';
import { type Absence, Notices, type TellNotice } from '../../notices.ts';
import { DEFAULT_LIMITS, type SaverLimits } from '../indexed/blob-saver.ts';
import type { NewestStore } from '../indexed/blob-store.ts';
import type { IndexState } from '../indexed/index-keeper.ts';
import { IndexedCache } from '../indexed/indexed-cache.ts';
import { NoCache } from '../indexed/no-cache.ts';
import { DirectStore } from './direct-store.ts';
import {
  type ActionsCacheEnvironment,
  accessNotice,
  type CacheAccess,
  cacheAccess,
  whyNoService,
  whyNotDirect,
} from './environment.ts';
import { IndexChain, identityPrefix } from './index-chain.ts';
import { ToolkitStore } from './toolkit-store.ts';

export interface ActionsCacheOptions {
  readonly environment: ActionsCacheEnvironment;
  /** Keeps the records of several builds of a repository apart, e.g. the image's name. Images with one scope share their steps. */
  readonly scope: string;
  /** As in `linux/arm64/v8`; several platforms of one build may be joined. */
  readonly platform: string;
  /** An existing folder for temporary copies (used by the transport `toolkit` alone). */
  readonly stateDir: string;
  readonly mode?: 'read-write' | 'read-only';
  /**
   * `direct`: the service's own protocol; `toolkit`: the package @actions/cache; `auto` (default): the first where the service speaks it, else
   * the second.
   */
  readonly transport?: 'auto' | 'direct' | 'toolkit';
  /** Signs the index; one that is not signed with it is not read. */
  readonly secret?: string;
  /** As steps and reports call it; default `actions`. */
  readonly name?: string;
  /** Whether and how to say that it is empty. */
  readonly absence?: Absence | undefined;
  /** Scopes (git refs) with entries whose keys begin so, readable or not; asked when a miss has no other explanation. May throw. */
  readonly listRefs?: (keyPrefix: string) => Promise<readonly string[]>;
  readonly onNotice?: TellNotice;
  readonly limits?: Partial<SaverLimits>;
}

/** Milliseconds that a build waits for an index. */
const MOST_OPEN_TIME = 30_000;

/** Opens the Actions cache and reads its indexes. Never fails: where there is none, it is an empty cache with a notice. */
export async function openActionsCache(options: ActionsCacheOptions): Promise<BuildCache> {
  const notices = new Notices('the Actions cache', options.onNotice);
  const none = whyNoService(options.environment);
  if (none !== undefined) return closed(options, notices, `The Actions cache is not used: ${none}`);
  const access = cacheAccess(options.environment);
  const notice = accessNotice(access, options.mode !== 'read-only');
  if (notice !== undefined) notices.add(notice);
  if (!access.canRead) return new NoCache(nameOf(options), notices);
  try {
    return await openWithTransport(options, access, notices);
  } catch (error) {
    return closed(options, notices, `The Actions cache is not used: ${reasonOf(error)}`);
  }
}

async function openWithTransport(
  options: ActionsCacheOptions,
  access: CacheAccess,
  notices: Notices,
): Promise<BuildCache> {
  const { environment, stateDir, transport = 'auto' } = options;
  if (transport === 'toolkit')
    return openStore(options, access, notices, await ToolkitStore.open(environment, stateDir));
  let reason = whyNotDirect(environment);
  if (reason === undefined) {
    try {
      return await openStore(options, access, notices, new DirectStore(environment));
    } catch (error) {
      const unknown = error instanceof BuildError && error.code === 'ACTIONS_CACHE_UNKNOWN_PROTOCOL';
      if (!unknown) throw error;
      reason = reasonOf(error);
    }
  }
  // @actions/cache speaks the same version 2, but version 1 may be there all the same.
  const version1 = { ...environment, ACTIONS_CACHE_SERVICE_V2: undefined };
  if (transport === 'direct' || whyNoService(version1) !== undefined) {
    return closed(options, notices, `The Actions cache is not used: ${reason}`);
  }
  notices.remark(`The Actions cache is used through @actions/cache, which is slower: ${reason}`);
  return openStore(options, access, notices, await ToolkitStore.open(version1, stateDir));
}

/** @throws BuildError `ACTIONS_CACHE_UNKNOWN_PROTOCOL` when another transport should be tried */
async function openStore(
  options: ActionsCacheOptions,
  access: CacheAccess,
  notices: Notices,
  store: NewestStore,
): Promise<BuildCache> {
  const { scope, platform, secret, mode } = options;
  const canWrite = access.canWrite && mode !== 'read-only';
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const { patience } = limits;
  const vague = store instanceof ToolkitStore;
  const chain = (ref: string | undefined): IndexChain =>
    new IndexChain({ store, identity: { scope, platform, secret }, ref, notices, patience, vague });
  // A token that does not tell its scopes: the service itself looks in the own one first.
  const refs: readonly (string | undefined)[] = access.readable.length > 0 ? access.readable : [undefined];
  try {
    const found = await Promise.all(refs.map((ref) => load(chain(ref), notices)));
    const isEmpty = found.every((state) => state?.sequence === 0);
    if (isEmpty) notices.absent(options.absence, ` under the scope "${scope}"`);
    const own = refs.indexOf(access.writeScope);
    const lookFirst = access.readable.some((ref) => ref !== access.writeScope);
    return new IndexedCache({
      name: nameOf(options),
      store,
      notices,
      limits,
      found: found.filter((state) => state !== undefined),
      isUnread: found.includes(undefined),
      ...(isEmpty ? { unreadable: () => unreadableRefs(options, access) } : {}),
      ...(canWrite ? { writing: { keeper: chain(access.writeScope), own: found[own], lookFirst } } : {}),
    });
  } catch (error) {
    await store[Symbol.asyncDispose]();
    throw error;
  }
}

/** Refs where there are records like those that were looked for here. */
async function unreadableRefs(
  { scope, platform, listRefs }: ActionsCacheOptions,
  { readable }: CacheAccess,
): Promise<readonly string[]> {
  // A token that does not tell what it reads.
  if (listRefs === undefined || readable.length === 0) return [];
  try {
    const refs = await listRefs(identityPrefix({ scope, platform }));
    return refs.filter((ref) => !readable.includes(ref));
  } catch {
    // It only explains.
    return [];
  }
}

async function load(chain: IndexChain, notices: Notices): Promise<IndexState | undefined> {
  try {
    return await chain.load(AbortSignal.timeout(MOST_OPEN_TIME));
  } catch (error) {
    if (error instanceof BuildError && error.code === 'ACTIONS_CACHE_UNKNOWN_PROTOCOL') throw error;
    notices.add(`The Actions cache could not be read: ${reasonOf(error)}`);
    return undefined;
  }
}

function closed(options: ActionsCacheOptions, notices: Notices, reason: string): BuildCache {
  notices.add(reason);
  return new NoCache(nameOf(options), notices);
}

function nameOf({ name = 'actions' }: ActionsCacheOptions): string {
  return name;
}
