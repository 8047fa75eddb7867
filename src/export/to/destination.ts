import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, constants, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BuildError, reasonOf } from '../../base/errors.ts';
import { makeFolder } from '../../base/make-folder.ts';

/** Where a stream of bytes goes. */
export interface Destination {
  /** As shown: a path, or `standard output`. */
  readonly name: string;
  /** @throws BuildError `DESTINATION_NOT_WRITABLE` */
  check(): Promise<void>;
  /**
   * Gives the number of bytes written. A file is there only when it is whole.
   * @throws BuildError `DESTINATION_NOT_WRITABLE`; whatever the source throws
   */
  write(source: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): Promise<number>;
}

/** `-` is `stdout`, everything else a file. */
export function destinationOf(dest: string, stdout: NodeJS.WritableStream): Destination {
  return dest === '-' ? streamDestination(stdout) : fileDestination(resolve(dest));
}

function streamDestination(stream: NodeJS.WritableStream): Destination {
  return {
    name: 'standard output',
    check: async () => undefined,
    write: (source, signal) => writing('standard output', () => copy(source, stream, { signal, end: false })),
  };
}

function fileDestination(path: string): Destination {
  return {
    name: path,
    async check() {
      const there = await statIfThere(path);
      if (there?.isDirectory() === true) throw notWritable(path, 'it is a folder');
      await checkWritable(there !== undefined && !there.isFile() ? path : dirname(path), path);
    },
    async write(source, signal) {
      const there = await statIfThere(path);
      if (there?.isDirectory() === true) throw notWritable(path, 'it is a folder');
      // A pipe or a device is not replaced by a file.
      if (there !== undefined && !there.isFile())
        return writing(path, () => copy(source, createWriteStream(path), { signal }));
      return writeFileWhole(path, source, signal);
    },
  };
}

/**
 * Writes a file under a temporary name beside its own, which it gets when it is whole. Makes its folder.
 * @throws as Destination.write
 */
export async function writeFileWhole(
  path: string,
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<number> {
  const partial = join(dirname(path), `.${basename(path).slice(0, 200)}.${randomBytes(6).toString('hex')}`);
  return writing(path, async () => {
    makeFolder(dirname(path));
    try {
      const size = await copy(source, createWriteStream(partial, { flags: 'wx' }), { signal });
      await rename(partial, path);
      return size;
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  });
}

/**
 * What the operating system says against writing, as an error that is not ours: a full disk, a folder of somebody else.
 * @throws BuildError `DESTINATION_NOT_WRITABLE` naming `path`; other errors as they are
 */
export async function writing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BuildError || !isSystemError(error)) throw error;
    throw notWritable(path, reasonOf(error), error);
  }
}

function isSystemError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}

/**
 * @param folder the folder that has to be writable, or that can be made
 * @throws BuildError `DESTINATION_NOT_WRITABLE`, naming `path`
 */
export async function checkWritable(folder: string, path: string): Promise<void> {
  let current = folder;
  while ((await statIfThere(current)) === undefined && dirname(current) !== current)
    current = dirname(current);
  try {
    await access(current, constants.W_OK);
  } catch (cause) {
    throw notWritable(path, `${current} is not writable`, cause);
  }
}

export function notWritable(path: string, why: string, cause?: unknown): BuildError {
  return new BuildError({
    kind: 'environment',
    code: 'DESTINATION_NOT_WRITABLE',
    message: `${path} cannot be written: ${why}`,
    cause,
  });
}

export async function statIfThere(path: string): Promise<Awaited<ReturnType<typeof stat>> | undefined> {
  try {
    return await stat(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw notWritable(path, (cause as Error).message, cause);
  }
}

async function copy(
  source: AsyncIterable<Uint8Array>,
  sink: NodeJS.WritableStream,
  options: { readonly signal: AbortSignal | undefined; readonly end?: boolean },
): Promise<number> {
  let size = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      size += chunk.length;
      yield chunk;
    }
  }
  const { signal, end = true } = options;
  try {
    await pipeline(Readable.from(counted(), { objectMode: false }), sink, {
      end,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
  return size;
}
