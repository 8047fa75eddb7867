import { basename } from '../base-name.ts';
import type { LintRule } from '../rule.ts';
import { unquote } from '../unquote.ts';

/** Files that hold credentials and nothing else. */
const FILES =
  /^(?:\.env(?:\.(?:local|prod|production|secret|secrets))?|\.netrc|\.pgpass|\.git-credentials|\.htpasswd|id_(?:rsa|dsa|ecdsa|ed25519)|.*\.(?:pem|key|p12|pfx|jks|kdbx)|credentials\.json|service[-_]account\.json|kubeconfig|terraform\.tfvars)$/i;
const FOLDERS = /(?:^|\/)(?:\.ssh|\.aws|\.gnupg|\.kube|\.docker)(?:\/|$)/;
/** Certificates and public halves are meant to be seen. */
const PUBLIC = /\.pub$|(?:^|[-_.])(?:ca|cert|certs|chain|fullchain|public|pub|bundle)(?:[-_.]|$)/i;

export const tsib1006: LintRule = {
  id: 'TSIB1006',
  severity: 'warning',
  security: 7.5,
  title: 'No files with credentials in the image',
  *check(context) {
    for (const copy of context.all('copy', 'add')) {
      if (copy.from !== undefined) continue;
      const secret = copy.sources.find(({ value }) => isSecretFile(unquote(value)));
      if (secret === undefined) continue;
      yield {
        message: `${secret.value} holds credentials and stays in the layer: use RUN --mount=type=secret`,
        at: secret.at,
      };
    }
  },
};

function isSecretFile(path: string): boolean {
  const name = basename(path);
  if (PUBLIC.test(name)) return false;
  return FILES.test(name) || FOLDERS.test(path);
}
