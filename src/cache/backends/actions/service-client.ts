import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from '../../../base/errors.ts';
import type { ActionsCacheEnvironment } from './environment.ts';
import { bodyOf, cacheServiceError, type HttpClient, withRetries } from './http-client.ts';

/** An entry that the service found: its key, and a URL that lives for about ten minutes. */
export interface LocatedEntry {
  readonly key: string;
  readonly url: string;
}

export type Reservation =
  | { readonly type: 'reserved'; readonly url: string }
  | { readonly type: 'exists' }
  | { readonly type: 'denied'; readonly reason: string }
  | { readonly type: 'limited'; readonly retryAfter: number; readonly reason: string }
  | { readonly type: 'failed'; readonly reason: string };

interface Answer {
  readonly status: number;
  /** Seconds; 0 when the service did not say. */
  readonly retryAfter: number;
  readonly data: Readonly<Record<string, unknown>>;
}

const SERVICE = 'twirp/github.actions.results.api.v1.CacheService/';
/** Hashed into the version of all entries: those of other formats and of other programs are never seen. */
const NAMESPACE = 'ts-image-build/1';
const LIMITED = 'the repository has had its 200 uploads of this minute';
/** Least and longest time that lookups wait when the service says that there were too many, together and once a job. Seconds. */
const LEAST_WAIT = 1;
const LONGEST_WAIT = 20;
const WRITE_DENIED = 'cache write denied:';
/** What those who stand before the service answer in its place, with a page: a login, a refusal, too many requests. */
const OF_PROXIES: ReadonlySet<number> = new Set([401, 403, 407, 429]);

/** Version 2 of GitHub's cache service: Twirp calls with JSON bodies (the service of @actions/cache 4 and later). */
export class ServiceClient {
  readonly #http: HttpClient;
  readonly #base: string;
  readonly #authorization: string;
  /** Milliseconds since 1970. */
  #waitUntil: number | undefined;
  readonly #version = createHash('sha256').update(NAMESPACE).digest('hex');

  constructor(http: HttpClient, environment: ActionsCacheEnvironment) {
    this.#http = http;
    this.#base = (environment.ACTIONS_RESULTS_URL ?? '').replace(/\/?$/, '/');
    this.#authorization = `Bearer ${environment.ACTIONS_RUNTIME_TOKEN ?? ''}`;
  }

  /**
   * The entry with this key or else the newest whose key begins so; scope by scope, as the service orders them.
   * @throws BuildError `ACTIONS_CACHE_UNREACHABLE`, `ACTIONS_CACHE_UNKNOWN_PROTOCOL`, `ACTIONS_CACHE_FAILED`
   */
  async locate(key: string, signal?: AbortSignal): Promise<LocatedEntry | undefined> {
    const request = { key, restore_keys: [], version: this.#version };
    let answer = await this.#call('GetCacheEntryDownloadURL', request, signal);
    if (answer.status === 429 && answer.retryAfter <= LONGEST_WAIT) {
      this.#waitUntil ??= Date.now() + 1000 * Math.max(LEAST_WAIT, answer.retryAfter);
      await sleep(Math.max(0, this.#waitUntil - Date.now()), undefined, { signal });
      answer = await this.#call('GetCacheEntryDownloadURL', request, signal);
    }
    const { status, data } = answer;
    if (status !== 200) throw refused('a lookup', status, data);
    if (data['ok'] !== true) return undefined;
    const url = textOf(data, 'signed_download_url');
    const matched = textOf(data, 'matched_key');
    if (url === '' || matched === '') throw unknownProtocol('a lookup without a URL');
    return { key: matched, url };
  }

  /** Takes the key for this job; nobody else can write it from now on. Never throws. */
  async reserve(key: string, signal?: AbortSignal): Promise<Reservation> {
    try {
      const { status, retryAfter, data } = await this.#call(
        'CreateCacheEntry',
        { key, version: this.#version },
        signal,
      );
      const message = textOf(data, 'message') || textOf(data, 'msg');
      if (status === 409) return { type: 'exists' };
      if (status === 429) return { type: 'limited', retryAfter, reason: LIMITED };
      if (message.startsWith(WRITE_DENIED)) return { type: 'denied', reason: message };
      const url = textOf(data, 'signed_upload_url');
      if (status === 200 && data['ok'] === true && url !== '') return { type: 'reserved', url };
      return { type: 'failed', reason: refused('a new entry', status, data).message };
    } catch (error) {
      return { type: 'failed', reason: reasonOf(error) };
    }
  }

  /**
   * Makes an uploaded entry visible.
   * @throws BuildError as `locate`
   */
  async finalize(key: string, size: number, signal?: AbortSignal): Promise<void> {
    const request = { key, version: this.#version, size_bytes: String(size) };
    const { status, data } = await this.#call('FinalizeCacheEntryUpload', request, signal);
    if (status !== 200 || data['ok'] !== true) throw refused('the end of an upload', status, data);
  }

  #call(method: string, request: object, signal: AbortSignal | undefined): Promise<Answer> {
    return withRetries(async () => {
      const response = await this.#http.send({
        method: 'POST',
        url: this.#base + SERVICE + method,
        headers: { authorization: this.#authorization, 'content-type': 'application/json' },
        body: JSON.stringify(request),
        signal,
      });
      const data = parseObject((await bodyOf(response)).toString('utf8'));
      const { status } = response;
      if (status >= 500 || status === 408) {
        throw cacheServiceError(
          'ACTIONS_CACHE_UNREACHABLE',
          `the cache service answered with status ${status}`,
        );
      }
      // A server that has no such service answers with a page of its own, not with a Twirp error, which is a JSON object.
      if (data === undefined && !OF_PROXIES.has(status))
        throw unknownProtocol(`status ${status} and no JSON`);
      return { status, retryAfter: seconds(response.headers['retry-after']), data: data ?? {} };
    }, signal);
  }
}

/** The fields come in snake case; protobuf's JSON mapping allows for camel case too. */
function textOf(data: Readonly<Record<string, unknown>>, name: string): string {
  const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const value = data[name] ?? data[camel];
  return typeof value === 'string' ? value : '';
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Retry-After in seconds or as a date (RFC 9110, 10.2.3). */
function seconds(header: string | undefined): number {
  if (header === undefined) return 0;
  if (/^\d+$/.test(header)) return Number(header);
  const time = Date.parse(header);
  return Number.isNaN(time) ? 0 : Math.max(0, Math.ceil((time - Date.now()) / 1000));
}

function refused(what: string, status: number, data: Readonly<Record<string, unknown>>): Error {
  const said = textOf(data, 'msg') || textOf(data, 'message');
  if (status === 404 && textOf(data, 'code') === 'bad_route') return unknownProtocol('no such call');
  const text = `the cache service refused ${what} (status ${status}${said === '' ? '' : `: ${said}`})`;
  return cacheServiceError('ACTIONS_CACHE_FAILED', text);
}

function unknownProtocol(answer: string): Error {
  const text = `the cache service does not speak version 2 of the protocol (it answered with ${answer})`;
  return cacheServiceError('ACTIONS_CACHE_UNKNOWN_PROTOCOL', text);
}
