import { type RetryAdvice, retry } from '../../../base/retry.ts';
import { headersOf, isRateLimit, statusOf } from './refusal.ts';

export type Octokit = ReturnType<typeof import('@actions/github').getOctokit>;

export interface GitHubAccess {
  readonly token: string;
  /** `GITHUB_API_URL`. */
  readonly url: string;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
  /** Milliseconds before a second try. */
  readonly firstDelay?: number;
}

/** What a call is given: the client, and options that every request has to carry. */
export interface GitHubClient {
  readonly octokit: Octokit;
  readonly request: { readonly signal: AbortSignal };
}

const ATTEMPTS = 3;
/** Milliseconds. A job does not wait longer for what is only a help. */
const LONGEST_DELAY = 20_000;

/** GitHub's REST API through @actions/github, which is loaded with the first call. */
export class GitHubApi {
  readonly #access: GitHubAccess;
  #octokit: Promise<Octokit> | undefined;

  constructor(access: GitHubAccess) {
    this.#access = access;
  }

  /**
   * Does some work that may be done twice; again where the failure may pass by itself (rate limits, 5xx, broken connections).
   * @throws Octokit's RequestError, see whyRefused
   */
  async call<T>(work: (client: GitHubClient) => Promise<T>): Promise<T> {
    const { signal, firstDelay } = this.#access;
    this.#octokit ??= this.#open();
    const octokit = await this.#octokit;
    return retry(() => work({ octokit, request: { signal } }), {
      attempts: ATTEMPTS,
      firstDelay,
      longestDelay: LONGEST_DELAY,
      signal,
      advice,
    });
  }

  async #open(): Promise<Octokit> {
    const { getOctokit } = await import('@actions/github');
    const { token, url } = this.#access;
    const silent = (): void => undefined;
    return getOctokit(token, {
      baseUrl: url,
      userAgent: 'ts-image-build',
      // Its own log goes to the console, past ours.
      log: { debug: silent, info: silent, warn: silent, error: silent },
    });
  }
}

function advice(error: unknown): RetryAdvice | undefined {
  const status = statusOf(error);
  if (isRateLimit(error)) return { after: waitAskedFor(headersOf(error)) };
  return status !== undefined && status >= 500 ? {} : undefined;
}

/** Milliseconds (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit). */
function waitAskedFor(headers: Readonly<Record<string, unknown>>): number | undefined {
  const after = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(after)) return after * 1000;
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  return Number.isFinite(reset) ? Math.max(0, reset * 1000 - Date.now()) : undefined;
}
