import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { BuildError, reasonOf } from './errors.ts';

/**
 * Makes a folder and those above it, with the same mode, where they are missing. Node's own way to do that never returns where a folder is there
 * and nothing can be made in it because "there is no such file", as below /proc.
 * @throws errors of the file system
 */
export function makeFolder(path: string, mode = 0o777): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (isFolder(path)) return;
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path || isFolder(parent))
      throw error;
    makeFolder(parent, mode);
    makeFolder(path, mode);
  }
}

/**
 * The state folder or one in it, for nobody else to read.
 * @throws BuildError `STATE_DIR_UNUSABLE`
 */
export function makeStateFolder(path: string): void {
  try {
    makeFolder(path, 0o700);
  } catch (cause) {
    throw new BuildError({
      kind: 'environment',
      code: 'STATE_DIR_UNUSABLE',
      message: `The state folder ${path} cannot be used: ${reasonOf(cause)}`,
      hint: 'Give another one with state-dir.',
      cause,
    });
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
