import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CacheService } from './cache-service.ts';

type Level = 'none' | 'read' | 'write';

/** What a token may do. Contents can always be read. */
export interface Permissions {
  readonly pullRequests?: Level;
  readonly actions?: Level;
}

export interface PullFile {
  readonly filename: string;
  readonly status?: 'added' | 'modified' | 'removed' | 'renamed';
  /** Absent where GitHub shows none. */
  readonly patch?: string;
  /** The file after the pull request. */
  readonly text?: string;
}

export interface PullComment {
  readonly id: number;
  readonly path: string;
  readonly body: string;
  readonly commit_id: string;
  readonly side: string;
  readonly start_line: number | null;
  /** null: outdated. */
  line: number | null;
}

interface Pull {
  readonly number: number;
  readonly head: string;
  readonly files: readonly PullFile[];
  readonly comments: PullComment[];
  readonly reviews: { readonly event: string; readonly body: string; readonly commit_id: string }[];
}

/** An entry of the Actions cache as the REST API tells it. */
export interface CacheRow {
  readonly id: number;
  readonly ref: string;
  readonly key: string;
  readonly version: string;
  readonly last_accessed_at: string;
  readonly created_at: string;
  readonly size_in_bytes: number;
}

/** Where the entries are: a list of its own, or an emulated cache service. */
export interface CacheRows {
  list(): readonly CacheRow[];
  delete(id: number): Promise<boolean>;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** An answer to give in the place of the right one. `after`: the work is done all the same. */
export interface ApiFault {
  readonly status: number;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly after?: boolean;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const REPOSITORY = '/repos/o/r';
const FORBIDDEN: Answer = { status: 403, body: { message: 'Resource not accessible by integration' } };
const NOT_FOUND: Answer = { status: 404, body: { message: 'Not Found' } };

/** The part of GitHub's REST API that we use, on the loopback, with pages, permissions and the checks of review comments. One repository, o/r. */
export class GitHubApiServer implements AsyncDisposable {
  readonly pulls = new Map<number, Pull>();
  readonly requests: SeenRequest[] = [];
  defaultBranch = 'main';
  /** The filters of the list of caches are not kept. */
  isSloppy = false;
  caches: CacheRows = rowsOf([]);
  fault: ((request: SeenRequest) => ApiFault | undefined) | undefined;
  url = '';
  /** What it takes for the time, in milliseconds since 1970; default: the machine's. */
  now: number | undefined;
  readonly #tokens = new Map<string, Permissions>();
  readonly #server: Server;
  #nextId = 1;

