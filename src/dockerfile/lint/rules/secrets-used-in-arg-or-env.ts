import type { Instruction } from '../../ast.ts';
import type { LintRule } from '../rule.ts';
import { expandIn, type Scope } from '../scope.ts';
import { walkScopes } from '../variables.ts';

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
    // An ARG before the first FROM is in no image until a stage takes it up.
    for (const { instruction, scope } of walkScopes(context)) {
      if (instruction.kind !== 'arg' && instruction.kind !== 'env') continue;
      for (const { key } of instruction.pairs) {
        const name = nameOf(instruction, key.value, scope, context.file.directives.escape);
        if (!SECRET.test(name) || HARMLESS.test(name)) continue;
        const where =
          instruction.kind === 'env' ? 'ENV is kept in the image' : 'ARG is kept in the image history';
        yield {
          message: `${name} looks like a secret, and ${where}: use RUN --mount=type=secret`,
          at: key.at,
        };
      }
    }
  },
};

/** What the name of an ENV becomes; that of an ARG is taken as it is written. */
function nameOf({ kind }: Instruction, key: string, scope: Scope, escapeChar: '\\' | '`'): string {
  if (kind === 'arg' || !/["'$\\`]/.test(key)) return key;
  return expandIn(key, scope, escapeChar)?.value ?? key;
}
