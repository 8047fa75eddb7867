import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from '../../base/errors.ts';
import { retry } from '../../base/retry.ts';
import { RegistryError, refusalError } from '../errors.ts';
import { apiHost, isLoopback } from '../host.ts';
import { type Access, type Authorization, type Authorizer, createAuthorizer } from './auth.ts';
import { sendFollowing } from './redirect.ts';
import type { RegistryOptions } from './registry-options.ts';
import { discard, readRefusal, retryAfter } from './response.ts';
import { type HttpResponse, isRefused, type Method, type RequestBody, type Transport } from './transport.ts';
import { untilAborted } from './until-aborted.ts';

export interface RegistryRequest extends Access {
  readonly method: Method;
  /** Below `/v2/<repository>/`, e.g. `manifests/1.2`; or the whole URL that an earlier answer named. */
  readonly target: string | URL;
  /** What this is about, in messages: `manifest 1.2`. */
  readonly subject: string;
  /** Statuses that are an answer; all others are errors. */
  readonly accept: readonly number[];
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: RequestBody | undefined;
}

/** Milliseconds. */
const REFUSED_PAUSE = 200;

interface Connection {
  /** Where the API is, e.g. `https://registry-1.docker.io`. */
  readonly origin: URL;
  readonly authorizer: Authorizer;
}

interface Exchange {
  readonly response: HttpResponse;
  readonly authorization: Authorization;
}

interface EarlyExchange {
  readonly connected: Promise<Connection>;
  readonly origin: URL;
  readonly exchange?: Exchange;
  readonly error?: unknown;
}

/** Requests to one registry: finds out how it is reached and signed in to, and turns refusals into errors. */
export class Session {
  readonly host: string;
  readonly #transport: Transport;
  readonly #options: RegistryOptions;
  #connection: Promise<Connection> | undefined;
  #isConnected = false;

  constructor(host: string, transport: Transport, options: RegistryOptions) {
    this.host = host;
    this.#transport = transport;
    this.#options = options;
  }

  /**
   * Sends a request, again when that may help.
   * @throws RegistryError
   */
  request(request: RegistryRequest): Promise<HttpResponse> {
    return this.retrying(() => this.send(request), request.signal);
  }

  /** Repeats what failed for a reason that passes. */
  retrying<T>(attempt: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    return retry(attempt, {
      attempts: this.#options.retry?.attempts,
      firstDelay: this.#options.retry?.firstDelay,
      signal,
      advice: (error) =>
        error instanceof RegistryError && error.temporary ? { after: error.retryAfter } : undefined,
      onRetry: ({ error, delay }) =>
        this.#options.onNotice?.(`${reasonOf(error)}; trying again in ${(delay / 1000).toFixed(1)} s`),
    });
  }

