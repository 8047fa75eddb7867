import type { LintRule } from '../rule.ts';

/** Names that are on hadolint's list and hold none of the words below. */
const NAMES = new Set([
  'APPLICATION_KEY',
  'AWS_ACCESS_KEY_ID',
  'CI_DEPLOY_USER',
  'DOCKER_EMAIL',
  'FACEBOOK_APP_ID',
  'HEROKU_API_USER',
  'OKTA_AUTHN_GROUPID',
  'OKTA_CLIENT_ORGURL',
  'OKTA_OAUTH2_CLIENTID',
  'STRIPE_DEVICE_NAME',
  'TRAVIS_OS_NAME',
  'TRAVIS_SECURE_ENV_VARS',
  'TRAVIS_SUDO',
]);
/** Names that are none of hadolint's and tell as much. */
const OURS = new Set(['DOCKER_PASS', 'GITHUB_PAT', 'GH_PAT', 'GITLAB_PAT']);
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
  const [lower, upper] = [name.toLowerCase(), name.toUpperCase()];
  return NAMES.has(upper) || OURS.has(upper) || WORDS.some((word) => lower.includes(word));
}
