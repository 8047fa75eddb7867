import type { Entry, EntryWithBody } from '../../src/image/layer/entry.ts';
import { writeTar } from '../../src/image/layer/tar-write.ts';

export type SampleEntry = Partial<Entry> & { readonly path: string; readonly content?: string | Buffer };

/** A layer's tar from a few words: what has content is a file, what ends in a slash a folder. */
export async function sampleTar(entries: readonly SampleEntry[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeTar(members(entries))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* members(entries: readonly SampleEntry[]): AsyncGenerator<EntryWithBody> {
  for (const { content, path, ...rest } of entries) {
    const folder = path.endsWith('/');
    const bytes = Buffer.from(content ?? '');
    const entry: Entry = {
      path: folder ? path.slice(0, -1) : path,
      type: folder ? 'directory' : 'file',
      mode: folder ? 0o755 : 0o644,
      uid: 0,
      gid: 0,
      size: bytes.length,
      mtime: 1_700_000_000,
      ...rest,
    };
    yield entry.type === 'file' ? { entry, body: single(bytes) } : { entry };
  }
}

async function* single(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Two layers with what exporters stumble over: links, whiteouts, replaced folders, odd names, modes, devices. */
export async function sampleTars(): Promise<readonly Buffer[]> {
  const base = await sampleTar([
    { path: 'bin/', mode: 0o755 },
    { path: 'bin/tool', content: '#!/bin/sh\n', mode: 0o4755 },
    { path: 'bin/alias', type: 'symlink', linkName: 'tool', mode: 0o777 },
    { path: 'bin/same', type: 'hardlink', linkName: 'bin/tool', mode: 0o4755 },
    { path: 'etc/', mode: 0o700 },
    { path: 'etc/passwd', content: 'root:x:0:0::/root:/bin/sh\n', mode: 0o600, uid: 0, gid: 0 },
    { path: 'gone/' },
    { path: 'gone/file', content: 'never seen' },
    { path: 'opaque/' },
    { path: 'opaque/old', content: 'old' },
    { path: 'large', content: Buffer.alloc(300_000, 'large content ') },
  ]);
  const top = await sampleTar([
    { path: '.wh.gone', content: '' },
    { path: 'opaque/' },
    { path: 'opaque/.wh..wh..opq', content: '' },
    { path: 'opaque/new', content: 'new' },
    { path: 'app/', uid: 1000, gid: 1000, mode: 0o2750 },
    { path: 'app/ünïcode \udcff.txt', content: 'odd name', uid: 1000, gid: 1000 },
    { path: 'app/absolute', type: 'symlink', linkName: '/etc/passwd' },
    { path: 'dev/' },
    { path: 'dev/null', type: 'character', devMajor: 1, devMinor: 3, mode: 0o666 },
    { path: 'etc/passwd', content: 'root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/app:/bin/sh\n' },
  ]);
  return [base, top];
}
