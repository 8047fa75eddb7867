import { createHash, randomUUID } from 'node:crypto';
import { type Dirent, constants as fsConstants } from 'node:fs';
import { access, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BuildError } from '../../../base/errors.ts';
import { makeFolder } from '../../../base/make-folder.ts';
import type { CacheKey } from '../../../image/cache-key.ts';
import { type DiffId, encoded } from '../../../image/digest.ts';
import { RECORD_FORMAT } from '../../record.ts';

/** A file of the folder, for cleaning up. */
export interface CacheFile {
  readonly path: string;
  readonly kind: 'record' | 'step' | 'index' | 'mount' | 'temporary';
  /** Bytes. */
  readonly size: number;
  readonly lastUsed: Date;
}

/** A file that is written but not yet at its place is not older than this while its process lives. Milliseconds. */
const TEMPORARY_LIFE = 3_600_000;

/**
 * Files of a local cache: `v1/records/ab/<key>.json`, `v1/steps/ab/<hash of the step>` (the key of its newest record),
 * `v1/layers/ab/<diffID>`, `v1/mounts/ab/<key>.json` and `v1/documents/ab/<key>.json` (records of documents). Several processes may use one folder: a file appears whole, under its own name, or not at all, and whoever writes
 * last wins. A file's modification time is the time of its last use.
 */
export class LocalFolder {
  readonly path: string;
  readonly #root: string;

  constructor(path: string) {
    this.path = path;
    this.#root = join(path, `v${RECORD_FORMAT}`);
  }

  /** Can files be made here? Makes the folder where it is missing. */
  async writable(): Promise<boolean> {
    try {
      makeFolder(this.#root);
      await access(this.#root, fsConstants.W_OK);
      return true;
    } catch {
      return false;
    }
  }

  /** Other errors of the file system than that there is none are thrown. */
  async exists(): Promise<boolean> {
    try {
      return (await stat(this.#root)).isDirectory();
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async countRecords(): Promise<number> {
    return (await listBelow(join(this.#root, 'records'))).filter((path) => !basename(path).startsWith('.'))
      .length;
  }

  recordFile(key: CacheKey): string {
    return join(this.#root, 'records', key.slice(0, 2), `${key}.json`);
  }

  stepFile(step: string): string {
    const name = createHash('sha256').update(step).digest('hex');
    return join(this.#root, 'steps', name.slice(0, 2), name);
  }

  indexFile(diffId: DiffId): string {
    const name = encoded(diffId);
    return join(this.#root, 'layers', name.slice(0, 2), name);
  }

  documentsFile(key: CacheKey): string {
    return join(this.#root, 'documents', key.slice(0, 2), `${key}.json`);
  }

  mountFile(key: CacheKey): string {
    return join(this.#root, 'mounts', key.slice(0, 2), `${key}.json`);
  }

  /** Bytes; undefined when there is no such file. */
  async size(file: string): Promise<number | undefined> {
    try {
      return (await stat(file)).size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /**
   * undefined when there is none. Other errors of the file system are thrown.
   * @throws BuildError `CACHE_DATA_BAD` for a file of more than `most` bytes
   */
  async read(file: string, most: number): Promise<Buffer | undefined> {
    const size = await this.size(file);
    if (size !== undefined && size > most) {
      const message = `${file} has ${size} bytes, more than the ${most} that are read`;
      throw new BuildError({ kind: 'environment', code: 'CACHE_DATA_BAD', message });
    }
    try {
      return await readFile(file);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async write(file: string, bytes: Uint8Array | string): Promise<void> {
    const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.${randomUUID()}.tmp`);
    try {
      makeFolder(dirname(file));
      await writeFile(temporary, bytes, { flag: 'wx' });
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  /** Marks a file as used now. That it cannot be marked (read-only folder) or has just been deleted matters to nobody. */
  async touch(file: string): Promise<void> {
    const now = new Date();
    await utimes(file, now, now).catch(() => undefined);
  }

  async delete(file: string): Promise<void> {
    await rm(file, { force: true });
  }

  async *files(): AsyncGenerator<CacheFile> {
    for (const [folder, kind] of [
      ['records', 'record'],
      ['steps', 'step'],
      ['layers', 'index'],
      ['mounts', 'mount'],
      ['documents', 'record'],
    ] as const) {
      for (const path of await listBelow(join(this.#root, folder))) {
        // Another process may have deleted it meanwhile.
        const found = await stat(path).catch(() => undefined);
        if (found === undefined) continue;
        const temporary = basename(path).startsWith('.');
        if (temporary && found.mtimeMs > Date.now() - TEMPORARY_LIFE) continue;
        yield { path, kind: temporary ? 'temporary' : kind, size: found.size, lastUsed: found.mtime };
      }
    }
  }
}

async function listBelow(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const part of await entriesOf(folder)) {
    if (!part.isDirectory()) continue;
    for (const file of await entriesOf(join(folder, part.name))) {
      if (file.isFile()) found.push(join(folder, part.name, file.name));
    }
  }
  return found;
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
