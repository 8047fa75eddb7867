import type { Repository } from '../../image/types.ts';
import type { CredentialSource, FoundCredential } from '../credential-source.ts';
import { type LoginState, RegistryError } from '../errors.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import { basicAuthorization, fetchToken, type Token, type TokenEndpoint } from './token.ts';
import type { Transport } from './transport.ts';

/** What a request is about to do, which decides the scope of its token. */
export interface Access {
  readonly repository: Repository;
  readonly access: 'pull' | 'push';
  /** Path of a repository on the same host whose blob is to be mounted. */
  readonly mountFrom?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Authorization {
  /** Value of the Authorization header; undefined while no challenge was seen or nothing is known to answer it with. */
  readonly header: string | undefined;
  /** Whether someone's credentials stand behind it: a token can be anonymous. */
  readonly login: LoginState;
}

/** Answers the challenges of one registry. */
export interface Authorizer {
  /** Whether a challenge was seen that may be answered: then requests of strangers count for nothing. */
  readonly isChallenged: boolean;
  /** @throws RegistryError `UNAUTHORIZED`, and those of fetchToken; `REGISTRY_ERROR` for a token endpoint that is not safe */
  authorize(access: Access): Promise<Authorization>;
  /**
   * Takes note of the challenges of a 401. `used` is the header that was refused, if one was sent: its token is not used again.
   * @returns whether asking again makes sense
   */
  challenged(challenges: string | undefined, access?: Access, used?: string): boolean;
  /** Takes out the secrets that this registry was given, should it repeat them. */
  redact(text: string): string;
}

export interface AuthorizerOptions {
  /** Host as in references. */
  readonly host: string;
  /** Where the API is. */
  readonly origin: URL;
  /** Whether plain HTTP and unknown certificates are allowed for a host. */
  readonly mayBeInsecure: (host: string) => boolean;
  readonly transport: Transport;
  readonly credentials: CredentialSource;
  readonly onNotice?: ((message: string) => void) | undefined;
}

type Method = { readonly type: 'basic' } | { readonly type: 'bearer'; readonly challenge: Challenge };

/** A token is not used in its last milliseconds. */
const EXPIRY_MARGIN = 5_000;
const SHORTEST_SECRET = 4;

export function createAuthorizer(options: AuthorizerOptions): Authorizer {
  return new ChallengeAuthorizer(options);
}

class ChallengeAuthorizer implements Authorizer {
  readonly #options: AuthorizerOptions;
  #method: Method | undefined;
  readonly #tokens = new Map<string, Promise<Token>>();
  /** Of each scope the token that was refused last. */
  readonly #refused = new Map<string, string>();
  readonly #credentials = new Map<string, Promise<FoundCredential | undefined>>();
  /** Scopes that the registry asked for beyond the usual ones, by ours. */
  readonly #askedScopes = new Map<string, readonly string[]>();
  readonly #secrets = new Set<string>();
  readonly #announced = new Set<string>();

  constructor(options: AuthorizerOptions) {
    this.#options = options;
  }

  get isChallenged(): boolean {
    return this.#method !== undefined;
  }

  async authorize(access: Access): Promise<Authorization> {
    const method = this.#method;
    if (method === undefined) return { header: undefined, login: 'none' };
    const found = await this.#credential(access);
    if (method.type === 'bearer') {
      const token = await this.#token(this.#endpoint(method.challenge), access, found);
      return { header: headerOf(token), login: found === undefined ? 'none' : 'accepted' };
    }
    if (found === undefined) return { header: undefined, login: 'none' };
    if (found.credential.type !== 'password') {
      throw new RegistryError({
        code: 'UNAUTHORIZED',
        message: `${this.#options.host} wants a user name and a password, but ${found.origin} has an identity token`,
      });
    }
    return { header: basicAuthorization(found.credential), login: 'claimed' };
  }

  challenged(challenges: string | undefined, access?: Access, used?: string): boolean {
    const list = parseChallenges(challenges ?? '');
    const bearer = list.find(({ scheme, parameters }) => scheme === 'bearer' && 'realm' in parameters);
    if (bearer !== undefined) {
      this.#method = { type: 'bearer', challenge: bearer };
      const { scope } = bearer.parameters;
      return access !== undefined && this.#renew(access, scope, used);
    }
    if (!list.some(({ scheme }) => scheme === 'basic')) return false;
    this.#method = { type: 'basic' };
    // The same name and password would be refused again.
    return used === undefined;
  }

  redact(text: string): string {
    let redacted = text;
    for (const secret of this.#secrets) redacted = redacted.replaceAll(secret, '***');
    return redacted;
  }

  /** Takes note of the refused token. Of several requests that were refused with it, the first one replaces it for all. */
  #renew(access: Access, asked: string | undefined, used: string | undefined): boolean {
    const key = keyOf(access);
    const scopes = (asked ?? '').split(' ').filter((scope) => scope !== '');
    if (scopes.length > 0) this.#askedScopes.set(key, scopes);
    if (used !== undefined) this.#refused.set(key, used);
    return true;
  }

