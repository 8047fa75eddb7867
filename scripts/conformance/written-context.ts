import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { isObject, type Json, objects, record, text } from './json-shape.ts';

/** Something of a vector that is not known here; its message is the reason for a skip. */
export class NotKnown extends Error {}

/** Writes the entries of a vector's folder: path to `{ type, mode, content | spec | target }`. */
export async function writeContext(folder: string, entries: Json): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [path, entry] of Object.entries(entries)) {
    if (isObject(entry)) await writeEntry(join(folder, path), entry);
  }
}

async function writeEntry(at: string, entry: Json): Promise<void> {
  await mkdir(dirname(at), { recursive: true });
  const mode = Number(entry['mode'] ?? 0o644) & 0o7777;
  switch (entry['type']) {
    case 'dir':
      await mkdir(at, { recursive: true });
      await chmod(at, mode);
      break;
    case 'symlink':
      await symlink(text(entry['target']), at);
      break;
    case 'file':
      await writeFile(at, await bytesOf(entry));
      await chmod(at, mode);
      break;
    default:
      throw new NotKnown(`contexts with a ${text(entry['type'])}`);
  }
}

/** `content`, or the archive that `spec` tells. */
export async function bytesOf(entry: Json): Promise<string | Buffer> {
  return isObject(entry['spec']) ? await archiveOf(entry['spec']) : text(entry['content']);
}

async function archiveOf(spec: Json): Promise<Buffer> {
  if (isObject(spec['gzip'])) return gzipSync(await archiveOf(spec['gzip']));
  const archive = pack();
  for (const entry of objects(spec['tar'])) {
    const seconds = record(entry['mtime'])['unix'];
    const mtime = new Date(typeof seconds === 'number' ? seconds * 1000 : 0);
    const header = { name: text(entry['name']), mode: Number(entry['mode']), mtime };
    if (entry['type'] === 'symlink')
      archive.entry({ ...header, type: 'symlink', linkname: text(entry['target']) });
    else if (entry['type'] === 'dir') archive.entry({ ...header, type: 'directory' });
    else archive.entry(header, text(entry['content']));
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export interface Served extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
}

export interface Answer {
  readonly body: string | Buffer;
  readonly etag?: string;
  readonly modified?: Date;
}

/** Serves what `find` gives for a path on a free port. */
export async function serveFiles(find: (path: string) => Answer | undefined): Promise<Served> {
  const server = createServer((request, response) => {
    const found = find(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    if (found === undefined) response.writeHead(404).end();
    else {
      const { body, etag, modified } = found;
      if (etag !== undefined) response.setHeader('etag', etag);
      if (modified !== undefined) response.setHeader('last-modified', modified.toUTCString());
      response.writeHead(200).end(body);
    }
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const place = server.address();
  return {
    address: `http://127.0.0.1:${typeof place === 'object' && place !== null ? place.port : 0}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
