import type { ActionsCacheEnvironment } from '../../../cache/backends/actions/environment.ts';
import { entriesNamedBy, readableScopes } from '../../../cache/backends/actions/named-entries.ts';
import { formatSize } from '../../options/sizes.ts';
import type { GitHubApi } from '../github/api.ts';
import type { Repository } from '../github/event.ts';
import { whyRefused } from '../github/refusal.ts';
import { chooseEntries, livingIndexes, sizeOf } from './choose-entries.ts';
import { OwnEntries, type OwnEntry } from './own-entries.ts';

export interface CleanUp {
  readonly api: GitHubApi;
  readonly repository: Repository;
  readonly environment: ActionsCacheEnvironment;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** One line each. */
  readonly onNotice: (message: string) => void;
}

/** Our entries in the Actions cache after a clean-up. */
export interface HeldEntries {
  /** Of each scope, biggest first. */
  readonly scopes: readonly HeldScope[];
  readonly deleted: { readonly count: number; readonly size: number };
}

export interface HeldScope {
  /** A git ref. */
  readonly ref: string;
  readonly count: number;
  /** Bytes. */
  readonly size: number;
}

/** Of a run: a repository's jobs have 1,000 requests an hour together. */
const MOST_DELETED = 200;
const MOST_INDEXES = 50;
const PERMISSION = 'actions: write';

/**
 * Deletes entries of ours until they have no more bytes than `quota` together. undefined: nobody could tell what is there, which has been
 * told. Never throws.
 */
export function keepQuota(quota: number, job: CleanUp): Promise<HeldEntries | undefined> {
  return told(job, async (own) => {
    const entries = await own.list();
    // A runner whose clock is wrong would take all entries for old, or for new.
    const now = own.now ?? job.now;
    if (sizeOf(entries) <= quota)
      return await deleteThose(chosenWithoutReading(entries, quota, now), entries, own, job);
    const refs = readableScopes(job.environment);
    const isReadable = ({ ref }: OwnEntry): boolean => refs?.includes(ref) ?? true;
    const indexes = livingIndexes(entries.filter(isReadable), now).slice(0, MOST_INDEXES);
    const named = await entriesNamedBy(
      job.environment,
      indexes.map(({ key }) => key),
      job.signal,
    );
    for (const notice of named.notices) job.onNotice(notice);
    const { gone, over } = chooseEntries(entries, {
      size: quota,
      now,
      indexes: new Set(indexes),
      isNamed: (entry) => named.keys.has(entry.key) && isReadable(entry),
    });
    if (over > 0)
      job.onNotice(
        `The Actions cache stays ${formatSize(over)} over cache-max-size: what was used within the last hour is not deleted`,
      );
    return await deleteThose(gone, entries, own, job);
  });
}

/** Deletes all entries of ours in the scope of a pull request, which nobody else reads. As keepQuota otherwise. */
export function forgetPullRequest(number: number, job: CleanUp): Promise<HeldEntries | undefined> {
  return told(job, async (own) => {
    const entries = await own.list(`refs/pull/${number}/merge`);
    return await deleteThose(entries, entries, own, job);
  });
}

/** Replaced indexes go in any case. */
function chosenWithoutReading(entries: readonly OwnEntry[], size: number, now: number): readonly OwnEntry[] {
  return chooseEntries(entries, { size, now, indexes: new Set(), isNamed: () => false }).gone;
}

async function told(
  job: CleanUp,
  work: (own: OwnEntries) => Promise<HeldEntries>,
): Promise<HeldEntries | undefined> {
  try {
    return await work(new OwnEntries(job.api, job.repository));
  } catch (error) {
    job.onNotice(`The Actions cache is not cleaned up: ${whyRefused(error, PERMISSION)}`);
    return undefined;
  }
}

/** One after the other, as GitHub wants changes to be made. */
async function deleteThose(
  gone: readonly OwnEntry[],
  all: readonly OwnEntry[],
  own: OwnEntries,
  { onNotice }: CleanUp,
): Promise<HeldEntries> {
  const deleted = new Set<OwnEntry>();
  try {
    for (const entry of gone.slice(0, MOST_DELETED)) {
      await own.delete(entry);
      deleted.add(entry);
    }
    if (gone.length > MOST_DELETED)
      onNotice(
        `${gone.length - MOST_DELETED} entries of the Actions cache are left for the next clean-up: a run deletes at most ${MOST_DELETED}`,
      );
  } catch (error) {
    onNotice(
      `The Actions cache is not cleaned up${deleted.size === 0 ? '' : ' to the end'}: ${whyRefused(error, PERMISSION)}`,
    );
  }
  return {
    scopes: scopesOf(all.filter((entry) => !deleted.has(entry))),
    deleted: { count: deleted.size, size: sizeOf([...deleted]) },
  };
}

function scopesOf(entries: readonly OwnEntry[]): readonly HeldScope[] {
  return [...Map.groupBy(entries, ({ ref }) => ref)]
    .map(([ref, some]) => ({ ref, count: some.length, size: sizeOf(some) }))
    .sort((one, other) => other.size - one.size);
}
