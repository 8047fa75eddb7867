import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BodyFault, CacheServiceBlobs } from './cache-service-blobs.ts';

/** As in the `ac` claim of a job's token. 1 reads, 2 writes, 3 both. */
export interface Scope {
  readonly Scope: string;
  readonly Permission: number;
}

export interface CacheEntry {
  readonly id: number;
  readonly repository: string;
  readonly scope: string;
  readonly key: string;
  readonly version: string;
  readonly blob: string;
  size: number;
  finalized: boolean;
  createdAt: number;
  accessedAt: number;
}

/** A status to answer at once, `drop` to cut the connection, `lose` to do so once all is done, or what to do to a downloaded body. */
export type Fault = number | 'drop' | 'lose' | BodyFault | undefined;

export interface CacheServiceOptions {
  readonly dir: string;
  /** Repository quota in bytes, enforced by evict(); documented: 10 GiB. */
  readonly limit?: number;
  /** Unused entries go after this many milliseconds; documented: 7 days. */
  readonly retention?: number;
  /** Documented: 200 per repository. */
  readonly uploadsPerMinute?: number;
  /** Milliseconds a signed URL lives; seen on the real service: 10 minutes. */
  readonly urlLife?: number;
  /** Milliseconds a reservation that is never finalized blocks its key; told by GitHub's staff: up to 24 h. */
  readonly reservationLife?: number;
  readonly now?: () => number;
  readonly fault?: (operation: string, req: IncomingMessage) => Fault;
  /** What an operation waits for before it is done. */
  readonly hold?: (operation: string) => Promise<void> | undefined;
}

interface Token {
  readonly scopes: readonly Scope[];
  readonly repository: string;
}

const TWIRP = '/twirp/github.actions.results.api.v1.CacheService/';
const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * The GitHub Actions cache service, version 2, on the loopback: entries with keys, versions and scopes, prefix matches, reservations,
 * conflicts, read-only tokens, rate limit, expiring URLs, least-recently-used eviction, and the REST calls that list and delete.
 * The unmodified @actions/cache passes against it.
 */
export class CacheService implements AsyncDisposable {
  readonly entries = new Map<number, CacheEntry>();
  /** How often each operation was called, e.g. `CreateCacheEntry`, `PUT blob`, `PUT blob block`, `GET blob`. */
  calls: Record<string, number> = {};
  readonly blobs: CacheServiceBlobs;
  url = '';
  readonly #options: CacheServiceOptions;
  readonly #uploads = new Map<string, number[]>();
  readonly #secret = randomUUID();
  #nextId = 1;
  #server: Server | undefined;

  constructor(options: CacheServiceOptions) {
    this.#options = options;
    this.blobs = new CacheServiceBlobs(options.dir);
  }

  async start(): Promise<this> {
    await mkdir(this.#options.dir, { recursive: true });
    const server = createServer((req, res) => {
      this.#handle(req, res).catch((error: unknown) =>
        answer(res, reply(500, { code: 'internal', msg: String(error) })),
      );
    });
    server.requestTimeout = 0;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise<void>((resolve) =>
      this.#server === undefined ? resolve() : this.#server.close(() => resolve()),
    );
    await rm(this.#options.dir, { recursive: true, force: true });
  }

  /** Environment of a job whose token grants these scopes, most specific first. */
  environment(scopes: readonly Scope[], repository = '1'): Record<string, string> {
    return {
      ACTIONS_CACHE_SERVICE_V2: 'True',
      ACTIONS_RESULTS_URL: this.url,
      ACTIONS_CACHE_URL: this.url,
      ACTIONS_RUNTIME_TOKEN: this.token(scopes, repository),
      GITHUB_SERVER_URL: 'https://github.com',
    };
  }

  token(scopes: readonly Scope[], repository = '1', lifeSeconds = 6 * 3600): string {
    const now = Math.floor(this.#now() / 1000);
    const claims = {
      ac: JSON.stringify(scopes),
      repository_id: repository,
      nbf: now - 60,
      exp: now + lifeSeconds,
    };
    const body = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64(claims)}`;
    return `${body}.${this.#hmac(body)}`;
  }

  /** Keys of the finished entries in a scope (all scopes when not given), oldest first. */
  keys(scope?: string): readonly string[] {
    const finished = [...this.entries.values()].filter((entry) => entry.finalized);
    return finished.filter((entry) => scope === undefined || entry.scope === scope).map((entry) => entry.key);
  }

  /** Removes entries, as an eviction or a user with the REST API would. */
  async delete(matches: (entry: CacheEntry) => boolean): Promise<number> {
    const gone = [...this.entries.values()].filter(matches);
    for (const entry of gone) await this.#drop(entry);
    return gone.length;
  }

  /** The real service does this about hourly. Returns the evicted keys, least recently used first. */
  async evict(limit = this.#options.limit ?? 10 * 1024 ** 3): Promise<readonly string[]> {
    const finished = [...this.entries.values()].filter((entry) => entry.finalized);
    const oldest = finished.sort((a, b) => a.accessedAt - b.accessedAt || a.id - b.id);
    let total = oldest.reduce((sum, entry) => sum + entry.size, 0);
    const gone: string[] = [];
    for (const entry of oldest) {
      if (total <= limit) break;
      total -= entry.size;
      gone.push(entry.key);
      await this.#drop(entry);
    }
    return gone;
  }

  async #handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    // Absolute-form requests too: the emulator can stand in as http_proxy.
    const url = new URL(req.url ?? '/', this.url);
    const blob = /\/actions-cache\/([\w-]+)$/.exec(url.pathname)?.[1];
    const operation = nameOf(req, url, blob);
    this.calls[operation] = (this.calls[operation] ?? 0) + 1;
    await this.#options.hold?.(operation);
    const fault = this.#options.fault?.(operation, req);
    if (fault === 'drop') {
      req.socket.destroy();
      return;
    }
    if (typeof fault === 'number') {
      req.resume();
      answer(
        res,
        reply(fault, { code: 'unavailable', msg: 'injected' }, fault === 429 ? { 'retry-after': '1' } : {}),
      );
      return;
    }
    if (blob !== undefined) {
      const signed = this.#signed(blob, req.method === 'PUT' ? 'w' : 'r', url.searchParams);
      const bodyFault = fault === 'lose' ? undefined : fault;
      await this.blobs.handle(req, res, blob, url.searchParams, signed, bodyFault);
      return;
    }
    let text = '';
    for await (const chunk of req) text += String(chunk);
    const result = url.pathname.startsWith(TWIRP)
      ? await this.#call(operation, req, text)
      : await this.#rest(req, url);
    if (fault === 'lose') req.socket.destroy();
    else answer(res, result);
  }

  async #call(operation: string, req: IncomingMessage, text: string): Promise<Reply> {
    const token = this.#authenticate(req);
    if (token === undefined) return reply(401, { code: 'unauthenticated', msg: 'bad or expired token' });
    await this.#expire();
    const call = JSON.parse(text === '' ? '{}' : text) as Call;
    if (operation === 'GetCacheEntryDownloadURL') return this.#find(token, call);
    if (operation === 'CreateCacheEntry') return this.#reserve(token, call);
    if (operation === 'FinalizeCacheEntryUpload') return this.#finalize(token, call);
    return reply(404, { code: 'bad_route', msg: operation });
  }

