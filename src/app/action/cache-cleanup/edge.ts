import { badInput } from '../../options/problems.ts';
import { GitHubApi } from '../github/api.ts';
import { readWorkflowEvent, type WorkflowEvent } from '../github/event.ts';
import { whyRefused } from '../github/refusal.ts';
import { type CleanUp, forgetPullRequest, type HeldEntries, keepQuota } from './clean-up.ts';
import { OwnEntries } from './own-entries.ts';

/** What the step knows of the outside. */
export interface CleanUpEdge {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly token: string;
  readonly signal?: AbortSignal;
  /** One line each. */
  readonly onNotice: (message: string) => void;
  /** Milliseconds before a second try. */
  readonly firstDelay?: number;
  /** Milliseconds since 1970; default now. */
  readonly now?: number;
}

/** Milliseconds for all requests of a clean-up. */
const MOST_TIME = 120_000;
const CLOSED_ON: readonly string[] = ['pull_request', 'pull_request_target'];

/**
 * After a build: keeps the quota (bytes) where the run is for the default branch, whose builds read what is there. undefined: nothing was
 * looked at, and why was told. Never throws.
 */
export async function cleanUpAfterBuild(quota: number, edge: CleanUpEdge): Promise<HeldEntries | undefined> {
  const event = await readWorkflowEvent(edge.environment);
  const job = jobFor(event, edge);
  if (job === undefined) return undefined;
  const branch = await defaultBranch(event, job);
  if (branch === undefined) return undefined;
  if (event.ref === `refs/heads/${branch}`) return keepQuota(quota, job);
  edge.onNotice(`The Actions cache is cleaned up by runs for ${branch}; this one is for ${event.ref}`);
  return undefined;
}

/**
 * A step that does nothing else, on whichever branch: deletes what a pull request that was closed has left, else keeps the quota.
 * @throws BuildError `BAD_INPUT` when there is neither
 */
export async function cleanUpAlone(
  quota: number | undefined,
  edge: CleanUpEdge,
): Promise<HeldEntries | undefined> {
  const event = await readWorkflowEvent(edge.environment);
  const closed =
    event.action === 'closed' && CLOSED_ON.includes(event.name) ? event.pullRequest?.number : undefined;
  if (closed === undefined && quota === undefined)
    throw badInput(
      `cache-cleanup: there is nothing to go by: this run is not for a closed pull request, and cache-max-size is not set`,
      'Set cache-max-size to what the entries may have together, e.g. 4g.',
    );
  const job = jobFor(event, edge);
  if (job === undefined) return undefined;
  return closed === undefined ? keepQuota(quota ?? 0, job) : forgetPullRequest(closed, job);
}

function jobFor({ repository }: WorkflowEvent, edge: CleanUpEdge): CleanUp | undefined {
  const { environment, token, onNotice, signal, firstDelay, now = Date.now() } = edge;
  if (repository === undefined || token === '') {
    const why =
      repository === undefined ? 'GITHUB_REPOSITORY names no repository' : 'there is no github-token';
    onNotice(`The Actions cache is not cleaned up: ${why}`);
    return undefined;
  }
  const limit = AbortSignal.timeout(MOST_TIME);
  const both = signal === undefined ? limit : AbortSignal.any([signal, limit]);
  const api = new GitHubApi({
    token,
    url: environment['GITHUB_API_URL'] || 'https://api.github.com',
    signal: both,
    ...(firstDelay === undefined ? {} : { firstDelay }),
  });
  return { api, repository, environment, signal: both, now, onNotice };
}

async function defaultBranch(event: WorkflowEvent, job: CleanUp): Promise<string | undefined> {
  if (event.defaultBranch !== undefined) return event.defaultBranch;
  // Schedules run for no other branch, and their event does not always tell.
  if (event.name === 'schedule') return event.ref.replace(/^refs\/heads\//, '');
  try {
    return await new OwnEntries(job.api, job.repository).defaultBranch();
  } catch (error) {
    job.onNotice(`The Actions cache is not cleaned up: ${whyRefused(error, 'contents: read')}`);
    return undefined;
  }
}
