import { reasonOf } from '../../../base/errors.ts';

/** The HTTP status of an error of Octokit (a broken connection counts as 500 there); undefined for other errors. */
export function statusOf(error: unknown): number | undefined {
  return typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : undefined;
}

export function headersOf(error: unknown): Readonly<Record<string, unknown>> {
  if (typeof error !== 'object' || error === null || !('response' in error)) return {};
  const { response } = error;
  if (typeof response !== 'object' || response === null || !('headers' in response)) return {};
  return typeof response.headers === 'object' && response.headers !== null
    ? (response.headers as Readonly<Record<string, unknown>>)
    : {};
}

/** The primary or a secondary rate limit; a plain 403 is a missing permission. */
export function isRateLimit(error: unknown): boolean {
  const status = statusOf(error);
  if (status !== 403 && status !== 429) return false;
  const headers = headersOf(error);
  return status === 429 || headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0';
}

/** A permission is missing, as far as the answer tells. */
export function isForbidden(error: unknown): boolean {
  return statusOf(error) === 403 && !isRateLimit(error);
}

/**
 * Why the API did not do what it was asked for: one line, to stand behind a colon.
 * @param permission what the job would have to grant: `pull-requests: write`
 */
export function whyRefused(error: unknown, permission: string): string {
  const status = statusOf(error);
  if (isAbort(error)) return 'GitHub did not answer in time';
  if (status === undefined) return oneLine(reasonOf(error));
  if (isRateLimit(error)) return `the rate limit of GitHub's API is used up (status ${status})`;
  const said = `status ${status}: ${oneLine(reasonOf(error))}`;
  if (status === 401) return `GitHub does not take the token (${said})`;
  if (status === 403)
    return `the token may not do that (${said}); the job needs "permissions: ${permission}"`;
  if (status === 404)
    return `the token does not reach the repository (${said}); the job needs "permissions: ${permission}"`;
  if (status >= 500) return `GitHub's API cannot be reached or fails (${said})`;
  return `GitHub refused it (${said})`;
}

function isAbort(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'name' in error &&
    (error.name === 'AbortError' || error.name === 'TimeoutError')
  );
}

const LONGEST_REASON = 200;

/** Answers of a server go into the log: no line of its own, nothing long, no address of a manual. */
function oneLine(text: string): string {
  const line = text.replace(/ - https:\/\/\S+$/, '').replace(/[\p{Cc}\s]+/gu, ' ');
  return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON - 1)}…` : line;
}
