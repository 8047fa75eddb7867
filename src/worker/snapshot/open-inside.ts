import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { BuildError } from '../../base/errors.ts';
import { encodeName } from '../../image/layer/entry-name.ts';

/** Node.js has no name for it; the same for all its platforms on Linux (asm-generic/fcntl.h). */
const O_PATH = 0o10000000;
const FLAGS = O_PATH | constants.O_NOFOLLOW;

/**
 * Opens what is at a path of a folder that somebody else may be changing, and no symlink on the way: whatever is put in its place afterwards,
 * `/proc/self/fd/N` is what was found. For handing on alone (open(2), O_PATH).
 * @param inside without symlinks when it was looked at
 * @throws BuildError `PATH_CHANGED`; errors of the file system
 */
export function openInside(folder: string, inside: string): number {
  let fd = openSync(folder, FLAGS);
  for (const part of inside.split('/').filter((name) => name !== '')) {
    const parent = fd;
    try {
      fd = openSync(Buffer.concat([Buffer.from(`/proc/self/fd/${parent}/`), encodeName(part)]), FLAGS);
    } finally {
      closeSync(parent);
    }
    if (fstatSync(fd).isSymbolicLink() || part === '..') {
      closeSync(fd);
      throw changed(inside);
    }
  }
  return fd;
}

function changed(inside: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'PATH_CHANGED',
    message: `${inside} became a symlink while it was being opened`,
    hint: 'Another step has the same cache: give each a cache of its own, or sharing=locked.',
  });
}
