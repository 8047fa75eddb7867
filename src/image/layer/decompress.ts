import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import { BuildError } from '../../base/errors.ts';
import { start } from '../../base/exec.ts';
import { inBlocks } from './blocks.ts';
import { zstdMissing } from './compress.ts';
import { type ArchiveCompression, detectCompression, MAGIC_LENGTH } from './detect-compression.ts';
import { zstdFrames } from './zstd-frames.ts';

export interface DecompressOptions {
  /** Most bytes given out; more is an error. Default: no limit. */
  readonly limit?: number;
  /** gzip through the program of this name: it gives out all that comes before damage, where zlib keeps back up to a block. */
  readonly gzipProgram?: boolean;
}

const CHUNK = 256 * 1024;

/**
 * The uncompressed bytes. gzip of several members and zstd of several frames (also skippable ones) are read whole; bzip2 and xz through the programs
 * of these names. `auto` goes by the first bytes and passes on what it does not know.
 * @throws BuildError `BAD_COMPRESSION` for damaged or cut streams; `DECOMPRESSED_TOO_LARGE`; `COMMAND_NOT_FOUND` without the program; `ZSTD_MISSING`
 */
export async function* decompress(
  source: AsyncIterable<Uint8Array>,
  compression: ArchiveCompression | 'auto',
  options: DecompressOptions = {},
): AsyncGenerator<Buffer> {
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  let total = 0;
  for await (const chunk of decoded(source, compression, options)) {
    total += chunk.length;
    if (total > limit) throw tooLarge(limit);
    yield chunk;
  }
}

function decoded(
  source: AsyncIterable<Uint8Array>,
  compression: ArchiveCompression | 'auto',
  options: DecompressOptions,
): AsyncIterable<Buffer> {
  switch (compression) {
    case 'auto':
      return detected(source, options);
    case 'none':
      return asBuffers(source);
    case 'gzip':
      if (options.gzipProgram === true) return program(source, compression);
      return through(notEmpty(source), zlib.createGunzip({ chunkSize: CHUNK }), 'gzip');
    case 'zstd':
      return zstd(source);
    case 'bzip2':
    case 'xz':
      return program(source, compression);
  }
}

async function* detected(
  source: AsyncIterable<Uint8Array>,
  options: DecompressOptions,
): AsyncGenerator<Buffer> {
  const iterator = source[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let length = 0;
  let done = false;
  while (length < MAGIC_LENGTH && !done) {
    const next = await iterator.next();
    if (next.done === true) done = true;
    else {
      head.push(next.value);
      length += next.value.length;
    }
  }
  const first = Buffer.concat(head);
  yield* decoded(joined(first, iterator), detectCompression(first), options);
}

async function* joined(first: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (first.length > 0) yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* zstd(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const { createZstdDecompress } = zlib as Partial<typeof zlib>;
  if (createZstdDecompress === undefined) throw zstdMissing();
  for await (const frame of zstdFrames(source)) {
    yield* through(frame, createZstdDecompress({ chunkSize: CHUNK }), 'zstd');
  }
}

/** Node's decoder takes no bytes at all for a whole stream. */
async function* notEmpty(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    yield chunk;
  }
  if (length === 0) throw badStream('gzip', undefined, 'it is empty');
}

/** Errors of the source keep their identity; those of the decoder become ours. */
async function* through(
  source: AsyncIterable<Uint8Array>,
  decoder: zlib.Gunzip | zlib.ZstdDecompress,
  name: string,
): AsyncGenerator<Buffer> {
  const feeding = pipeline(Readable.from(inBlocks(source, CHUNK), { highWaterMark: 2 }), decoder);
  feeding.catch(() => undefined);
  try {
    for await (const chunk of decoder as AsyncIterable<Buffer>) yield chunk;
    await feeding;
  } catch (cause) {
    throw cause instanceof BuildError || !isZlibError(cause) ? cause : badStream(name, cause);
  } finally {
    decoder.destroy();
  }
}

async function* program(
  source: AsyncIterable<Uint8Array>,
  name: 'gzip' | 'bzip2' | 'xz',
): AsyncGenerator<Buffer> {
  await using child = start([name, '-dc']);
  let failure: unknown;
  const feeding = pipeline(Readable.from(source), child.stdin).catch((cause: unknown) => {
    // A program that stops reading tells why by its exit code.
    if (!isBrokenPipe(cause)) failure = cause;
  });
  const complaint = lastWords(child.stderr);
  try {
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) yield chunk;
  } catch (cause) {
    // Its output also breaks when it could not be started at all, which `done` tells better.
    await child.done;
    throw cause;
  }
  const { exitCode } = await child.done;
  await feeding;
  if (failure !== undefined) throw failure;
  if (exitCode !== 0) throw badStream(name, undefined, await complaint);
}

async function lastWords(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream as AsyncIterable<Buffer>) text = (text + chunk.toString()).slice(-500);
  return text.trim();
}

async function* asBuffers(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of source) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
}

function isZlibError(cause: unknown): boolean {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return (
    typeof code === 'string' &&
    (code.startsWith('Z_') || code.startsWith('ZSTD_') || code.startsWith('ERR_ZLIB'))
  );
}

function isBrokenPipe(cause: unknown): boolean {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ERR_STREAM_DESTROYED';
}

function badStream(name: string, cause: unknown, said?: string): BuildError {
  const why = said ?? (cause instanceof Error ? cause.message : 'it is damaged');
  return new BuildError({
    kind: 'user',
    code: 'BAD_COMPRESSION',
    message: `This is no whole ${name} stream: ${why === '' ? 'it is damaged' : why}`,
    cause,
  });
}

function tooLarge(limit: number): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'DECOMPRESSED_TOO_LARGE',
    message: `The archive unpacks to more than ${limit} bytes`,
  });
}
