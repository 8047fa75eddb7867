import type { GitHubApi, GitHubClient } from '../github/api.ts';
import type { Repository } from '../github/event.ts';
import { commentText, marksIn } from './comment-text.ts';
import type { Suggestion } from './suggestion.ts';

/** A file that a pull request adds or changes, as it is after it. */
export interface ChangedFile {
  readonly path: string;
  /** Git's name of the content. */
  readonly blob: string;
  /** Its hunks; undefined where GitHub shows none: renamed as it was, or too long. */
  readonly patch?: string;
  /** The commit that all this is about. */
  readonly commit?: string;
}

export interface Posted {
  readonly posted: number;
  /** That were there before. */
  readonly standing: number;
}

const PAGE = 100;

/** What suggestions need to know and do of a pull request. Every method throws Octokit's RequestError. */
export class PullRequest {
  readonly #api: GitHubApi;
  readonly #name: Repository & { readonly pull_number: number };

  constructor(api: GitHubApi, repository: Repository, number: number) {
    this.#api = api;
    this.#name = { ...repository, pull_number: number };
  }

  /** The file, read page by page as far as it stands; undefined: the pull request does not change it. */
  file(path: string): Promise<ChangedFile | undefined> {
    return this.#api.call(async ({ octokit, request }) => {
      const pages = octokit.paginate.iterator(octokit.rest.pulls.listFiles, {
        ...this.#name,
        per_page: PAGE,
        request,
      });
      for await (const { data } of pages) {
        const found = data.find(({ filename, status }) => filename === path && status !== 'removed');
        if (found === undefined) continue;
        const commit = /[?&]ref=([0-9a-f]{40,64})$/.exec(found.contents_url)?.[1];
        return {
          path,
          blob: found.sha ?? '',
          ...(found.patch === undefined ? {} : { patch: found.patch }),
          ...(commit === undefined ? {} : { commit }),
        };
      }
      return undefined;
    });
  }

  /** The content of a file of it. */
  text(blob: string): Promise<string> {
    return this.#api.call(async ({ octokit, request }) => {
      const { owner, repo } = this.#name;
      const { data } = await octokit.rest.git.getBlob({ owner, repo, file_sha: blob, request });
      return Buffer.from(data.content, 'base64').toString('utf8');
    });
  }

  /**
   * Offers those suggestions that are not there yet, `most` of them, all in one review. Asked again before each try, so that one of which only
   * the answer was lost is not posted twice.
   */
  suggest(file: ChangedFile, suggestions: readonly Suggestion[], most: number): Promise<Posted> {
    return this.#api.call(async (client) => {
      const known = await this.#knownMarks(client);
      const missing = suggestions.filter(({ mark }) => !known.has(mark));
      const fresh = missing.slice(0, most);
      const standing = suggestions.length - missing.length;
      if (fresh.length === 0) return { posted: 0, standing };
      await client.octokit.rest.pulls.createReview({
        ...this.#name,
        ...(file.commit === undefined ? {} : { commit_id: file.commit }),
        event: 'COMMENT',
        body: reviewText(fresh.length, file.path),
        comments: fresh.map((suggestion) => commentOf(suggestion, file.path)),
        request: client.request,
      });
      return { posted: fresh.length, standing };
    });
  }

  /** Marks of all comments that still stand on a line of the diff. One on lines that have changed since has no button any more. */
  async #knownMarks({ octokit, request }: GitHubClient): Promise<ReadonlySet<string>> {
    const known = new Set<string>();
    const pages = octokit.paginate.iterator(octokit.rest.pulls.listReviewComments, {
      ...this.#name,
      per_page: PAGE,
      request,
    });
    for await (const { data } of pages) {
      for (const { body, line } of data) {
        if (line === undefined || line === null) continue;
        for (const mark of marksIn(body)) known.add(mark);
      }
    }
    return known;
  }
}

function commentOf(suggestion: Suggestion, path: string) {
  const { startLine, endLine } = suggestion;
  return {
    path,
    body: commentText(suggestion),
    line: endLine,
    side: 'RIGHT',
    ...(startLine === endLine ? {} : { start_line: startLine, start_side: 'RIGHT' }),
  };
}

function reviewText(count: number, path: string): string {
  const fixes = count === 1 ? 'One finding' : `${count} findings`;
  return `${fixes} of the linter in \`${path.replace(/`/g, "'")}\` can be mended with a click.`;
}