  /** Sends a request once (twice when the first one only showed how to sign in). */
  async send(request: RegistryRequest): Promise<HttpResponse> {
    const early = this.#isConnected ? undefined : await this.#sendEarly(request);
    if (early?.exchange !== undefined && isDone(request, early.exchange)) return early.exchange.response;
    const connected = early?.connected ?? this.#connected();
    const connection = await untilAborted(connected, request.signal).catch((error: unknown) => {
      early?.exchange?.response.body.destroy();
      throw error;
    });
    const kept = early === undefined ? undefined : await keptOf(early, connection);
    const url = this.#urlOf(request, connection.origin);
    const trusted = url.origin === connection.origin.origin;
    const first = kept ?? (await this.#exchange(request, url, trusted ? connection.authorizer : undefined));
    if (request.accept.includes(first.response.status)) return first.response;
    const renewed =
      first.response.status === 401 &&
      first.response.url.origin === connection.origin.origin &&
      connection.authorizer.challenged(
        first.response.headers['www-authenticate'],
        request,
        first.authorization.header,
      );
    if (!renewed) throw await this.#refusal(request, first, connection);
    await discard(first.response);
    const second = await this.#exchange(request, url, connection.authorizer);
    if (request.accept.includes(second.response.status)) return second.response;
    throw await this.#refusal(request, second, connection);
  }

  /**
   * A URL that an answer's Location header names, made absolute; undefined for none. Never leaves TLS on the registry's own host.
   * @throws RegistryError `REGISTRY_ERROR` for one that leaves TLS for another host, or that is no web address
   */
  location(response: HttpResponse): URL | undefined {
    const { location } = response.headers;
    const url = location === undefined ? null : URL.parse(location, response.url.href);
    if (url === null) return undefined;
    if (url.protocol !== 'https:' && url.protocol !== 'http:') {
      throw new RegistryError({
        code: 'REGISTRY_ERROR',
        message: `${this.host} wants an upload to go to ${url.protocol}, which is no web address`,
      });
    }
    if (leavesTls(response.url, url) && !this.#mayBeInsecure()) {
      throw new RegistryError({
        code: 'REGISTRY_ERROR',
        message: `${this.host} wants an upload to go over plain HTTP to ${url.host}`,
      });
    }
    // A registry behind a TLS proxy that does not tell it so names itself with http.
    if (url.hostname === response.url.hostname && response.url.protocol === 'https:') url.protocol = 'https:';
    return url;
  }

  /**
   * While it is found out how the registry is reached and signed in to, requests go to where it most likely is, as a stranger: several at once, and no
   * round trip later. Nothing secret is in them.
   */
  async #sendEarly(request: RegistryRequest): Promise<EarlyExchange | undefined> {
    const isHere = isLoopback(this.host);
    // Of another host that may be insecure it is open which protocol it speaks.
    if (this.#mayBeInsecure() && !isHere) return undefined;
    if (request.body !== undefined || typeof request.target !== 'string') return undefined;
    // Whoever needs the connection is told.
    const connected = this.#connected();
    connected.catch(() => undefined);
    const origin = originOf(isHere ? 'http' : 'https', this.host);
    try {
      const exchange = await this.#exchange(request, this.#urlOf(request, origin), undefined);
      return { connected, origin, exchange };
    } catch (error) {
      return { connected, origin, error };
    }
  }

  #urlOf(request: RegistryRequest, origin: URL): URL {
    const url =
      typeof request.target === 'string'
        ? new URL(`/v2/${request.repository.path}/${request.target}`, origin)
        : new URL(request.target);
    // Added as text: a query that is there already may be signed as it is.
    for (const [name, value] of Object.entries(request.query ?? {})) {
      url.search = `${url.search === '' ? '?' : `${url.search}&`}${name}=${encodeURIComponent(value)}`;
    }
    return url;
  }

