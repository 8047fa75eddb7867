import { GitHubApi } from './github/api.ts';

/** Milliseconds. It only explains. */
const MOST_TIME = 3000;

/**
 * Lists the scopes of the Actions cache, readable from this run or not, that have entries whose keys begin with a text: by GitHub's API, with
 * the permission `actions: read`. undefined where the API cannot be asked. What it returns throws Octokit's RequestError.
 */
export function cacheRefs(
  environment: Readonly<Record<string, string | undefined>>,
  token: string,
): ((keyPrefix: string) => Promise<readonly string[]>) | undefined {
  const [owner = '', repo = ''] = (environment['GITHUB_REPOSITORY'] ?? '').split('/');
  if (token === '' || owner === '' || repo === '') return undefined;
  return (keyPrefix) => {
    const api = new GitHubApi({
      token,
      url: environment['GITHUB_API_URL'] || 'https://api.github.com',
      signal: AbortSignal.timeout(MOST_TIME),
    });
    return api.call(async ({ octokit, request }) => {
      const { data } = await octokit.rest.actions.getActionsCacheList({
        owner,
        repo,
        key: keyPrefix,
        sort: 'created_at',
        direction: 'desc',
        per_page: 100,
        request,
      });
      // Not every server keeps to the filter.
      const own = data.actions_caches.filter(({ key }) => key?.startsWith(keyPrefix) === true);
      return [...new Set(own.flatMap(({ ref }) => ref ?? []))];
    });
  };
}
