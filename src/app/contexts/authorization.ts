import type { ContextToken } from '../options/context-token.ts';

type Secrets = Readonly<Record<string, Uint8Array>>;

/**
 * `Authorization` for a Git remote from the secrets that BuildKit takes for it (source/git): `GIT_AUTH_HEADER` holds the header's
 * value, `GIT_AUTH_TOKEN` a token; with `.HOST` at its end a secret is for that host alone and goes first.
 * @param own what is used for the main context where no secret is
 */
export function gitAuthorization(secrets: Secrets, remote: string, own?: ContextToken): string | undefined {
  const url = URL.parse(remote);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  for (const name of [`GIT_AUTH_HEADER.${url.host}`, 'GIT_AUTH_HEADER']) {
    const header = textOf(secrets[name]);
    if (header !== '') return header;
  }
  for (const name of [`GIT_AUTH_TOKEN.${url.host}`, 'GIT_AUTH_TOKEN']) {
    const token = textOf(secrets[name]);
    if (token !== '') return withToken(token);
  }
  return own?.remote === remote ? withToken(own.token) : undefined;
}

function withToken(token: string): string {
  return `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
}

/** `Authorization` for a download: the secrets `HTTP_AUTH_HEADER_HOST` and `HTTP_AUTH_TOKEN_HOST` (BuildKit: source/http). */
export function httpAuthorization(secrets: Secrets, host: string): string | undefined {
  const header = textOf(secrets[`HTTP_AUTH_HEADER_${host}`]);
  if (header !== '') return header;
  const token = textOf(secrets[`HTTP_AUTH_TOKEN_${host}`]);
  return token === '' ? undefined : `Bearer ${token}`;
}

/** Files of secrets end with a line break more often than not, and no header may hold one. */
function textOf(secret: Uint8Array | undefined): string {
  return secret === undefined ? '' : Buffer.from(secret).toString('utf8').trim();
}
