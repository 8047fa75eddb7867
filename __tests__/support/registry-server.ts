import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface RegistryServerOptions {
  readonly auth?: 'none' | 'basic' | 'bearer';
  /** Names to passwords. Default: `user` with `correct horse`. */
  readonly users?: Readonly<Record<string, string>>;
  /** With bearer: anonymous tokens may pull. Default true. */
  readonly anonymousPull?: boolean;
  /** Users that may pull only (with bearer). */
  readonly readers?: readonly string[];
  /** Refresh tokens that the token endpoint takes by POST. */
  readonly identityTokens?: readonly string[];
  /** Seconds. Default 300. */
  readonly tokenLifetime?: number;
  /** Blob downloads are answered with 307 to another server (another port). */
  readonly redirectBlobs?: boolean;
  /** Default true. */
  readonly mounts?: boolean;
  /** Whole-blob PUT is answered with 413. */
  readonly chunkedOnly?: boolean;
  /** OCI-Chunk-Min-Length of upload sessions, bytes; shorter PATCHes (but the last) are refused. */
  readonly leastChunk?: number;
  /** Without it, Range is ignored. Default true. */
  readonly ranges?: boolean;
  /** Without it, no Docker-Content-Digest is sent. Default true. */
  readonly digestHeader?: boolean;
  /** Tags, once set, cannot be set again. */
  readonly immutableTags?: boolean;
  /** Tags per page when `n` is not given or larger. */
  readonly pageSize?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
}

export interface SeenRequest {
  readonly server: 'registry' | 'token' | 'storage';
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Bytes of the request's body; set when it was read. */
  received: number;
  status: number;
}

/** Something to go wrong, for the next `times` requests that match. */
export interface Fault {
  readonly method?: string;
  readonly path: RegExp;
  /** Default 1. */
  readonly times?: number;
  /** Answer with this status instead. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Destroy the connection after so many bytes of the answer's body; 0 is before any answer. */
  readonly dropAfter?: number;
  /** Change the first byte of the answer's body. */
  readonly corrupt?: boolean;
  /** Milliseconds before the answer. */
  readonly delay?: number;
  /** Send so many bytes of a blob, then nothing more; 0 takes nothing in and sends nothing. Until the other side goes. */
  readonly stallAfter?: number;
}

interface StoredManifest {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

interface Repo {
  readonly blobs: Map<string, Buffer>;
  readonly manifests: Map<string, StoredManifest>;
  readonly tags: Map<string, string>;
}

interface Token {
  readonly scopes: readonly string[];
  readonly expires: number;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly seen: SeenRequest;
  readonly fault: Fault | undefined;
}

export const DEFAULT_USER = 'user';
export const DEFAULT_PASSWORD = 'correct horse';

/** An OCI registry in this process (distribution-spec 1.1), strict where real ones are, with switches for the awkward cases. */
export class RegistryServer implements AsyncDisposable {
  readonly requests: SeenRequest[] = [];
  readonly repositories = new Map<string, Repo>();
  readonly #options: RegistryServerOptions;
  readonly #faults: { fault: Fault; left: number }[] = [];
  readonly #uploads = new Map<string, { repo: string; parts: Buffer[]; size: number; short: boolean }>();
  readonly #tokens = new Map<string, Token>();
  readonly #servers: Server[] = [];
  #ports = { registry: 0, storage: 0 };

  private constructor(options: RegistryServerOptions) {
    this.#options = options;
  }

  static async start(options: RegistryServerOptions = {}): Promise<RegistryServer> {
    const server = new RegistryServer(options);
    server.#ports = {
      registry: await server.#listen('registry', (exchange) => server.#registry(exchange)),
      storage: await server.#listen('storage', (exchange) => server.#storage(exchange)),
    };
    return server;
  }

  /** `127.0.0.1:port`. */
  get host(): string {
    return `127.0.0.1:${this.#ports.registry}`;
  }

