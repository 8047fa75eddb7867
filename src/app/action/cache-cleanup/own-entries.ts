import { KEY_PREFIX } from '../../../cache/backends/indexed/keys.ts';
import type { GitHubApi } from '../github/api.ts';
import type { Repository } from '../github/event.ts';
import { statusOf } from '../github/refusal.ts';

/** An entry of ours in the Actions cache of a repository. */
export interface OwnEntry {
  readonly id: number;
  /** The scope that it is in. */
  readonly ref: string;
  readonly key: string;
  /** Entries of different versions with one key are different entries. */
  readonly version: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly lastUsed: number;
  readonly createdAt: number;
}

const PAGE = 100;
/** More are not looked at: each page is one of the 1,000 requests that a repository's jobs have an hour. */
const MOST_PAGES = 50;

/** Our entries through the REST API. Methods throw Octokit's RequestError. Whatever the server answers, nothing that is not ours is in the list. */
export class OwnEntries {
  readonly #api: GitHubApi;
  readonly #repository: Repository;
  #now: number | undefined;

  constructor(api: GitHubApi, repository: Repository) {
    this.#api = api;
    this.#repository = repository;
  }

  /** GitHub's own time when it last listed entries, milliseconds since 1970, where it tells: their times are by that clock. */
  get now(): number | undefined {
    return this.#now;
  }

  /** Least recently used first; of one scope when `ref` is given. */
  list(ref?: string): Promise<readonly OwnEntry[]> {
    return this.#api.call(async ({ octokit, request }) => {
      const entries: OwnEntry[] = [];
      let pages = 0;
      for await (const { data, headers } of octokit.paginate.iterator(
        octokit.rest.actions.getActionsCacheList,
        {
          ...this.#repository,
          key: KEY_PREFIX,
          ...(ref === undefined ? {} : { ref }),
          sort: 'last_accessed_at',
          direction: 'asc',
          per_page: PAGE,
          request,
        },
      )) {
        entries.push(...data.flatMap(entryOf).filter((entry) => ref === undefined || entry.ref === ref));
        this.#now = timeOf(headers.date) ?? this.#now;
        pages += 1;
        if (pages === MOST_PAGES) break;
      }
      return entries;
    });
  }

  /** One that is gone already counts as deleted. */
  async delete({ id }: OwnEntry): Promise<void> {
    try {
      await this.#api.call(({ octokit, request }) =>
        octokit.rest.actions.deleteActionsCacheById({ ...this.#repository, cache_id: id, request }),
      );
    } catch (error) {
      // Another job of a matrix was faster.
      if (statusOf(error) !== 404) throw error;
    }
  }

  /** Needed where the event does not tell. */
  defaultBranch(): Promise<string> {
    return this.#api.call(async ({ octokit, request }) => {
      const { data } = await octokit.rest.repos.get({ ...this.#repository, request });
      return data.default_branch;
    });
  }
}

function timeOf(date: string | undefined): number | undefined {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? undefined : time;
}

interface Row {
  readonly id?: number;
  readonly ref?: string;
  readonly key?: string;
  readonly version?: string;
  readonly size_in_bytes?: number;
  readonly last_accessed_at?: string;
  readonly created_at?: string;
}

function entryOf({
  id,
  ref,
  key,
  version,
  size_in_bytes,
  last_accessed_at,
  created_at,
}: Row): readonly OwnEntry[] {
  if (id === undefined || ref === undefined || key?.startsWith(KEY_PREFIX) !== true) return [];
  const createdAt = Date.parse(created_at ?? '');
  const lastUsed = Date.parse(last_accessed_at ?? '');
  // One of unknown age is taken for new, and so left alone.
  if (Number.isNaN(createdAt)) return [];
  return [
    {
      id,
      ref,
      key,
      version: version ?? '',
      size: size_in_bytes ?? 0,
      lastUsed: Number.isNaN(lastUsed) ? createdAt : lastUsed,
      createdAt,
    },
  ];
}
