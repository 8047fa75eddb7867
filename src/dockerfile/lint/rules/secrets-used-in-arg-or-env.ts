import type { LintRule } from '../rule.ts';

/** Whole words between underscores, as BuildKit's check has them. */
const SECRET = /(?:_|^)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;
const HARMLESS = /(?:_|^)(?:public|file|version)(?:_|$)/i;

export const secretsUsedInArgOrEnv: LintRule = {
  id: 'SecretsUsedInArgOrEnv',
  severity: 'warning',
  security: 5.5,
  title: 'No secrets in ARG or ENV',
  twin: 'DL3064',
  *check(context) {
    for (const { kind, pairs } of context.all('arg', 'env')) {
      for (const { key } of pairs) {
        if (!SECRET.test(key.value) || HARMLESS.test(key.value)) continue;
        const where = kind === 'env' ? 'ENV is kept in the image' : 'ARG is kept in the image history';
        yield {
          message: `${key.value} looks like a secret, and ${where}: use RUN --mount=type=secret`,
          at: key.at,
        };
      }
    }
  },
};