  async #exchange(request: RegistryRequest, url: URL, authorizer: Authorizer | undefined): Promise<Exchange> {
    const authorization: Authorization =
      authorizer === undefined
        ? { header: undefined, login: 'none' }
        : await untilAborted(authorizer.authorize(request), request.signal);
    const { header } = authorization;
    const response = await sendFollowing(this.#transport, {
      method: request.method,
      url,
      headers: { ...request.headers, ...(header === undefined ? {} : { authorization: header }) },
      body: request.body,
      signal: request.signal,
      insecure: this.#mayBeInsecure(),
    });
    return { response, authorization };
  }

  async #refusal(
    request: RegistryRequest,
    { response, authorization }: Exchange,
    connection: Connection,
  ): Promise<RegistryError> {
    const { said, codes } = await readRefusal(response);
    return refusalError(
      {
        repository: { host: this.host, path: request.repository.path },
        access: request.access,
        subject: request.subject,
        login: authorization.login,
      },
      {
        status: response.status,
        said: connection.authorizer.redact(said),
        codes,
        retryAfter: retryAfter(response.headers),
      },
    );
  }

  #connected(): Promise<Connection> {
    if (this.#connection === undefined) {
      const connection = this.#connect();
      this.#connection = connection;
      connection.then(
        () => {
          this.#isConnected = true;
        },
        () => {
          this.#connection = undefined;
        },
      );
    }
    return this.#connection;
  }

  /**
   * What refuses connections before it ever answered is not there, and will not be: it is tried once more, at once. Later on a registry that
   * refuses is one that starts anew, which is worth all tries.
   */
  async #connect(): Promise<Connection> {
    const { attempts = 2, firstDelay = REFUSED_PAUSE } = this.#options.retry ?? {};
    try {
      return await this.#contact();
    } catch (error) {
      if (!isRefused(error) || attempts < 2) throw error;
    }
    await sleep(Math.min(firstDelay, REFUSED_PAUSE));
    try {
      return await this.#contact();
    } catch (error) {
      // Of this machine one protocol's refusal is enough.
      const both = this.#mayBeInsecure() && !isLoopback(this.host);
      throw isRefused(error) ? neverThere(error, both) : error;
    }
  }

  /** First contact (OCI distribution-spec 1.1, "Determining Support"): tells TLS from plain HTTP and how to sign in. */
  async #contact(): Promise<Connection> {
    if (isLoopback(this.host)) return this.#contactHere();
    const insecure = this.#mayBeInsecure();
    try {
      return await this.#ping('https', insecure);
    } catch (error) {
      if (!insecure || !isUnreachable(error)) throw error;
      const plain = await this.#ping('http', insecure);
      // It was there, and only failed for a moment.
      if (wantsTls(plain.status)) throw error;
      return plain;
    }
  }

  /** On this machine most registries speak plain HTTP, which protects as much here. Nothing secret is sent before the answer. */
  async #contactHere(): Promise<Connection> {
    try {
      const plain = await this.#ping('http', true);
      if (!wantsTls(plain.status)) return plain;
    } catch (error) {
      if (!isUnreachable(error) || isRefused(error)) throw error;
    }
    return await this.#ping('https', true);
  }

  async #ping(
    protocol: 'http' | 'https',
    insecure: boolean,
  ): Promise<Connection & { readonly status: number }> {
    const origin = originOf(protocol, this.host);
    const response = await this.#transport.send({ method: 'GET', url: new URL('/v2/', origin), insecure });
    const authorizer = createAuthorizer({
      host: this.host,
      origin,
      mayBeInsecure: (host) => mayBeInsecure(host, this.#options),
      transport: this.#transport,
      credentials: this.#options.credentials,
      onNotice: this.#options.onNotice,
    });
    if (response.status === 401) authorizer.challenged(response.headers['www-authenticate']);
    await discard(response);
    return { origin, authorizer, status: response.status };
  }

  #mayBeInsecure(): boolean {
    return mayBeInsecure(this.host, this.#options);
  }
}

function originOf(protocol: 'http' | 'https', host: string): URL {
  return new URL(`${protocol}://${apiHost(host)}`);
}

/** Redirects have been followed by then. */
function isDone({ accept }: RegistryRequest, { response }: Exchange): boolean {
  return accept.includes(response.status) && response.status < 300;
}

/** What came of an early request, where it would be sent again just as it was. */
async function keptOf(
  early: EarlyExchange,
  { origin, authorizer }: Connection,
): Promise<Exchange | undefined> {
  const { exchange } = early;
  const isSame = early.origin.href === origin.href;
  if (exchange === undefined) {
    if (isSame) throw early.error;
    return undefined;
  }
  if (isSame && !authorizer.isChallenged) return exchange;
  await discard(exchange.response);
  return undefined;
}

/** A final error that tells what was tried. */
function neverThere(error: RegistryError, both: boolean): RegistryError {
  return new RegistryError({
    code: 'REGISTRY_UNREACHABLE',
    message: `${error.message} (tried twice${both ? ', with TLS and with plain HTTP' : ''})`,
    hint: 'Nothing listens there: check the address with its port, proxy settings, and whether the registry runs.',
    cause: error.cause,
  });
}

function mayBeInsecure(host: string, { insecureHosts = [] }: RegistryOptions): boolean {
  return isLoopback(host) || insecureHosts.some((listed) => listed.toLowerCase() === host.toLowerCase());
}

function isUnreachable(error: unknown): boolean {
  return error instanceof RegistryError && error.code === 'REGISTRY_UNREACHABLE';
}

/** What servers that speak TLS answer to plain HTTP. */
function wantsTls(status: number): boolean {
  return status === 400 || status === 426;
}

function leavesTls(from: URL, to: URL): boolean {
  return from.protocol === 'https:' && to.protocol === 'http:' && from.hostname !== to.hostname;
}
