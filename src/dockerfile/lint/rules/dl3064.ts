import type { LintRule } from '../rule.ts';

/** Names of well-known credentials that hold none of the words below. */
const NAMES = new Set([
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_KEY_ID',
  'AZURE_CREDENTIALS',
  'AZURE_STORAGE_KEY',
  'CODECOV_AUTH',
  'DATABASE_URL_WITH_CREDENTIALS',
  'DOCKER_AUTH_CONFIG',
  'DOCKER_PASS',
  'GCLOUD_SERVICE_KEY',
  'GITHUB_PAT',
  'GH_PAT',
  'GITLAB_PAT',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'GOOGLE_CREDENTIALS',
  'HEROKU_KEY',
  'NPM_AUTH',
  'SSH_KEY',
  'STRIPE_KEY',
]);
const WORDS = ['api_key', 'client_key', 'password', 'private', 'secret', 'token', 'username'];

export const dl3064: LintRule = {
  id: 'DL3064',
  severity: 'warning',
  security: 5.5,
  title: 'No secrets in ARG or ENV',
  onbuild: true,
  *check(context) {
    for (const { kind, pairs } of context.all('arg', 'env')) {
      const key = pairs.map((pair) => pair.key).find(({ value }) => isSecret(value));
      if (key === undefined) continue;
      const where = kind === 'env' ? 'ENV is kept in the image' : 'ARG is kept in the image history';
      yield {
        message: `${key.value} looks like a secret, and ${where}: use RUN --mount=type=secret`,
        at: key.at,
      };
    }
  },
};

function isSecret(name: string): boolean {
  const lower = name.toLowerCase();
  return NAMES.has(name.toUpperCase()) || WORDS.some((word) => lower.includes(word));
}
