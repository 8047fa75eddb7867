/** How to sign in. Never shown, logged or put in an error. */
export type Credential =
  | { readonly type: 'password'; readonly username: string; readonly password: string }
  /** An OAuth 2 refresh token (Docker's "identity token"), traded for an access token at the token endpoint. */
  | { readonly type: 'identity-token'; readonly token: string };

export interface CredentialRequest {
  /** Host as in references, e.g. `ghcr.io`, `docker.io`, `127.0.0.1:5000`. */
  readonly host: string;
  /** Path of the repository, e.g. `library/debian`. */
  readonly repository: string;
  readonly access: 'pull' | 'push';
}

export interface FoundCredential {
  readonly credential: Credential;
  /** Where it came from, for the log, e.g. `input registries`, `/home/me/.docker/config.json`. */
  readonly origin: string;
}

/** SEAM. Where credentials come from. Read only. */
export interface CredentialSource {
  /** Undefined: go on without. */
  find(request: CredentialRequest): Promise<FoundCredential | undefined>;
}