  #find(token: Token, call: Call): Reply {
    const scopes = token.scopes.filter((scope) => scope.Permission & 1).map((scope) => scope.Scope);
    if (scopes.length === 0) {
      const msg = 'cache read denied: token has no readable scopes';
      return reply(403, { code: 'permission_denied', msg });
    }
    const entry = this.#match(
      token.repository,
      scopes,
      [call.key, ...(call.restore_keys ?? [])],
      call.version,
    );
    if (entry === undefined) return reply(200, { ok: false });
    entry.accessedAt = this.#now();
    return reply(200, { ok: true, signed_download_url: this.#sign(entry.blob, 'r'), matched_key: entry.key });
  }

  #reserve(token: Token, call: Call): Reply {
    const scope = writable(token);
    if (scope === undefined) return reply(200, WRITE_DENIED);
    if (this.#own(token, scope, call) !== undefined) {
      const msg = 'cache entry with the same key, version, and scope already exists';
      return reply(409, { code: 'already_exists', msg });
    }
    const now = this.#now();
    const recent = (this.#uploads.get(token.repository) ?? []).filter((time) => time > now - MINUTE);
    if (recent.length >= (this.#options.uploadsPerMinute ?? 200)) {
      const wait = Math.ceil((recent[0]! + MINUTE - now) / 1000);
      return reply(
        429,
        { code: 'resource_exhausted', msg: 'rate limit exceeded' },
        { 'retry-after': String(wait) },
      );
    }
    this.#uploads.set(token.repository, [...recent, now]);
    const id = this.#nextId++;
    const blob = this.blobs.create();
    const { repository } = token;
    const { key, version } = call;
    this.entries.set(id, {
      id,
      repository,
      scope,
      key,
      version,
      blob,
      size: 0,
      finalized: false,
      createdAt: now,
      accessedAt: now,
    });
    return reply(200, { ok: true, signed_upload_url: this.#sign(blob, 'w') });
  }

  #finalize(token: Token, call: Call): Reply {
    const scope = writable(token);
    if (scope === undefined) return reply(200, WRITE_DENIED);
    const entry = this.#own(token, scope, call);
    const size = entry === undefined ? undefined : this.blobs.size(entry.blob);
    if (entry === undefined || entry.finalized || size === undefined) {
      return reply(404, { code: 'not_found', msg: 'no upload to finalize' });
    }
    if (size !== Number(call.size_bytes)) {
      return reply(400, {
        code: 'invalid_argument',
        msg: `size ${call.size_bytes} does not match ${size}`,
      });
    }
    entry.size = size;
    entry.finalized = true;
    entry.createdAt = entry.accessedAt = this.#now();
    return reply(200, { ok: true, entry_id: String(entry.id) });
  }

  /** Documented order: for each scope, for each key: exact match, then the newest entry that starts with it. */
  #match(
    repository: string,
    scopes: readonly string[],
    keys: readonly string[],
    version: string,
  ): CacheEntry | undefined {
    for (const scope of scopes) {
      const candidates = [...this.entries.values()]
        .filter(
          (e) => e.finalized && e.repository === repository && e.scope === scope && e.version === version,
        )
        .sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
      for (const key of keys) {
        const found = candidates.find((e) => e.key === key) ?? candidates.find((e) => e.key.startsWith(key));
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  #own(token: Token, scope: string, call: Call): CacheEntry | undefined {
    return [...this.entries.values()].find(
      (e) =>
        e.repository === token.repository &&
        e.scope === scope &&
        e.key === call.key &&
        e.version === call.version,
    );
  }

  async #expire(): Promise<void> {
    const { retention = 7 * DAY, reservationLife = DAY } = this.#options;
    const now = this.#now();
    await this.delete((entry) =>
      entry.finalized ? entry.accessedAt + retention < now : entry.createdAt + reservationLife < now,
    );
  }

  async #drop(entry: CacheEntry): Promise<void> {
    this.entries.delete(entry.id);
    await this.blobs.delete(entry.blob);
  }

  async #rest(req: IncomingMessage, url: URL): Promise<Reply> {
    const match = /^\/repos\/[^/]+\/[^/]+\/actions\/caches(?:\/(\d+))?$/.exec(url.pathname);
    if (match === null) return reply(404, { message: 'Not Found' });
    if (req.method === 'DELETE') {
      const gone = await this.delete((entry) => entry.id === Number(match[1]));
      if (gone === 0) return reply(404, { message: 'Not Found' });
      return reply(204, undefined);
    }
    const query = url.searchParams;
    const rows = [...this.entries.values()].filter(
      (e) =>
        e.finalized && e.key.startsWith(query.get('key') ?? '') && (query.get('ref') ?? e.scope) === e.scope,
    );
    const perPage = Math.min(Number(query.get('per_page') ?? 30), 100);
    const page = rows.slice((Number(query.get('page') ?? 1) - 1) * perPage).slice(0, perPage);
    return reply(200, { total_count: rows.length, actions_caches: page.map(restView) });
  }

  #authenticate(req: IncomingMessage): Token | undefined {
    const [header, payload, signature] = (req.headers.authorization ?? '').replace(/^Bearer /, '').split('.');
    if (header === undefined || payload === undefined || this.#hmac(`${header}.${payload}`) !== signature) {
      return undefined;
    }
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    if (claims.exp * 1000 < this.#now()) return undefined;
    return { scopes: JSON.parse(claims.ac), repository: claims.repository_id };
  }

  #sign(blob: string, permission: 'r' | 'w'): string {
    const expires = this.#now() + (this.#options.urlLife ?? 10 * MINUTE);
    const signature = this.#hmac(`${blob}|${permission}|${expires}`);
    return `${this.url}devstoreaccount1/actions-cache/${blob}?se=${expires}&sp=${permission}&sr=b&sv=2025-11-05&sig=${signature}`;
  }

  #signed(blob: string, permission: 'r' | 'w', query: URLSearchParams): boolean {
    const expected = Buffer.from(this.#hmac(`${blob}|${permission}|${query.get('se')}`));
    const given = Buffer.from(query.get('sig') ?? '');
    const same = given.length === expected.length && timingSafeEqual(given, expected);
    return same && Number(query.get('se')) > this.#now();
  }

  #hmac(text: string): string {
    return createHmac('sha256', this.#secret).update(text).digest('base64url');
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }
}

