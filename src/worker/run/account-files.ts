import { closeSync, constants, openSync, readSync } from 'node:fs';
import { BuildError } from '../../base/errors.ts';
import type { ResolvedPath, RootPaths } from '../snapshot/root-paths.ts';
import type { AccountFiles } from './accounts.ts';

/** Account files are small; a larger one is not read further, so that a strange image cannot fill the memory. */
const MOST_BYTES = 4 * 1024 * 1024;

/** The image's /etc/passwd and /etc/group, links followed inside of it. What is no file, or cannot be found, counts as none, as in BuildKit. */
export function readAccountFiles(paths: RootPaths): AccountFiles {
  return { passwd: textOf('/etc/passwd', paths), group: textOf('/etc/group', paths) };
}

function textOf(path: string, paths: RootPaths): string {
  const found = find(path, paths);
  if (found?.stat?.isFile() !== true) return '';
  const fd = openSync(found.outside, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const bytes = Buffer.alloc(Math.min(Number(found.stat.size), MOST_BYTES));
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(fd, bytes, length, bytes.length - length, null);
    return bytes.toString('utf8', 0, length);
  } finally {
    closeSync(fd);
  }
}

function find(path: string, paths: RootPaths): ResolvedPath | undefined {
  try {
    return paths.resolve(path);
  } catch (error) {
    if (error instanceof BuildError && error.code === 'PATH_LOOPS') return undefined;
    throw error;
  }
}