  get storageHost(): string {
    return `127.0.0.1:${this.#ports.storage}`;
  }

  repo(path: string): Repo {
    let repo = this.repositories.get(path);
    if (repo === undefined) {
      repo = { blobs: new Map(), manifests: new Map(), tags: new Map() };
      this.repositories.set(path, repo);
    }
    return repo;
  }

  addBlob(path: string, bytes: Uint8Array): { digest: string; size: number } {
    const digest = sha256(bytes);
    this.repo(path).blobs.set(digest, Buffer.from(bytes));
    return { digest, size: bytes.length };
  }

  addManifest(
    path: string,
    mediaType: string,
    content: unknown,
    tag?: string,
  ): { digest: string; size: number } {
    const bytes = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
    const digest = sha256(bytes);
    this.repo(path).manifests.set(digest, { mediaType, bytes });
    if (tag !== undefined) this.repo(path).tags.set(tag, digest);
    return { digest, size: bytes.length };
  }

  inject(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  /** How many requests of this method had a path that matches. */
  count(method: string, path: RegExp): number {
    return this.requests.filter((request) => request.method === method && path.test(request.path)).length;
  }

  /** `METHOD path status`, in order, without the query unless asked for. */
  log(withQuery = false): string[] {
    return this.requests.map(
      ({ method, path, status }) => `${method} ${withQuery ? path : path.split('?')[0]} ${status}`,
    );
  }

  /** All tokens given out so far are void. */
  revokeTokens(): void {
    this.#tokens.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(
      this.#servers.map((server) => {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        return closed;
      }),
    );
  }

  async #listen(name: SeenRequest['server'], handle: (exchange: Exchange) => Promise<void>): Promise<number> {
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      this.#serve(name, request, response, handle).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
    };
    const { tls } = this.#options;
    const server =
      tls === undefined || name !== 'registry' ? createServer(listener) : createTlsServer(tls, listener);
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  async #serve(
    name: SeenRequest['server'],
    request: IncomingMessage,
    response: ServerResponse,
    handle: (exchange: Exchange) => Promise<void>,
  ): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://registry.test');
    const seen: SeenRequest = {
      server: url.pathname === '/token' ? 'token' : name,
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      received: 0,
      status: 0,
    };
    this.requests.push(seen);
    response.on('finish', () => {
      seen.status = response.statusCode;
    });
    const fault = this.#takeFault(seen);
    if (fault?.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delay));
    if (fault?.stallAfter === 0) return void (await once(response, 'close'));
    if (fault?.dropAfter === 0) {
      request.socket.destroy();
      return;
    }
    if (fault?.status !== undefined) {
      await drain(request);
      response.writeHead(fault.status, { ...fault.headers }).end(fault.body ?? '');
      return;
    }
    await handle({ request, response, url, seen, fault });
  }

  #takeFault(seen: SeenRequest): Fault | undefined {
    const entry = this.#faults.find(
      ({ fault, left }) =>
        left > 0 && (fault.method ?? seen.method) === seen.method && fault.path.test(seen.path),
    );
    if (entry !== undefined) entry.left -= 1;
    return entry?.fault;
  }

  async #registry(exchange: Exchange): Promise<void> {
    const { url } = exchange;
    if (url.pathname === '/token') return this.#token(exchange);
    if (!this.#authorised(exchange)) return this.#challenge(exchange);
    if (url.pathname === '/v2/') return respond(exchange, 200, '{}');
    const routes: readonly [RegExp, (exchange: Exchange, repo: string, rest: string) => Promise<void>][] = [
      [/^\/v2\/(.+)\/blobs\/uploads\/(.*)$/, (...args) => this.#upload(...args)],
      [/^\/v2\/(.+)\/blobs\/(.+)$/, (...args) => this.#blob(...args)],
      [/^\/v2\/(.+)\/manifests\/(.+)$/, (...args) => this.#manifest(...args)],
      [/^\/v2\/(.+)\/tags\/(list)$/, (seen, path) => this.#tagList(seen, path)],
    ];
    for (const [pattern, handle] of routes) {
      const match = pattern.exec(url.pathname);
      if (match !== null) return handle(exchange, match[1] ?? '', match[2] ?? '');
    }
    return refuse(exchange, 404, 'UNSUPPORTED', 'no such endpoint');
  }

  // Authentication

  #authorised({ request, url }: Exchange): boolean {
    const { auth = 'none' } = this.#options;
    if (auth === 'none') return true;
    const header = request.headers.authorization ?? '';
    if (auth === 'basic') return this.#userOf(header) !== undefined;
    const token = this.#tokens.get(header.replace(/^Bearer /, ''));
    if (token === undefined || token.expires < Date.now()) return false;
    return neededScopes(request.method ?? '', url).every((scope) => token.scopes.includes(scope));
  }

  async #challenge(exchange: Exchange): Promise<void> {
    const { request, url } = exchange;
    const scopes = scopeTexts(request.method ?? '', url);
    const challenge =
      this.#options.auth === 'basic'
        ? 'Basic realm="registry, test"'
        : `Bearer realm="${this.#options.tls === undefined ? 'http' : 'https'}://${this.host}/token",service="registry.test"${scopes === '' ? '' : `,scope="${scopes}"`}`;
    await drain(request);
    respond(
      exchange,
      401,
      JSON.stringify({ errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] }),
      { 'www-authenticate': challenge },
    );
  }

  async #token(exchange: Exchange): Promise<void> {
    const { request, url } = exchange;
    const form = new URLSearchParams((await collect(exchange)).toString());
    const query = request.method === 'POST' ? form : url.searchParams;
    const header = request.headers.authorization;
    const identity = form.get('refresh_token');
    let user: string | undefined;
    if (request.method === 'POST') {
      if (!(this.#options.identityTokens ?? []).includes(identity ?? '')) {
        return respond(exchange, 401, JSON.stringify({ details: `refused ${identity}` }));
      }
      user = 'identity';
    } else if (header !== undefined) {
      user = this.#userOf(header);
      if (user === undefined) {
        // As careless as some real ones: repeats what it was given.
        return respond(
          exchange,
          401,
          JSON.stringify({ details: `incorrect username or password: ${header}` }),
        );
      }
    }
    const wanted = query.getAll('scope').flatMap((text) => text.split(' '));
    const granted = wanted.flatMap(splitScope).filter((scope) => this.#grants(user, scope));
    const token = randomUUID();
    const lifetime = this.#options.tokenLifetime ?? 300;
    this.#tokens.set(token, { scopes: granted, expires: Date.now() + lifetime * 1000 });
    return respond(exchange, 200, JSON.stringify({ token, expires_in: lifetime }));
  }

  #grants(user: string | undefined, scope: string): boolean {
    if (user !== undefined) return scope.endsWith(':pull') || !(this.#options.readers ?? []).includes(user);
    return (this.#options.anonymousPull ?? true) && scope.endsWith(':pull');
  }

  #userOf(header: string): string | undefined {
    const [name = '', password] = Buffer.from(header.replace(/^Basic /, ''), 'base64')
      .toString()
      .split(/:(.*)/s);
    const users = this.#options.users ?? { [DEFAULT_USER]: DEFAULT_PASSWORD };
    return users[name] !== undefined && users[name] === password ? name : undefined;
  }

  // Blobs

  async #blob(exchange: Exchange, path: string, digest: string): Promise<void> {
    const { request, response } = exchange;
    const bytes = this.repositories.get(path)?.blobs.get(digest);
    if (bytes === undefined) return refuse(exchange, 404, 'BLOB_UNKNOWN', 'blob unknown to registry');
    if (request.method === 'HEAD') {
      response.writeHead(200, { 'content-length': bytes.length, ...this.#digest(digest) }).end();
      return;
    }
    if (this.#options.redirectBlobs === true) {
      const location = `http://${this.storageHost}/storage/${path}/${digest}?signature=s3cr3t`;
      return respond(exchange, 307, '', { location });
    }
    await this.#sendBlob(exchange, bytes, this.#digest(digest));
  }

  async #storage(exchange: Exchange): Promise<void> {
    const match = /^\/storage\/(.+)\/([^/]+)$/.exec(exchange.url.pathname);
    const bytes = this.repositories.get(match?.[1] ?? '')?.blobs.get(match?.[2] ?? '');
    if (bytes === undefined) return respond(exchange, 404, '<html>no such key</html>');
    // As S3: a second way to sign is an error.
    if (exchange.request.headers.authorization !== undefined) {
      return respond(exchange, 400, '<html>two signatures</html>', { 'content-type': 'text/html' });
    }
    await this.#sendBlob(exchange, bytes, {});
  }

  async #sendBlob(
    { request, response, fault }: Exchange,
    stored: Buffer,
    headers: Record<string, string>,
  ): Promise<void> {
    const match = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const partial = match !== null && this.#options.ranges !== false;
    const start = partial ? Number(match[1]) : 0;
    const bytes = Buffer.from(stored.subarray(start));
    if (fault?.corrupt === true && bytes.length > 0) bytes[0] = (bytes[0] ?? 0) ^ 0xff;
    response.writeHead(partial ? 206 : 200, {
      ...headers,
      'content-length': bytes.length,
      ...(partial ? { 'content-range': `bytes ${start}-${stored.length - 1}/${stored.length}` } : {}),
    });
    if (fault?.stallAfter !== undefined) {
      response.write(bytes.subarray(0, fault.stallAfter));
      await once(response, 'close');
      return;
    }
    if (fault?.dropAfter === undefined) {
      response.end(bytes);
      return;
    }
    await new Promise((resolve) => response.write(bytes.subarray(0, fault.dropAfter), resolve));
    response.destroy();
  }

  #digest(digest: string): Record<string, string> {
    return this.#options.digestHeader === false ? {} : { 'docker-content-digest': digest };
  }

  // Uploads

  async #upload(exchange: Exchange, path: string, id: string): Promise<void> {
    const { method } = exchange.request;
    if (id === '') {
      if (method === 'POST') return this.#beginUpload(exchange, path);
      return refuse(exchange, 405, 'UNSUPPORTED', 'POST starts an upload');
    }
    const upload = this.#uploads.get(id);
    if (upload === undefined || upload.repo !== path) {
      await drain(exchange.request);
      return refuse(exchange, 404, 'BLOB_UPLOAD_UNKNOWN', 'no such upload');
    }
    // The state has to come back as it was given.
    if (exchange.url.searchParams.get('_state') !== `${id}+/=`) {
      return refuse(exchange, 400, 'BLOB_UPLOAD_INVALID', 'the state is missing');
    }
    if (method === 'PATCH') return this.#patchUpload(exchange, path, id);
    if (method === 'PUT') return this.#endUpload(exchange, path, id);
    if (method === 'DELETE') {
      this.#uploads.delete(id);
      return respond(exchange, 204, '');
    }
    return refuse(exchange, 405, 'UNSUPPORTED', 'not here');
  }

  async #beginUpload(exchange: Exchange, path: string): Promise<void> {
    const { searchParams } = exchange.url;
    const from = searchParams.get('from');
    const digest = searchParams.get('mount');
    if (digest !== null && from !== null && this.#options.mounts !== false) {
      const bytes = this.repositories.get(from)?.blobs.get(digest);
      if (bytes !== undefined) {
        this.repo(path).blobs.set(digest, bytes);
        return respond(exchange, 201, '', {
          location: `/v2/${path}/blobs/${digest}`,
          ...this.#digest(digest),
        });
      }
    }
    const id = randomUUID();
    this.#uploads.set(id, { repo: path, parts: [], size: 0, short: false });
    const { leastChunk } = this.#options;
    respond(exchange, 202, '', {
      location: this.#uploadLocation(path, id),
      ...(leastChunk === undefined ? {} : { 'oci-chunk-min-length': String(leastChunk) }),
    });
  }

  #uploadLocation(path: string, id: string): string {
    return `/v2/${path}/blobs/uploads/${id}?_state=${encodeURIComponent(`${id}+/=`)}`;
  }

  async #patchUpload(exchange: Exchange, path: string, id: string): Promise<void> {
    const upload = this.#uploads.get(id);
    const body = await collect(exchange);
    const range = /^(\d+)-(\d+)$/.exec(exchange.request.headers['content-range'] ?? '');
    const [start, end] = [Number(range?.[1]), Number(range?.[2])];
    if (upload === undefined || start !== upload.size || end !== upload.size + body.length - 1) {
      return refuse(exchange, 416, 'BLOB_UPLOAD_INVALID', 'not the next range');
    }
    if (upload.short) return refuse(exchange, 400, 'BLOB_UPLOAD_INVALID', 'the chunk before was too short');
    upload.short = body.length < (this.#options.leastChunk ?? 0);
    upload.parts.push(body);
    upload.size += body.length;
    respond(exchange, 202, '', { location: this.#uploadLocation(path, id), range: `0-${upload.size - 1}` });
  }

  async #endUpload(exchange: Exchange, path: string, id: string): Promise<void> {
    const upload = this.#uploads.get(id);
    const { request, url } = exchange;
    if (this.#options.chunkedOnly === true && Number(request.headers['content-length'] ?? 1) > 0) {
      // Answers before it has read the body, as proxies do.
      respond(exchange, 413, '<html>too large</html>', { 'content-type': 'text/html', connection: 'close' });
      return;
    }
    const body = await collect(exchange);
    const bytes = Buffer.concat([...(upload?.parts ?? []), body]);
    const digest = url.searchParams.get('digest') ?? '';
    if (sha256(bytes) !== digest) {
      return refuse(exchange, 400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
    }
    this.#uploads.delete(id);
    this.repo(path).blobs.set(digest, bytes);
    respond(exchange, 201, '', { location: `/v2/${path}/blobs/${digest}`, ...this.#digest(digest) });
  }

  // Manifests and tags

  async #manifest(exchange: Exchange, path: string, reference: string): Promise<void> {
    const { request, response, fault } = exchange;
    if (request.method === 'PUT') return this.#putManifest(exchange, path, reference);
    const repo = this.repositories.get(path);
    const digest = reference.includes(':') ? reference : (repo?.tags.get(reference) ?? '');
    const manifest = repo?.manifests.get(digest);
    if (manifest === undefined) return refuse(exchange, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
    const bytes = Buffer.from(manifest.bytes);
    if (fault?.corrupt === true) bytes[bytes.length - 1] = 0x20;
    response.writeHead(200, {
      'content-type': manifest.mediaType,
      'content-length': bytes.length,
      ...this.#digest(digest),
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    if (fault?.dropAfter === undefined) {
      response.end(bytes);
      return;
    }
    await new Promise((resolve) => response.write(bytes.subarray(0, fault.dropAfter), resolve));
    response.destroy();
  }

  async #putManifest(exchange: Exchange, path: string, reference: string): Promise<void> {
    const { request } = exchange;
    const bytes = await collect(exchange);
    const digest = sha256(bytes);
    if (reference.includes(':') && reference !== digest) {
      return refuse(exchange, 400, 'DIGEST_INVALID', 'not the digest of the manifest');
    }
    const repo = this.repo(path);
    const missing = referencedDigests(bytes).find(
      ({ kind, digest: needed }) => !(kind === 'blob' ? repo.blobs : repo.manifests).has(needed),
    );
    if (missing !== undefined) {
      const code = missing.kind === 'blob' ? 'MANIFEST_BLOB_UNKNOWN' : 'MANIFEST_UNKNOWN';
      return refuse(exchange, 404, code, `${missing.kind} unknown to registry: ${missing.digest}`);
    }
    if (!reference.includes(':')) {
      if (this.#options.immutableTags === true && repo.tags.has(reference)) {
        return refuse(exchange, 400, 'TAG_INVALID', 'the tag exists already and cannot be overwritten');
      }
      repo.tags.set(reference, digest);
    }
    repo.manifests.set(digest, { mediaType: request.headers['content-type'] ?? '', bytes });
    respond(exchange, 201, '', { location: `/v2/${path}/manifests/${digest}`, ...this.#digest(digest) });
  }

  async #tagList(exchange: Exchange, path: string): Promise<void> {
    const repo = this.repositories.get(path);
    if (repo === undefined) return refuse(exchange, 404, 'NAME_UNKNOWN', 'repository name not known');
    const { searchParams } = exchange.url;
    const last = searchParams.get('last') ?? '';
    const all = [...repo.tags.keys()].sort().filter((tag) => tag > last);
    const size = Math.min(Number(searchParams.get('n') ?? 1000), this.#options.pageSize ?? 1000);
    const page = all.slice(0, size);
    const next = `</v2/${path}/tags/list?n=${size}&last=${page.at(-1)}>; rel="next"`;
    const headers: Record<string, string> = page.length < all.length ? { link: next } : {};
    respond(exchange, 200, JSON.stringify({ name: path, tags: page }), headers);
  }
}

function respond(
  exchange: Exchange,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  exchange.seen.status = status;
  exchange.response
    .writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...headers,
    })
    .end(exchange.request.method === 'HEAD' ? '' : body);
}

function refuse(exchange: Exchange, status: number, code: string, message: string): void {
  respond(exchange, status, JSON.stringify({ errors: [{ code, message }] }));
}

function sha256(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

async function collect({ request, seen }: Exchange): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    seen.received += chunk.length;
  }
  return Buffer.concat(chunks);
}

async function drain(request: IncomingMessage): Promise<void> {
  for await (const _ of request);
}

function scopeTexts(method: string, url: URL): string {
  const repo = /^\/v2\/(.+?)\/(?:blobs|manifests|tags)\//.exec(url.pathname)?.[1];
  if (repo === undefined) return '';
  const reading = method === 'GET' || method === 'HEAD';
  const from = url.searchParams.get('from');
  const own = `repository:${repo}:${reading ? 'pull' : 'pull,push'}`;
  return from === null ? own : `${own} repository:${from}:pull`;
}

function neededScopes(method: string, url: URL): readonly string[] {
  return scopeTexts(method, url)
    .split(' ')
    .filter((text) => text !== '')
    .flatMap(splitScope);
}

/** `repository:a:pull,push` as one scope for each action. */
function splitScope(text: string): readonly string[] {
  const at = text.lastIndexOf(':');
  return text
    .slice(at + 1)
    .split(',')
    .map((action) => `${text.slice(0, at)}:${action}`);
}

function referencedDigests(bytes: Buffer): readonly { kind: 'blob' | 'manifest'; digest: string }[] {
  const manifest = JSON.parse(bytes.toString()) as {
    config?: { digest: string };
    layers?: readonly { digest: string; mediaType: string }[];
    manifests?: readonly { digest: string }[];
  };
  const layers = (manifest.layers ?? []).filter(({ mediaType }) => !mediaType.includes('foreign'));
  return [
    ...(manifest.config === undefined ? [] : [manifest.config]).map(({ digest }) => ({
      kind: 'blob' as const,
      digest,
    })),
    ...layers.map(({ digest }) => ({ kind: 'blob' as const, digest })),
    ...(manifest.manifests ?? []).map(({ digest }) => ({ kind: 'manifest' as const, digest })),
  ];
}
