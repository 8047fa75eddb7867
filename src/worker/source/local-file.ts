import { hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { BuildError } from '../../base/errors.ts';
import { type Digest, digestOfStream } from '../../image/digest.ts';
import type { TreeNode } from '../../image/file-tree.ts';

/** Bytes of a file that is read at once, without giving way to others. */
const SMALL = 256 * 1024;
/** Bytes that are read at once of a larger one. Each read waits in Node's pool of threads behind blocks that are being compressed: few large ones wait less. */
const CHUNK = 1024 * 1024;
/** A link or a FIFO that took the file's place since it was listed must neither be followed nor block. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

export interface Reading {
  /** From `readingMemory`: each piece is read into it, over the one before. Default: memory of its own for each. */
  readonly memory?: Buffer | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** New memory for each piece of a file is what makes the collector of garbage run. */
export function readingMemory(): Buffer {
  return Buffer.allocUnsafeSlow(CHUNK);
}

/**
 * The bytes of a file that was listed before: exactly as many as were listed.
 * @throws BuildError `CONTENT_CHANGED`, `CONTEXT_UNREADABLE`; the reason of an abort
 */
export async function* readListedFile(
  onDisk: string | Buffer,
  node: TreeNode,
  tree: string,
  { memory, signal }: Reading = {},
): AsyncGenerator<Uint8Array> {
  signal?.throwIfAborted();
  if (node.size <= SMALL) {
    const bytes = readAll(onDisk, node, tree, memory?.subarray(0, node.size));
    if (bytes.length > 0) yield bytes;
    return;
  }
  let file: FileHandle;
  try {
    file = await open(onDisk, FLAGS);
  } catch (cause) {
    throw failed(node, tree, cause);
  }
  try {
    check(await file.stat(), node, tree);
    for (let left = node.size; left > 0; ) {
      const most = Math.min(CHUNK, left);
      const { bytesRead, buffer } = await file.read(memory ?? Buffer.allocUnsafe(most), 0, most);
      if (bytesRead === 0) throw changed(node, tree);
      left -= bytesRead;
      signal?.throwIfAborted();
      yield buffer.subarray(0, bytesRead);
    }
    check(await file.stat(), node, tree);
  } finally {
    await file.close();
  }
}

/** Digest of a listed file that is small enough to be read at once. Synchronous: for many small files that is far faster. */
export function hashSmallFile(onDisk: string | Buffer, node: TreeNode, tree: string, memory: Buffer): Digest {
  return `sha256:${hash('sha256', readAll(onDisk, node, tree, memory.subarray(0, node.size)))}` as Digest;
}

/** Digest of a listed file, read in pieces. */
export async function hashLargeFile(
  onDisk: string | Buffer,
  node: TreeNode,
  tree: string,
  signal?: AbortSignal,
): Promise<Digest> {
  return digestOfStream(readListedFile(onDisk, node, tree, { memory: readingMemory(), signal }));
}

function readAll(
  onDisk: string | Buffer,
  node: TreeNode,
  tree: string,
  bytes: Buffer = Buffer.allocUnsafe(node.size),
): Buffer {
  let file: number;
  try {
    file = openSync(onDisk, FLAGS);
  } catch (cause) {
    throw failed(node, tree, cause);
  }
  try {
    check(fstatSync(file), node, tree);
    for (let at = 0; at < bytes.length; ) {
      const count = readSync(file, bytes, at, bytes.length - at, at);
      if (count === 0) throw changed(node, tree);
      at += count;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}

function check(stats: Stats, node: TreeNode, tree: string): void {
  const same = stats.isFile() && stats.size === node.size && stats.mtimeMs / 1000 === node.mtime;
  if (!same) throw changed(node, tree);
}

function failed(node: TreeNode, tree: string, cause: unknown): BuildError {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENOTDIR' || code === 'ENXIO') {
    return changed(node, tree);
  }
  return new BuildError({
    kind: 'environment',
    code: 'CONTEXT_UNREADABLE',
    message: `/${node.path} of ${tree} cannot be read: ${code ?? message}`,
    hint: 'Make it readable for the user that runs the build, or exclude it in .dockerignore.',
    cause,
  });
}

function changed(node: TreeNode, tree: string): BuildError {
  return new BuildError({
    kind: 'environment',
    code: 'CONTENT_CHANGED',
    message: `/${node.path} of ${tree} changed while it was read`,
    hint: 'Do not write to the build context during a build.',
  });
}
