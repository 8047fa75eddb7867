import {
  type AgentOptions,
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { reasonOf } from '../../base/errors.ts';
import { RegistryError } from '../errors.ts';
import { isLoopback } from '../host.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Bytes, or a way to get them (again, when a request has to be sent twice). */
export type RequestBody = Uint8Array | (() => Promise<AsyncIterable<Uint8Array>>);

export interface HttpRequest {
  readonly method: Method;
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: RequestBody | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Accept any certificate. */
  readonly insecure?: boolean | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Where the answer came from, after redirects. */
  readonly url: URL;
  /** Has to be read to its end or destroyed. */
  readonly body: IncomingMessage;
}

export interface TransportOptions {
  readonly userAgent: string;
  /** HTTP_PROXY, HTTPS_PROXY and NO_PROXY (any case), as in the environment. */
  readonly proxyEnv?: Readonly<Record<string, string | undefined>> | undefined;
  /** PEM certificates trusted besides the built-in ones. */
  readonly ca?: readonly string[] | undefined;
  /** Milliseconds without a byte in either direction until a request is given up. Default 180,000. */
  readonly idleTimeout?: number | undefined;
}

/** One HTTP exchange at a time: no redirects, no retries, no authentication. */
export interface Transport {
  /**
   * @throws RegistryError `REGISTRY_UNREACHABLE` (temporary) when there is no answer; whatever the body's source throws
   */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** Closes all connections. */
  close(): void;
}

const IDLE_TIMEOUT = 180_000;
/** Milliseconds until a connection must stand. */
const CONNECT_TIMEOUT = 30_000;
/** Connections to one origin; more does not make a registry faster. */
const MAX_SOCKETS = 16;

export function createTransport(options: TransportOptions): Transport {
  const routes = new Routes(options);
  return {
    send: async (request) => exchange(request, await routes.for(request), options),
    close: () => routes.close(),
  };
}

/** True when this Node's agents read proxy settings (since 22.21 and 24.5). */
export function agentsKnowProxies(version = process.versions.node): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
}

/** The agent of a URL, and what sends through it. */
interface Route {
  readonly agent: HttpAgent | HttpsAgent;
  readonly send: typeof httpRequest;
}

/** Connections that are kept for the next request. */
class Routes {
  readonly #options: TransportOptions;
  readonly #routes = new Map<string, Promise<Route>>();
  readonly #agents: (HttpAgent | HttpsAgent)[] = [];

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  for({ url, insecure = false }: HttpRequest): Promise<Route> {
    const local = isLoopback(url.host);
    const plain = url.protocol === 'http:';
    const checked = !plain && !insecure;
    const name = `${plain} ${checked} ${local && !checked}`;
    const known = this.#routes.get(name);
    if (known !== undefined) return known;
    // As in Go, and so in all other container tools: no proxy for this machine itself.
    const settings = this.#settings(local && !checked);
    const route = plain ? this.#plain(settings) : this.#secure(settings, checked);
    this.#routes.set(name, route);
    return route;
  }

  close(): void {
    for (const agent of this.#agents) agent.destroy();
  }

  #settings(direct: boolean): AgentOptions {
    const { proxyEnv } = this.#options;
    const common = { keepAlive: true, maxSockets: MAX_SOCKETS, scheduling: 'lifo' as const };
    return direct || proxyEnv === undefined ? common : { ...common, proxyEnv: { ...proxyEnv } };
  }

  async #plain(settings: AgentOptions): Promise<Route> {
    const agent = new HttpAgent(settings);
    this.#agents.push(agent);
    return { agent, send: httpRequest };
  }

  /** TLS takes as long to load as all else that a request needs: only for who speaks it. */
  async #secure(settings: AgentOptions, checked: boolean): Promise<Route> {
    const { Agent, request } = await import('node:https');
    const agent = new Agent({
      ...settings,
      ...(checked ? await this.#trust() : { rejectUnauthorized: false }),
    });
    this.#agents.push(agent);
    return { agent, send: request };
  }

  async #trust(): Promise<{ readonly ca?: string[] }> {
    const { ca } = this.#options;
    if (ca === undefined) return {};
    const { getCACertificates } = await import('node:tls');
    return { ca: [...getCACertificates('default'), ...ca] };
  }
}