  private constructor() {
    this.#server = createServer((req, res) => {
      if (this.now !== undefined) res.setHeader('date', new Date(this.now).toUTCString());
      this.#handle(req, res).catch((error: unknown) =>
        send(res, { status: 500, body: { message: String(error) } }),
      );
    });
  }

  static async start(): Promise<GitHubApiServer> {
    const api = new GitHubApiServer();
    await new Promise<void>((resolve) => api.#server.listen(0, '127.0.0.1', resolve));
    api.url = `http://127.0.0.1:${(api.#server.address() as AddressInfo).port}`;
    return api;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  token(permissions: Permissions): string {
    const token = `ghs_${String(this.#tokens.size).padStart(36, 'x')}`;
    this.#tokens.set(token, permissions);
    return token;
  }

  pull(number: number, files: readonly PullFile[]): Pull {
    const head = createHash('sha1').update(JSON.stringify(files)).digest('hex');
    const before = this.pulls.get(number);
    const pull = { number, head, files, comments: before?.comments ?? [], reviews: before?.reviews ?? [] };
    this.pulls.set(number, pull);
    return pull;
  }

  count(method: string, path: RegExp): number {
    return this.requests.filter((one) => one.method === method && path.test(one.path)).length;
  }

  async #handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of req) text += String(chunk);
    const url = new URL(req.url ?? '/', this.url);
    const request: SeenRequest = {
      method: req.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      body: text === '' ? undefined : JSON.parse(text),
    };
    this.requests.push(request);
    const fault = this.fault?.(request);
    if (fault?.after === true) await this.#answer(req, request);
    const answer =
      fault === undefined
        ? await this.#answer(req, request)
        : {
            status: fault.status,
            body: { message: fault.message ?? 'injected' },
            headers: fault.headers ?? {},
          };
    send(res, answer);
  }

  async #answer(req: IncomingMessage, request: SeenRequest): Promise<Answer> {
    const token = /^(?:token|bearer) (.+)$/i.exec(req.headers.authorization ?? '')?.[1];
    const permissions = this.#tokens.get(token ?? '');
    if (permissions === undefined) return { status: 401, body: { message: 'Bad credentials' } };
    if (!request.path.startsWith(REPOSITORY)) return NOT_FOUND;
    const path = request.path.slice(REPOSITORY.length);
    const pull = /^\/pulls\/(\d+)\/(files|comments|reviews)$/.exec(path);
    if (pull !== null)
      return this.#pull(
        this.pulls.get(Number(pull[1])),
        pull[2] ?? '',
        request,
        permissions.pullRequests ?? 'none',
      );
    if (path.startsWith('/git/blobs/')) return this.#blob(path.slice('/git/blobs/'.length));
    if (path.startsWith('/actions/caches')) return this.#caches(path, request, permissions.actions ?? 'none');
    return path === '' ? { status: 200, body: { default_branch: this.defaultBranch } } : NOT_FOUND;
  }

  #pull(pull: Pull | undefined, what: string, request: SeenRequest, level: Level): Answer {
    if (level === 'none') return FORBIDDEN;
    if (pull === undefined) return NOT_FOUND;
    if (what === 'files')
      return this.#page(
        request,
        pull.files.map((file) => this.#fileView(pull, file)),
      );
    if (what === 'comments') return this.#page(request, pull.comments);
    return level === 'write' ? this.#review(pull, request.body as Review) : FORBIDDEN;
  }

  #fileView(pull: Pull, { filename, status = 'modified', patch, text }: PullFile): Record<string, unknown> {
    return {
      sha: text === undefined ? null : blobName(text),
      filename,
      status,
      ...(patch === undefined ? {} : { patch }),
      contents_url: `${this.url}${REPOSITORY}/contents/${filename}?ref=${pull.head}`,
    };
  }

  #review(pull: Pull, review: Review): Answer {
    if (review.event === 'COMMENT' && !review.body) return invalid('Body is required');
    if (review.commit_id !== undefined && review.commit_id !== pull.head)
      return invalid('Commit is not part of it');
    const wrong = review.comments
      .map((comment) => wrongPlace(pull, comment))
      .find((why) => why !== undefined);
    if (wrong !== undefined) return invalid(wrong);
    const commit_id = review.commit_id ?? pull.head;
    pull.reviews.push({ event: review.event, body: review.body, commit_id });
    for (const { path, body, line, side = 'RIGHT', start_line = null } of review.comments)
      pull.comments.push({ id: this.#nextId++, path, body, commit_id, side, start_line, line });
    return { status: 200, body: { id: this.#nextId++ } };
  }

  #blob(name: string): Answer {
    const texts = [...this.pulls.values()].flatMap(({ files }) => files.flatMap(({ text }) => text ?? []));
    const text = texts.find((one) => blobName(one) === name);
    if (text === undefined) return NOT_FOUND;
    return {
      status: 200,
      body: { sha: name, encoding: 'base64', content: Buffer.from(text).toString('base64') },
    };
  }

  async #caches(path: string, { method, query }: SeenRequest, level: Level): Promise<Answer> {
    if (level === 'none') return FORBIDDEN;
    const id = /^\/actions\/caches\/(\d+)$/.exec(path)?.[1];
    if (method === 'DELETE' && id !== undefined) {
      if (level !== 'write') return FORBIDDEN;
      return (await this.caches.delete(Number(id))) ? { status: 204 } : NOT_FOUND;
    }
    // Deleting by key takes every ref along: nobody should.
    if (method !== 'GET' || path !== '/actions/caches') return NOT_FOUND;
    const rows = this.caches
      .list()
      .filter(({ key }) => this.isSloppy || key.startsWith(query.get('key') ?? ''))
      .filter(({ ref }) => this.isSloppy || ref === (query.get('ref') ?? ref));
    const by = query.get('sort') === 'created_at' ? 'created_at' : 'last_accessed_at';
    const sorted = rows.toSorted((one, other) => Date.parse(one[by]) - Date.parse(other[by]));
    if (query.get('direction') !== 'asc') sorted.reverse();
    return this.#page({ query, path: `${REPOSITORY}${path}` }, sorted, (page) => ({
      total_count: rows.length,
      actions_caches: page,
    }));
  }

  /** One page and the way to the next one (RFC 8288, as GitHub sends it). */
  #page<T>(
    { query, path }: Pick<SeenRequest, 'query' | 'path'>,
    all: readonly T[],
    wrap: (page: readonly T[]) => unknown = (page) => page,
  ): Answer {
    const size = Math.min(Number(query.get('per_page') ?? 30), 100);
    const number = Number(query.get('page') ?? 1);
    const body = wrap(all.slice((number - 1) * size, number * size));
    if (number * size >= all.length) return { status: 200, body };
    const next = new URLSearchParams(query);
    next.set('page', String(number + 1));
    return { status: 200, body, headers: { link: `<${this.url}${path}?${next}>; rel="next"` } };
  }
}

