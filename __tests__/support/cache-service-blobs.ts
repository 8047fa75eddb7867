import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

interface Part {
  readonly file: string;
  readonly size: number;
}

interface Blob {
  readonly staged: Map<string, Part>;
  parts: readonly Part[];
  committed: boolean;
}

export type BodyFault = 'corrupt' | 'truncate';

/** The storage half of the emulator: Put Blob, Put Block, Put Block List, ranged Get Blob (Azure Blob service REST, 2021-12-02). */
export class CacheServiceBlobs {
  readonly #dir: string;
  readonly #blobs = new Map<string, Blob>();
  received = 0;
  sent = 0;

  constructor(dir: string) {
    this.#dir = dir;
  }

  create(): string {
    const id = randomUUID();
    this.#blobs.set(id, { staged: new Map(), parts: [], committed: false });
    return id;
  }

  /** Bytes, or undefined when nothing whole was uploaded. */
  size(id: string): number | undefined {
    const blob = this.#blobs.get(id);
    return blob?.committed === true ? blob.parts.reduce((sum, part) => sum + part.size, 0) : undefined;
  }

  /** Changes a byte of what is stored, for good. */
  async damage(id: string): Promise<void> {
    const file = this.#blobs.get(id)?.parts[0]?.file ?? '';
    const bytes = await readFile(file);
    bytes[bytes.length >> 1]! ^= 0xff;
    await writeFile(file, bytes);
  }

  /** Puts so many zeros in the place of what is stored. */
  async fill(id: string, size: number): Promise<void> {
    const file = join(this.#dir, randomUUID());
    await writeFile(file, '');
    await truncate(file, size);
    const blob = this.#blobs.get(id);
    if (blob !== undefined) blob.parts = [{ file, size }];
  }

  async delete(id: string): Promise<void> {
    const blob = this.#blobs.get(id);
    this.#blobs.delete(id);
    const parts = new Set([...(blob?.parts ?? []), ...(blob?.staged.values() ?? [])]);
    for (const part of parts) await rm(part.file, { force: true });
  }

  async handle(
    req: IncomingMessage,
    res: ServerResponse,
    id: string,
    query: URLSearchParams,
    signed: boolean,
    fault: BodyFault | undefined,
  ): Promise<void> {
    const blob = this.#blobs.get(id);
    if (!signed) refuse(req, res, 403, 'AuthenticationFailed');
    else if (blob === undefined) refuse(req, res, 404, 'BlobNotFound');
    else if (req.method === 'PUT') await this.#put(req, res, blob, query);
    else await this.#get(req, res, blob, fault);
  }

  async #put(req: IncomingMessage, res: ServerResponse, blob: Blob, query: URLSearchParams): Promise<void> {
    const problem = await this.#store(req, blob, query.get('comp'), query.get('blockid') ?? '');
    if (problem !== undefined) refuse(req, res, 400, problem);
    else res.writeHead(201, { ...commonHeaders(), 'x-ms-request-server-encrypted': 'true' }).end();
  }

  async #store(
    req: IncomingMessage,
    blob: Blob,
    kind: string | null,
    blockId: string,
  ): Promise<string | undefined> {
    if (kind === 'block') {
      blob.staged.set(blockId, await this.#receive(req));
      return undefined;
    }
    if (kind !== 'blocklist') {
      if (req.headers['x-ms-blob-type'] !== 'BlockBlob') return 'MissingRequiredHeader';
      blob.parts = [await this.#receive(req)];
    } else {
      let xml = '';
      for await (const chunk of req) xml += String(chunk);
      const ids = [...xml.matchAll(/<(?:Latest|Uncommitted|Committed)>([^<]+)</g)].map((match) => match[1]!);
      const parts = ids.map((id) => blob.staged.get(id)).filter((part) => part !== undefined);
      if (parts.length !== ids.length) return 'InvalidBlockList';
      blob.parts = parts;
    }
    blob.committed = true;
    return undefined;
  }

  async #receive(req: IncomingMessage): Promise<Part> {
    const file = join(this.#dir, randomUUID());
    const out = createWriteStream(file);
    await pipeline(req, out);
    this.received += out.bytesWritten;
    return { file, size: out.bytesWritten };
  }

  async #get(
    req: IncomingMessage,
    res: ServerResponse,
    blob: Blob,
    fault: BodyFault | undefined,
  ): Promise<void> {
    const total = blob.parts.reduce((sum, part) => sum + part.size, 0);
    const range = /bytes=(\d+)-(\d*)/.exec(String(req.headers['x-ms-range'] ?? req.headers.range ?? ''));
    const from = range === null ? 0 : Number(range[1]);
    const to = Math.min(range?.[2] ? Number(range[2]) : total - 1, total - 1);
    if (!blob.committed) refuse(req, res, 404, 'BlobNotFound');
    else if (range !== null && from >= total) refuse(req, res, 416, 'InvalidRange');
    else {
      res.writeHead(range === null ? 200 : 206, {
        ...commonHeaders(),
        'content-type': 'application/octet-stream',
        'x-ms-blob-type': 'BlockBlob',
        'accept-ranges': 'bytes',
        'content-length': String(to - from + 1),
        ...(range === null ? {} : { 'content-range': `bytes ${from}-${to}/${total}` }),
      });
      if (req.method === 'HEAD') res.end();
      // A broken pipeline has destroyed the response already: that is what a client is to see.
      else await pipeline(this.#bytes(blob, from, to, fault), res).catch(() => undefined);
    }
  }

  async *#bytes(blob: Blob, from: number, to: number, fault: BodyFault | undefined): AsyncGenerator<Buffer> {
    let at = 0;
    for (const part of blob.parts) {
      const start = Math.max(from - at, 0);
      const end = Math.min(to - at, part.size - 1);
      at += part.size;
      if (start > end) continue;
      for await (const chunk of createReadStream(part.file, { start, end, highWaterMark: 1 << 20 })) {
        const bytes = chunk as Buffer;
        this.sent += bytes.length;
        if (fault === 'truncate') {
          yield bytes.subarray(0, bytes.length >> 1);
          throw new RangeError('truncated on request');
        }
        if (fault === 'corrupt') bytes[bytes.length >> 1]! ^= 0xff;
        yield bytes;
      }
    }
  }
}

function commonHeaders(): Record<string, string> {
  return {
    'x-ms-request-id': randomUUID(),
    'x-ms-version': '2025-11-05',
    etag: '"1"',
    'last-modified': new Date().toUTCString(),
  };
}

function refuse(req: IncomingMessage, res: ServerResponse, status: number, code: string): void {
  req.resume();
  res.writeHead(status, { ...commonHeaders(), 'x-ms-error-code': code, 'content-type': 'application/xml' });
  res.end(req.method === 'HEAD' ? undefined : `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
}