async function exchange(
  request: HttpRequest,
  { agent, send }: Route,
  options: TransportOptions,
): Promise<HttpResponse> {
  request.signal?.throwIfAborted();
  const { body } = request;
  const source = typeof body === 'function' ? Readable.from(await body(), { objectMode: false }) : undefined;
  const idle = options.idleTimeout ?? IDLE_TIMEOUT;
  return new Promise((resolve, reject) => {
    const outgoing = send(request.url, {
      agent,
      method: request.method,
      headers: {
        'user-agent': options.userAgent,
        // Compressed transfer would change the bytes that digests are of.
        'accept-encoding': 'identity',
        ...request.headers,
      },
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
    const fail = (error: unknown): void => {
      source?.destroy();
      outgoing.destroy();
      reject(request.signal?.aborted === true ? request.signal.reason : error);
    };
    outgoing.on('socket', (socket) => limitConnecting(outgoing, socket));
    outgoing.setTimeout(idle, () => outgoing.destroy(timedOut(`no byte for ${idle / 1000} s`)));
    outgoing.on('error', (cause: NodeJS.ErrnoException) => fail(unreachable(request.url, cause)));
    outgoing.on('response', (incoming) => {
      // An answer that comes before the whole body was sent is the last word: a refusal.
      if (source !== undefined && !source.readableEnded) {
        source.unpipe(outgoing);
        source.destroy();
        incoming.on('close', () => outgoing.destroy());
      }
      // Errors are for the one who reads the body, if anyone still does.
      incoming.on('error', () => undefined);
      resolve({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        url: request.url,
        body: incoming,
      });
    });
    if (source === undefined) {
      outgoing.end(body);
    } else {
      source.on('error', fail);
      source.pipe(outgoing);
    }
  });
}

/** Node's own timeout begins only when the connection stands. */
function limitConnecting(outgoing: ClientRequest, socket: Socket): void {
  if (!socket.connecting) return;
  const timer = setTimeout(() => {
    outgoing.destroy(timedOut(`no connection within ${CONNECT_TIMEOUT / 1000} s`));
  }, CONNECT_TIMEOUT);
  const stop = (): void => clearTimeout(timer);
  socket.once('connect', stop);
  socket.once('close', stop);
}

function timedOut(message: string): Error {
  return Object.assign(new TypeError(message), { code: 'ETIMEDOUT' });
}

/** A failed exchange in words that help; shows no more of the URL than its host, since queries may hold signatures. */
export function unreachable(url: URL, cause: NodeJS.ErrnoException): RegistryError {
  const certificate = isCertificateError(cause);
  return new RegistryError({
    code: 'REGISTRY_UNREACHABLE',
    message: `${url.host} cannot be reached: ${reasonOf(cause) || (cause.code ?? 'connection failed')}`,
    hint: hintOf(url, cause),
    cause,
    temporary: !certificate && cause.code !== 'ENOTFOUND' && !isTlsError(cause),
  });
}

/** Whether nothing listened where an exchange was to go. */
export function isRefused(error: unknown): error is RegistryError {
  return error instanceof RegistryError && codeOf(error.cause) === 'ECONNREFUSED';
}

/** The other side does not speak TLS (or not a version that we do). */
export function isTlsError(cause: unknown): boolean {
  const code = codeOf(cause);
  return code === 'EPROTO' || code.startsWith('ERR_SSL_');
}

function isCertificateError(cause: unknown): boolean {
  const code = codeOf(cause);
  return code.startsWith('ERR_TLS_') || code.includes('CERT') || code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
}

function codeOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
}

function hintOf(url: URL, cause: NodeJS.ErrnoException): string | undefined {
  if (isCertificateError(cause)) {
    return `Give the registry's certificate authority with NODE_EXTRA_CA_CERTS, or list ${url.host} as an insecure registry.`;
  }
  if (isTlsError(cause)) return `If ${url.host} speaks plain HTTP, list it as an insecure registry.`;
  if (cause.code === 'ERR_PROXY_TUNNEL') return 'The proxy refused: check HTTPS_PROXY and NO_PROXY.';
  if (cause.code === 'ENOTFOUND') return `Check the host name, and the proxy settings if one is needed.`;
  return undefined;
}
