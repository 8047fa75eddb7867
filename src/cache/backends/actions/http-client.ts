import * as http from 'node:http';
import * as https from 'node:https';
import pRetry from 'p-retry';
import { BuildError, reasonOf } from '../../../base/errors.ts';
import { isNobodyThere } from '../../../base/nobody-there.ts';
import { ACTIONS_CACHE_VARIABLES, type ActionsCacheEnvironment } from './environment.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly signal?: AbortSignal | undefined;
}

/** A response whose body has not been read yet. It has to be: the connection is held until then. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: http.IncomingMessage;
}

/** Milliseconds without a byte until a request is given up. */
const IDLE = 30_000;
/** Tries after the first, for what may pass by itself. */
const RETRIES = 3;
/** Milliseconds before the second try; twice that before the third. */
const FIRST_DELAY = 200;
const LONGEST_ANSWER = 1024 * 1024;
const SILENCE = 'ETIMEDOUT';

/** Requests to the cache service and to the storage behind it. URLs never appear in messages: the storage's hold a signature. */
export class HttpClient implements Disposable {
  readonly #http: http.Agent;
  readonly #https: https.Agent;

  constructor(environment: ActionsCacheEnvironment) {
    // Agents follow these from Node 24.5 on (and 22.21).
    const proxyEnv = Object.fromEntries(
      ACTIONS_CACHE_VARIABLES.filter((name) => /_proxy$/i.test(name)).map((name) => [
        name,
        environment[name],
      ]),
    );
    const options = { keepAlive: true, maxSockets: 16, proxyEnv };
    this.#http = new http.Agent(options);
    this.#https = new https.Agent(options);
  }

  /** @throws BuildError `ACTIONS_CACHE_UNREACHABLE` when no answer came */
  send(request: HttpRequest): Promise<HttpResponse> {
    const url = URL.parse(request.url);
    if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
      return Promise.reject(
        cacheServiceError('ACTIONS_CACHE_FAILED', 'the cache service names no valid URL'),
      );
    }
    const { method, body, signal } = request;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const headers = { 'user-agent': 'ts-image-build', ...length, ...request.headers };
    const options = { method, headers, timeout: IDLE, ...(signal === undefined ? {} : { signal }) };
    return new Promise((resolve, reject) => {
      const sent =
        url.protocol === 'https:'
          ? https.request(url, { ...options, agent: this.#https })
          : http.request(url, { ...options, agent: this.#http });
      sent.on('timeout', () => sent.destroy(silence()));
      sent.on('error', (cause) => reject(unreachable(url.hostname, cause)));
      sent.on('response', (message) => {
        resolve({ status: message.statusCode ?? 0, headers: message.headers, body: message });
      });
      sent.end(body);
    });
  }

  [Symbol.dispose](): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}

/**
 * The body as bytes.
 * @throws BuildError `ACTIONS_CACHE_UNREACHABLE` when it breaks off, `ACTIONS_CACHE_FAILED` when it is longer than `most`
 */
export async function bodyOf(response: HttpResponse, most = LONGEST_ANSWER): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw unreachable('the cache service', cause);
  }
  if (size > most)
    throw cacheServiceError('ACTIONS_CACHE_TOO_LONG', `an answer is longer than ${most} bytes`);
  return Buffer.concat(chunks);
}

/** Frees the connection of a response whose body is of no interest. */
export function discard(response: HttpResponse): void {
  response.body.on('error', () => undefined);
  response.body.resume();
}

/**
 * Does `work` again, with growing pauses, as long as it fails in a way that may pass; only once when nothing listens there, the host has no
 * address, or it was waited for long enough.
 */
export function withRetries<T>(
  work: () => Promise<T>,
  signal: AbortSignal | undefined,
  firstDelay = FIRST_DELAY,
): Promise<T> {
  return pRetry(work, {
    retries: RETRIES,
    minTimeout: firstDelay,
    randomize: true,
    ...(signal === undefined ? {} : { signal }),
    shouldRetry: ({ error, attemptNumber }) =>
      error instanceof BuildError &&
      error.code === 'ACTIONS_CACHE_UNREACHABLE' &&
      attemptNumber <= (isNobodyThere(error) || isSilent(error) ? 1 : RETRIES),
  });
}

function silence(): Error {
  return Object.assign(new RangeError(`no answer for ${IDLE / 1000} seconds`), { code: SILENCE });
}

/** Ours, and the operating system's for a connection that does not come about. */
function isSilent({ cause }: BuildError): boolean {
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === SILENCE;
}

export type CacheServiceErrorCode =
  /** May pass: no connection, a broken one, a 5xx. */
  | 'ACTIONS_CACHE_UNREACHABLE'
  /** The other side does not speak this protocol. */
  | 'ACTIONS_CACHE_UNKNOWN_PROTOCOL'
  /** More bytes came than were to be read. */
  | 'ACTIONS_CACHE_TOO_LONG'
  | 'ACTIONS_CACHE_FAILED';

export function cacheServiceError(code: CacheServiceErrorCode, message: string, cause?: unknown): BuildError {
  return new BuildError({ kind: 'remote', code, message, cause });
}

function unreachable(host: string, cause: unknown): BuildError {
  return cacheServiceError(
    'ACTIONS_CACHE_UNREACHABLE',
    `${host} cannot be reached: ${reasonOf(cause)}`,
    cause,
  );
}