  #endpoint(challenge: Challenge): TokenEndpoint {
    const { origin, mayBeInsecure, host } = this.#options;
    const { realm = '', service } = challenge.parameters;
    const url = URL.canParse(realm) ? new URL(realm) : undefined;
    const insecure =
      url !== undefined &&
      (mayBeInsecure(url.host) || (url.hostname === origin.hostname && mayBeInsecure(host)));
    if (url?.protocol === 'https:' || (url?.protocol === 'http:' && insecure)) {
      return { realm: url, service, insecure };
    }
    throw new RegistryError({
      code: 'REGISTRY_ERROR',
      message: `${host} names a token endpoint that is not safe to send credentials to: ${url?.origin ?? 'not a URL'}`,
      hint: 'Only HTTPS is accepted, unless its host is listed as insecure.',
    });
  }

  #token(endpoint: TokenEndpoint, access: Access, found: FoundCredential | undefined): Promise<Token> {
    const key = keyOf(access);
    const known = this.#tokens.get(key);
    const token =
      known === undefined
        ? this.#fetch(endpoint, access, found)
        : this.#fresh(known, endpoint, access, found);
    this.#tokens.set(key, token);
    token.catch(() => {
      if (this.#tokens.get(key) === token) this.#tokens.delete(key);
    });
    return token;
  }

  async #fresh(
    known: Promise<Token>,
    endpoint: TokenEndpoint,
    access: Access,
    found: FoundCredential | undefined,
  ): Promise<Token> {
    const token = await known;
    const isRefused = this.#refused.get(keyOf(access)) === headerOf(token);
    if (!isRefused && token.expires - EXPIRY_MARGIN > Date.now()) return token;
    return this.#fetch(endpoint, access, found);
  }

  async #fetch(endpoint: TokenEndpoint, access: Access, found: FoundCredential | undefined): Promise<Token> {
    const asked = this.#askedScopes.get(keyOf(access)) ?? [];
    const token = await fetchToken(this.#options.transport, {
      endpoint,
      scopes: [...new Set([...scopesOf(access), ...asked])],
      repository: { host: this.#options.host, path: access.repository.path },
      access: access.access,
      credential: found?.credential,
      redact: (text) => this.redact(text),
    });
    this.#keepSecret(token.value);
    // Given out once more: some endpoints give the same one for the same credentials.
    const key = keyOf(access);
    if (this.#refused.get(key) === headerOf(token)) this.#refused.delete(key);
    return token;
  }

  #credential(access: Access): Promise<FoundCredential | undefined> {
    const key = `${access.access} ${access.repository.path}`;
    const known = this.#credentials.get(key);
    if (known !== undefined) return known;
    const found = this.#find(access);
    this.#credentials.set(key, found);
    found.catch(() => this.#credentials.delete(key));
    return found;
  }

  async #find(access: Access): Promise<FoundCredential | undefined> {
    const { host, credentials } = this.#options;
    const found = await credentials.find({
      host,
      repository: access.repository.path,
      access: access.access,
    });
    if (found === undefined) {
      this.#announce(
        `${host}: no credentials found, ${access.access === 'pull' ? 'pulling' : 'pushing'} anonymously`,
      );
      return undefined;
    }
    const { credential, origin } = found;
    if (credential.type === 'password') {
      this.#keepSecret(credential.password);
      this.#keepSecret(basicAuthorization(credential).slice('Basic '.length));
    } else {
      this.#keepSecret(credential.token);
    }
    const who = credential.type === 'password' ? credential.username : 'an identity token';
    this.#announce(`${host}: ${access.access === 'pull' ? 'pulling' : 'pushing'} as ${who} (${origin})`);
    return found;
  }

  /** Shorter ones would blot out ordinary words. */
  #keepSecret(secret: string): void {
    if (secret.length >= SHORTEST_SECRET) this.#secrets.add(secret);
  }

  #announce(message: string): void {
    if (this.#announced.has(message)) return;
    this.#announced.add(message);
    this.#options.onNotice?.(message);
  }
}

/** Distribution token scope documentation: `repository:<path>:<actions>`. */
function scopesOf(access: Access): readonly string[] {
  const own = `repository:${access.repository.path}:${access.access === 'push' ? 'pull,push' : 'pull'}`;
  return access.mountFrom === undefined ? [own] : [own, `repository:${access.mountFrom}:pull`];
}

function headerOf(token: Token): string {
  return `Bearer ${token.value}`;
}

function keyOf(access: Access): string {
  return scopesOf(access).join(' ');
}
