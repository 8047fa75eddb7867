import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import { BuildError, reasonOf, toBuildError } from '../../base/errors.ts';
import { isNobodyThere } from '../../base/nobody-there.ts';
import { type RetryAdvice, retry } from '../../base/retry.ts';
import type { ContentStore, StoredContent } from '../../image/content-store.ts';
import { parseDigest } from '../../image/digest.ts';
import type { FileTree, TreeNode } from '../../image/file-tree.ts';
import { decompress } from '../../image/layer/decompress.ts';
import { basicAuthorization } from './basic-authorization.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: AsyncIterable<Uint8Array> & { destroy?(): unknown };
}

/**
 * One exchange: no redirect is followed, the body is not decoded. Fails with an error when there is no answer.
 */
export type HttpGet = (request: {
  readonly method: 'GET';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}) => Promise<HttpAnswer>;

export interface HttpSource {
  readonly url: string;
  /** What the file is called. */
  readonly filename: string;
  /** Digest that the bytes must have. */
  readonly checksum?: string;
}

export interface HttpTreeOptions {
  readonly store: ContentStore;
  readonly get: HttpGet;
  readonly signal?: AbortSignal | undefined;
  /** Most bytes taken. Default 16 GiB. */
  readonly maxSize?: number;
  /** `Authorization` for a host (`example.com:8443`); what the address itself says goes first. */
  readonly authorization?: (host: string) => string | undefined;
  /** Waits before further attempts, milliseconds; see base/retry. */
  readonly firstDelay?: number;
}

const DEFAULT_MAX_SIZE = 16 * 1024 ** 3;
/** As Go's http.Client. */
const MOST_REDIRECTS = 10;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const TRANSIENT: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;
/** RFC 9110 section 5.6.7; what else Date.parse takes depends on where it runs. */
const HTTP_DATES = [
  /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
  /^[A-Z][a-z]+day, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT$/,
  ASCTIME,
];

/**
 * Downloads a file; it is the only one of the tree. As in BuildKit (source/http): mode 0600, owner 0:0, the time of
 * `Last-Modified`, or 0 where the server does not tell.
 * @throws BuildError `HTTP_STATUS`, `HTTP_UNREACHABLE`, `HTTP_REDIRECT` (kind remote), `BAD_URL`, `DIGEST_MISMATCH`,
 * `CONTENT_TOO_LARGE`, `BAD_COMPRESSION`
 */
export async function httpTree(source: HttpSource, options: HttpTreeOptions): Promise<FileTree> {
  const url = addressOf(source.url);
  const { stored, mtime } = await retry(() => download(url, source, options), {
    advice: adviceOf,
    signal: options.signal,
    firstDelay: options.firstDelay,
  });
  const node: TreeNode = {
    path: source.filename,
    type: 'file',
    mode: 0o600,
    uid: 0,
    gid: 0,
    size: stored.size,
    mtime,
    ...(stored.digest.startsWith('sha256:') ? { content: stored.digest } : {}),
  };
  return {
    name: shown(url),
    soleFile: node.path,
    lookup: async (path) => (path === node.path ? node : undefined),
    list: async (path) => (path === '' ? [node] : []),
    async *read(nodes) {
      for (const entry of nodes) yield { entry, body: await options.store.open(stored.digest) };
    },
  };
}

interface Downloaded {
  readonly stored: StoredContent;
  readonly mtime: number;
}

async function download(url: URL, source: HttpSource, options: HttpTreeOptions): Promise<Downloaded> {
  const answer = await follow(url, options);
  if (!holdsFile(answer.status)) {
    answer.body.destroy?.();
    throw new HttpError({
      code: 'HTTP_STATUS',
      message: `${shown(url)} was answered with an invalid response status ${answer.status}`,
      hint: hintFor(answer.status),
      temporary: TRANSIENT.has(answer.status),
      after: retryAfter(answer.headers['retry-after']),
    });
  }
  const expected = source.checksum === undefined ? {} : { digest: parseDigest(source.checksum) };
  const limit = options.maxSize ?? DEFAULT_MAX_SIZE;
  const stored = await options.store.put(contentOf(answer, url), { ...expected, limit });
  return { stored, mtime: lastModified(answer.headers['last-modified']) };
}

async function follow(start: URL, options: HttpTreeOptions): Promise<HttpAnswer> {
  let url = start;
  let credentials = credentialsOf(start, options);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const answer = await send(url, credentials, options);
    const location = REDIRECTS.has(answer.status) ? answer.headers.location : undefined;
    if (location === undefined) return answer;
    answer.body.destroy?.();
    const next = redirectTarget(asSent(location), url);
    // What one host may know is not for another, and nothing secret goes over a plain connection.
    if (next.host !== url.host || (url.protocol === 'https:' && next.protocol === 'http:')) {
      credentials = credentialsOf(next, options);
    }
    url = next;
  }
  throw new HttpError({
    code: 'HTTP_REDIRECT',
    message: `${shown(start)} was redirected more than ${MOST_REDIRECTS} times`,
  });
}

