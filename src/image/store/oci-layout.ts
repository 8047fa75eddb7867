import { createHash, randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError, reasonOf, toBuildError } from '../../base/errors.ts';
import { makeFolder } from '../../base/make-folder.ts';
import type { ContentStore } from '../content-store.ts';
import { algorithmOf, type Digest, encoded, isDigest, parseDigest } from '../digest.ts';
import { Admission, contentNotFound } from './admission.ts';

const READ_CHUNK = 256 * 1024;
/** How often the time of last use is written again, in milliseconds. */
const TOUCH_INTERVAL = 60_000;
const ALGORITHMS = ['sha256', 'sha512'] as const;
/** An unfinished file that nobody wrote to for so long was left by a process that was killed. In milliseconds. */
const ABANDONED = 24 * 60 * 60 * 1000;

/**
 * Blobs as files `<folder>/blobs/<algorithm>/<hex>` (OCI image-spec 1.1, image-layout.md), made under a temporary name in `<folder>/ingest` and moved into place when
 * they are whole and their digest was checked. Several processes may work on one folder. A file's modification time is when it was last used.
 */
export function ociLayoutStore(folder: string): ContentStore {
  let swept: Promise<void> | undefined;
  const pathOf = (digest: Digest): string => join(folder, 'blobs', algorithmOf(digest), encoded(digest));
  return {
    async stat(digest) {
      const path = pathOf(digest);
      const found = await statOf(path);
      // Whoever asks counts on it.
      if (found !== undefined && Date.now() - found.lastUsed.getTime() > TOUCH_INTERVAL) await touch(path);
      return found?.size;
    },
    async open(digest, range = {}) {
      const path = pathOf(digest);
      if ((await statOf(path)) === undefined) throw contentNotFound(digest);
      await touch(path);
      return contentOf(digest, path, range.start ?? 0, range.end ?? Number.POSITIVE_INFINITY);
    },
    async put(source, expected = {}) {
      const admission = new Admission(expected);
      const algorithm = algorithmOf(expected.digest);
      swept ??= removeAbandoned(join(folder, 'ingest'));
      await swept;
      await using ingest = await newFile(join(folder, 'ingest'));
      const hash = createHash(algorithm);
      for await (const chunk of source) {
        admission.count(chunk.length);
        hash.update(chunk);
        await ingest.write(chunk);
      }
      const digest = parseDigest(`${algorithm}:${hash.digest('hex')}`);
      admission.check(digest);
      await ingest.moveTo(join(folder, 'blobs', algorithm), encoded(digest));
      return { digest, size: admission.size };
    },
    pathOf,
    async delete(digest) {
      await rm(pathOf(digest), { force: true });
    },
    async *list() {
      for (const algorithm of ALGORITHMS) yield* listFolder(join(folder, 'blobs', algorithm), algorithm);
    },
  };
}

interface Ingest extends AsyncDisposable {
  write(chunk: Uint8Array): Promise<void>;
  moveTo(folder: string, name: string): Promise<void>;
}

/** A file that is gone when disposed of unless it was moved. */
async function newFile(folder: string): Promise<Ingest> {
  const path = join(folder, randomUUID());
  const file = await storing(folder, async () => {
    makeFolder(folder);
    return await open(path, 'wx', 0o644);
  });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await file.close();
    isOpen = false;
  };
  return {
    write: (chunk) => storing(folder, () => writeAll(file, chunk)),
    moveTo: (target, name) =>
      storing(folder, async () => {
        await close();
        makeFolder(target);
        await rename(path, join(target, name));
      }),
    async [Symbol.asyncDispose]() {
      await close().catch(() => undefined);
      await rm(path, { force: true });
    },
  };
}

async function removeAbandoned(folder: string): Promise<void> {
  try {
    for (const name of await readdir(folder)) {
      const { mtimeMs } = await stat(join(folder, name));
      if (Date.now() - mtimeMs > ABANDONED) await rm(join(folder, name), { force: true });
    }
  } catch {
    // No such folder yet, or another process was faster: nothing that keeps content from being stored.
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, at, chunk.length - at);
    at += bytesWritten;
  }
}

/** Opened when it is read, so that nothing has to be closed when it never is. */
async function* contentOf(digest: Digest, path: string, start: number, end: number): AsyncGenerator<Buffer> {
  await using file = await openFile(path, digest);
  for (let at = start; at < end; ) {
    const wanted = Math.min(READ_CHUNK, end - at);
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function openFile(path: string, digest: Digest): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    throw isMissing(cause) ? contentNotFound(digest) : storeFailed(cause, path);
  }
}

/** Keeps the time of last use; a store that may only be read has none. */
async function touch(path: string): Promise<void> {
  const now = new Date();
  try {
    const { mtimeMs } = await stat(path);
    if (now.getTime() - mtimeMs > TOUCH_INTERVAL) await utimes(path, now, now);
  } catch {
    // Deleted by another process in the meantime (the open file stays readable), or a read-only folder.
  }
}

async function* listFolder(
  folder: string,
  algorithm: string,
): AsyncGenerator<{ digest: Digest; size: number; lastUsed: Date }> {
  for (const { name } of await entriesOf(folder)) {
    const digest = digestNamed(algorithm, name);
    const found = digest === undefined ? undefined : await statOf(join(folder, name));
    if (digest !== undefined && found !== undefined) {
      yield { digest, size: found.size, lastUsed: found.lastUsed };
    }
  }
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw storeFailed(cause, folder);
  }
}

/** undefined for somebody else's file. */
function digestNamed(algorithm: string, name: string): Digest | undefined {
  const digest = `${algorithm}:${name}`;
  return isDigest(digest) ? digest : undefined;
}

async function statOf(path: string): Promise<{ readonly size: number; readonly lastUsed: Date } | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? { size: found.size, lastUsed: found.mtime } : undefined;
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw storeFailed(cause, path);
  }
}

async function storing<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw storeFailed(cause, folder);
  }
}

function isMissing(cause: unknown): boolean {
  const code = (cause as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** @param place the file or folder; of a write the system tells none */
function storeFailed(cause: unknown, place: string): BuildError {
  const { kind, code, message, hint } = toBuildError(cause);
  // A full disk and the like.
  if (kind === 'environment')
    return new BuildError({
      kind,
      code,
      message: `${message}: the content store in ${place} cannot be used`,
      hint,
      cause,
    });
  return new BuildError({
    kind: 'environment',
    code: 'STORE_FAILED',
    message: `The content store cannot be used: ${reasonOf(cause)}`,
    cause,
  });
}