interface Call {
  readonly key: string;
  readonly version: string;
  readonly restore_keys?: readonly string[];
  readonly size_bytes?: string;
}

const WRITE_DENIED = { ok: false, message: 'cache write denied: token has no writable scopes' };

function writable(token: Token): string | undefined {
  return token.scopes.find((scope) => scope.Permission & 2)?.Scope;
}

function nameOf(req: IncomingMessage, url: URL, blob: string | undefined): string {
  if (url.pathname.startsWith(TWIRP)) return url.pathname.slice(TWIRP.length);
  const kind = url.searchParams.get('comp');
  if (blob !== undefined) return `${req.method} blob${kind === null ? '' : ` ${kind}`}`;
  return `${req.method} ${url.pathname.replace(/^\/repos\/[^/]+\/[^/]+/, '').replace(/\/\d+$/, '/:id')}`;
}

interface Reply {
  readonly status: number;
  /** undefined: none. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

function reply(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, body, headers };
}

function answer(res: ServerResponse, { status, body, headers }: Reply): void {
  if (res.headersSent) res.destroy();
  else if (body === undefined) res.writeHead(status, headers).end();
  else res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function restView(entry: CacheEntry): Record<string, unknown> {
  return {
    id: entry.id,
    ref: entry.scope,
    key: entry.key,
    version: entry.version,
    last_accessed_at: new Date(entry.accessedAt).toISOString(),
    created_at: new Date(entry.createdAt).toISOString(),
    size_in_bytes: entry.size,
  };
}