async function send(
  url: URL,
  authorization: string | undefined,
  { get, signal }: HttpTreeOptions,
): Promise<HttpAnswer> {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  try {
    return await get({
      method: 'GET',
      url: bare,
      headers: { accept: '*/*', ...(authorization === undefined ? {} : { authorization }) },
      signal,
    });
  } catch (cause) {
    signal?.throwIfAborted();
    throw unreachable(url, cause);
  }
}

function addressOf(text: string): URL {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  const bare = text.replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1');
  throw new BuildError({ kind: 'user', code: 'BAD_URL', message: `${bare} is not an http address` });
}

/** As BuildKit has it; but a part of the file, which nobody asked for, is not the file. */
function holdsFile(status: number): boolean {
  return status >= 200 && status < 300 && status !== 206;
}

/** Node gives headers byte by byte; servers that send more than ASCII in an address mean UTF-8. */
function asSent(header: string): string {
  const bytes = Buffer.from(header, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : header;
}

function redirectTarget(location: string, from: URL): URL {
  const url = URL.parse(location, from.href);
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  throw new HttpError({
    code: 'HTTP_REDIRECT',
    message: `${shown(from)} redirects to ${JSON.stringify(location)}, which is not an http address`,
  });
}

function credentialsOf(url: URL, options: HttpTreeOptions): string | undefined {
  if (url.username === '' && url.password === '') return options.authorization?.(url.host);
  return basicAuthorization(url);
}

/** Without what may be secret. */
function shown(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

/** Seconds since 1970; 0 for none and for what is no date. */
function lastModified(header = ''): number {
  const form = HTTP_DATES.find((each) => each.test(header));
  // The oldest form tells no zone and means the same one.
  const time = form === undefined ? Number.NaN : Date.parse(form === ASCTIME ? `${header} GMT` : header);
  return Number.isNaN(time) ? 0 : Math.floor(time / 1000);
}

/** Milliseconds (RFC 9110 section 10.2.3). */
function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const delay = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(delay) ? undefined : Math.max(0, delay);
}

/**
 * Some servers send what they keep packed whatever they are asked. The file is what was packed, as for Go's http.Client, which BuildKit fetches with;
 * that one knows gzip alone.
 */
function contentOf({ headers, body }: HttpAnswer, url: URL): AsyncIterable<Uint8Array> {
  const sent = withCause(body, url);
  return /^gzip$/i.test(headers['content-encoding'] ?? '') ? unpacked(sent, url) : sent;
}

async function* unpacked(sent: AsyncIterable<Uint8Array>, url: URL): AsyncGenerator<Uint8Array> {
  try {
    yield* decompress(sent, 'gzip');
  } catch (cause) {
    const { code, message } = toBuildError(cause);
    if (code !== 'BAD_COMPRESSION') throw cause;
    throw new HttpError({ code, message: `${shown(url)}, sent as gzip: ${message}`, cause });
  }
}

/** A connection that breaks off in the middle may be tried again; what the store says may not. */
async function* withCause(body: AsyncIterable<Uint8Array>, url: URL): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    throw unreachable(url, cause);
  }
}

function unreachable(url: URL, cause: unknown): HttpError {
  const why = reasonOf(cause);
  return new HttpError({
    code: 'HTTP_UNREACHABLE',
    message: `${shown(url)} cannot be fetched: ${why}`,
    temporary: mayPass(cause),
    cause,
  });
}

/** A host that is unknown or listens to nobody stays so, and a certificate stays as bad as it is (`temporary` of the transport's errors). */
function mayPass(cause: unknown): boolean {
  for (let error = cause; error instanceof Error; error = error.cause) {
    if ('temporary' in error && error.temporary === false) return false;
  }
  return !isNobodyThere(cause);
}

function hintFor(status: number): string | undefined {
  if (status === 401 || status === 403) return 'The server wants credentials, or other ones.';
  return status === 404 ? 'Check the address.' : undefined;
}

interface HttpErrorFacts {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly temporary?: boolean;
  /** Milliseconds that the server asked to wait. */
  readonly after?: number | undefined;
  readonly cause?: unknown;
}

class HttpError extends BuildError {
  readonly temporary: boolean;
  readonly after: number | undefined;

  constructor({ temporary = false, after, ...facts }: HttpErrorFacts) {
    super({ kind: 'remote', ...facts });
    this.temporary = temporary;
    this.after = after;
  }
}

function adviceOf(error: unknown): RetryAdvice | undefined {
  return error instanceof HttpError && error.temporary ? { after: error.after } : undefined;
}
