import type { CredentialSource } from '../credential-source.ts';
import { canonicalHost } from '../host.ts';

export interface KnownCredential {
  /** As in references, or any name of Docker Hub. */
  readonly host: string;
  readonly username: string;
  readonly password: string;
  /** Only for this kind of access: pushing may need other rights than pulling. Default: both. */
  readonly access?: 'pull' | 'push' | undefined;
}

/** Credentials that the user gave with this run, e.g. by the input `registries`; `origin` names it in the log. */
export function knownCredentials(list: readonly KnownCredential[], origin: string): CredentialSource {
  return {
    async find(request) {
      const host = canonicalHost(request.host);
      const fitting = list.filter((known) => canonicalHost(known.host) === host);
      const found =
        fitting.find(({ access }) => access === request.access) ??
        fitting.find(({ access }) => access === undefined);
      if (found === undefined) return undefined;
      const { username, password } = found;
      return { credential: { type: 'password', username, password }, origin };
    },
  };
}
