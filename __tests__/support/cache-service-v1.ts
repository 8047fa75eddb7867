import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Entry {
  readonly id: number;
  readonly key: string;
  readonly version: string;
  readonly chunks: Map<number, Buffer>;
  committed: boolean;
}

/**
 * Version 1 of the cache service on the loopback, as GitHub Enterprise Server has it: one scope, prefix matches, newest first, keys that can be
 * reserved once.
 */
export class CacheServiceV1 implements AsyncDisposable {
  url = '';
  /** Answers uploads of content with this status. */
  refuseContent: number | undefined;
  readonly #entries: Entry[] = [];
  #server: Server | undefined;

  async start(): Promise<this> {
    const server = createServer((req, res) => {
      this.#handle(req, res).catch(() => res.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise<void>((resolve) => (this.#server ? this.#server.close(() => resolve()) : resolve()));
  }

  environment(): Record<string, string> {
    return {
      ACTIONS_CACHE_URL: this.url,
      ACTIONS_RUNTIME_TOKEN: 'opaque',
      GITHUB_SERVER_URL: 'https://git.corp.example',
    };
  }

  keys(): readonly string[] {
    return this.#entries.filter((entry) => entry.committed).map((entry) => entry.key);
  }

  async #handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', this.url);
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const id = Number(/caches\/(\d+)$/.exec(url.pathname)?.[1]);
    const entry = this.#entries.find((each) => each.id === id);
    const operation = `${req.method} ${url.pathname.replace('/_apis/artifactcache/', '').replace(/\d+$/, 'N')}`;
    if (operation === 'GET cache') this.#find(url.searchParams, res);
    else if (operation === 'POST caches') this.#reserve(JSON.parse(body.toString()), res);
    else if (entry === undefined) res.writeHead(404).end();
    else if (req.method === 'GET') res.writeHead(200).end(contentOf(entry));
    else if (req.method === 'PATCH' && this.refuseContent !== undefined)
      res.writeHead(this.refuseContent).end();
    else if (req.method === 'PATCH') {
      entry.chunks.set(Number(/bytes (\d+)-/.exec(req.headers['content-range'] ?? '')?.[1]), body);
      res.writeHead(204).end();
    } else {
      entry.committed = JSON.parse(body.toString()).size === contentOf(entry).length;
      res.writeHead(entry.committed ? 204 : 400).end();
    }
  }

  #find(query: URLSearchParams, res: ServerResponse): void {
    const newestFirst = this.#entries
      .filter((e) => e.committed && e.version === query.get('version'))
      .reverse();
    const keys = (query.get('keys') ?? '').split(',');
    const matches = keys.map(
      (key) => newestFirst.find((e) => e.key === key) ?? newestFirst.find((e) => e.key.startsWith(key)),
    );
    const found = matches.find((entry) => entry !== undefined);
    if (found === undefined) res.writeHead(204).end();
    else {
      const archiveLocation = `${this.url}_apis/artifactcache/caches/${found.id}`;
      json(res, 200, { cacheKey: found.key, archiveLocation, scope: 'refs/heads/main' });
    }
  }

  #reserve({ key, version }: { readonly key: string; readonly version: string }, res: ServerResponse): void {
    if (this.#entries.some((entry) => entry.key === key && entry.version === version)) {
      json(res, 409, { message: 'already exists' });
      return;
    }
    const id = this.#entries.length + 1;
    this.#entries.push({ id, key, version, chunks: new Map(), committed: false });
    json(res, 201, { cacheId: id });
  }
}

function contentOf(entry: Entry): Buffer {
  return Buffer.concat([...entry.chunks].sort(([a], [b]) => a - b).map(([, chunk]) => chunk));
}

function json(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
