import type { Repository } from '../../image/types.ts';
import type { Credential } from '../credential-source.ts';
import { RegistryError, refusalError } from '../errors.ts';
import { sendFollowing } from './redirect.ts';
import { readBody, readRefusal, retryAfter } from './response.ts';
import type { HttpRequest, HttpResponse, Transport } from './transport.ts';

/** A token endpoint as a Bearer challenge names it. */
export interface TokenEndpoint {
  readonly realm: URL;
  readonly service: string | undefined;
  /** Accept any certificate. */
  readonly insecure: boolean;
}

export interface TokenRequest {
  readonly endpoint: TokenEndpoint;
  readonly scopes: readonly string[];
  /** What the token is for. */
  readonly repository: Repository;
  readonly access: 'pull' | 'push';
  /** Undefined: an anonymous token. */
  readonly credential: Credential | undefined;
  /** Takes secrets out of what the endpoint says. */
  readonly redact: (text: string) => string;
}

export interface Token {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

const CLIENT_ID = 'ts-image-build';
const TOKEN_LIMIT = 1024 * 1024;
/** Distribution token authentication specification, "Token Response Fields": what holds without `expires_in`. */
const DEFAULT_LIFETIME = 60;
/** What a header can hold of a token (RFC 6750, 2.1 allows for less). */
const VISIBLE = /^[\x21-\x7e]+$/;

/**
 * A bearer token: by GET (Distribution token authentication specification) with name and password or anonymously, by POST (OAuth 2
 * variant) for an identity token.
 * @throws RegistryError `UNAUTHORIZED`, `RATE_LIMITED`, `REGISTRY_ERROR`, `REGISTRY_UNREACHABLE`
 */
export async function fetchToken(transport: Transport, request: TokenRequest): Promise<Token> {
  const now = Date.now();
  const response = await sendFollowing(transport, tokenRequest(request));
  if (response.status !== 200) throw await refusal(request, response);
  const fields = parse(await readBody(response, TOKEN_LIMIT, 'the token'));
  const value = [fields.get('token'), fields.get('access_token')].find(
    (candidate) => typeof candidate === 'string' && VISIBLE.test(candidate),
  );
  if (typeof value !== 'string') {
    throw new RegistryError({
      code: 'REGISTRY_ERROR',
      message: `${request.endpoint.realm.host}: the token endpoint answered without a token that can be used`,
    });
  }
  const lifetime = fields.get('expires_in');
  return { value, expires: now + 1000 * (typeof lifetime === 'number' ? lifetime : DEFAULT_LIFETIME) };
}

function tokenRequest(request: TokenRequest): HttpRequest {
  const { endpoint, credential } = request;
  const common = { insecure: endpoint.insecure };
  if (credential?.type === 'identity-token') {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: credential.token,
      client_id: CLIENT_ID,
      scope: request.scopes.join(' '),
      ...(endpoint.service === undefined ? {} : { service: endpoint.service }),
    });
    return {
      ...common,
      method: 'POST',
      url: endpoint.realm,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(form.toString()),
    };
  }
  const url = new URL(endpoint.realm);
  if (endpoint.service !== undefined) url.searchParams.set('service', endpoint.service);
  for (const scope of request.scopes) url.searchParams.append('scope', scope);
  if (credential === undefined) return { ...common, method: 'GET', url };
  url.searchParams.set('account', credential.username);
  return { ...common, method: 'GET', url, headers: { authorization: basicAuthorization(credential) } };
}

/** RFC 7617, in UTF-8. */
export function basicAuthorization(credential: {
  readonly username: string;
  readonly password: string;
}): string {
  return `Basic ${Buffer.from(`${credential.username}:${credential.password}`, 'utf8').toString('base64')}`;
}

async function refusal(request: TokenRequest, response: HttpResponse): Promise<RegistryError> {
  const { codes, ...refused } = await readRefusal(response);
  const said = request.redact(refused.said);
  const { status } = response;
  const signedIn = request.credential !== undefined;
  if (status === 403 && signedIn) {
    // The credentials are right; what they are to be used for is not allowed.
    const { repository, access } = request;
    return refusalError(
      { repository, access, subject: 'with this login', login: 'accepted' },
      { status, said, codes },
    );
  }
  const unknown = status === 401 || status === 403 || (status === 400 && signedIn);
  const limited = status === 429;
  return new RegistryError({
    code: unknown ? 'UNAUTHORIZED' : limited ? 'RATE_LIMITED' : 'REGISTRY_ERROR',
    message: `${request.endpoint.realm.host}: no token for ${request.scopes.join(' ')} (HTTP ${status})${said === '' ? '' : `: ${said}`}`,
    hint: unknown ? refusedHint(signedIn) : undefined,
    temporary: limited || status >= 500,
    retryAfter: retryAfter(response.headers),
    status,
  });
}

function refusedHint(signedIn: boolean): string {
  return signedIn
    ? 'The user name or the password (token) is wrong or has expired, or it does not cover this repository.'
    : 'The repository does not exist or needs a login; no credentials for this registry were given.';
}

function parse(bytes: Uint8Array): ReadonlyMap<string, unknown> {
  try {
    const body: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return new Map(typeof body === 'object' && body !== null ? Object.entries(body) : []);
  } catch {
    return new Map();
  }
}