interface ReviewComment {
  readonly path: string;
  readonly body: string;
  readonly line: number;
  readonly side?: string;
  readonly start_line?: number;
  readonly start_side?: string;
}

interface Review {
  readonly event: string;
  readonly body: string;
  readonly commit_id?: string;
  readonly comments: readonly ReviewComment[];
}

/** As GitHub checks it: both lines in one hunk, on the side that is named, the first before the last. */
function wrongPlace(
  pull: Pull,
  { path, line, side = 'RIGHT', start_line, start_side }: ReviewComment,
): string | undefined {
  const patch = pull.files.find(({ filename }) => filename === path)?.patch;
  if (patch === undefined) return 'Path could not be resolved';
  if (side !== 'RIGHT' || (start_line !== undefined && start_side !== 'RIGHT'))
    return 'Side could not be resolved';
  if (start_line !== undefined && start_line >= line) return 'start_line must precede the end line';
  const hunkOf = (wanted: number): string | undefined =>
    patch.split(/^(?=@@ )/m).find((hunk) => {
      const [head = '', ...rows] = hunk.split('\n');
      const first = Number(/\+(\d+)/.exec(head)?.[1]);
      const right = rows.filter((row) => row !== '' && !/^[-\\]/.test(row));
      return wanted >= first && wanted < first + right.length;
    });
  if (hunkOf(line) === undefined) return 'Line could not be resolved';
  return hunkOf(start_line ?? line) === hunkOf(line)
    ? undefined
    : 'start_line must be part of the same hunk as the line';
}

function invalid(error: string): Answer {
  return { status: 422, body: { message: 'Unprocessable Entity', errors: [error] } };
}

function blobName(text: string): string {
  const bytes = Buffer.from(text);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

function send(res: ServerResponse, { status, body, headers = {} }: Answer): void {
  if (body === undefined) res.writeHead(status, headers).end();
  else
    res
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
      .end(JSON.stringify(body));
}

/** Rows that are just a list. */
export function rowsOf(rows: readonly CacheRow[]): CacheRows {
  const left = [...rows];
  return {
    list: () => left,
    delete: async (id) => {
      const at = left.findIndex((row) => row.id === id);
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    },
  };
}

/** The entries of an emulated cache service. */
export function rowsOfService(service: CacheService): CacheRows {
  return {
    list: () =>
      [...service.entries.values()]
        .filter(({ finalized }) => finalized)
        .map(({ id, scope, key, version, size, createdAt, accessedAt }) => ({
          id,
          ref: scope,
          key,
          version,
          size_in_bytes: size,
          created_at: new Date(createdAt).toISOString(),
          last_accessed_at: new Date(accessedAt).toISOString(),
        })),
    delete: async (id) => (await service.delete((entry) => entry.id === id)) > 0,
  };
}
