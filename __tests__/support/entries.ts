import type { Entry, EntryType, EntryWithBody } from '../../src/image/layer/entry.ts';
import { readTar, type TarLimits } from '../../src/image/layer/tar-read.ts';
import { asyncOf, collect, streamOf } from './bytes.ts';

/** An entry and its whole content. */
export interface Member {
  readonly entry: Entry;
  readonly content?: Buffer;
}

export function entry(type: EntryType, path: string, more: Partial<Entry> = {}): Entry {
  return {
    path,
    type,
    mode: type === 'directory' ? 0o755 : 0o644,
    uid: 0,
    gid: 0,
    size: 0,
    mtime: 1_000_000_000,
    ...more,
  };
}

export function file(path: string, content: string | Buffer, more: Partial<Entry> = {}): Member {
  const bytes = Buffer.from(content as string);
  return { entry: entry('file', path, { size: bytes.length, ...more }), content: bytes };
}

export function folder(path: string, more: Partial<Entry> = {}): Member {
  return { entry: entry('directory', path, more) };
}

export function symlink(path: string, linkName: string, more: Partial<Entry> = {}): Member {
  return { entry: entry('symlink', path, { mode: 0o777, linkName, ...more }) };
}

export function hardlink(path: string, linkName: string, more: Partial<Entry> = {}): Member {
  return { entry: entry('hardlink', path, { linkName, ...more }) };
}

/** As writers take them. */
export function members(list: readonly Member[]): AsyncIterable<EntryWithBody> {
  return asyncOf(
    list.map(({ entry, content }) =>
      content === undefined ? { entry } : { entry, body: streamOf(content) },
    ),
  );
}

export async function readAll(source: AsyncIterable<Uint8Array>, limits?: TarLimits): Promise<Member[]> {
  const found: Member[] = [];
  for await (const { entry, body } of readTar(source, limits)) {
    found.push(body === undefined ? { entry } : { entry, content: await collect(body) });
  }
  return found;
}
