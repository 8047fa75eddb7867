import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { BuildError, reasonOf } from '../../base/errors.ts';
import type { IgnoreFile } from '../../engine/engine.ts';
import { isFolderAt } from './context-address.ts';
import { dockerfileNames, dockerfileNotFound } from './dockerfile-names.ts';
import type { DockerfileText } from './opened-context.ts';

/**
 * A Dockerfile of this machine.
 * @param file relative to the current folder
 * @throws BuildError `DOCKERFILE_NOT_FOUND`
 */
export function dockerfileOnDisk(file: string): DockerfileText {
  const names = dockerfileNames(file).filter((name) => existsSync(name));
  const there = names.find((name) => !isFolderAt(resolve(name))) ?? names[0] ?? file;
  try {
    const text = readFileSync(there, 'utf8');
    const changedAt = Math.floor(statSync(there).mtimeMs / 1000);
    return { path: shown(there), text, file: resolve(there), changedAt };
  } catch (cause) {
    throw dockerfileNotFound(file === '' ? 'is named by nothing' : `${shown(there)} ${reasonFor(cause)}`, {
      hint: 'Give its path with -f (the input `file` of the action); it is relative to the current folder, not to the context.',
      cause,
    });
  }
}

function reasonFor(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'is not there';
  return code === 'EISDIR' ? 'is a folder' : `cannot be read: ${message}`;
}

/**
 * `NAME.dockerignore` beside the Dockerfile wins over `.dockerignore` of the context; they are never combined (BuildKit, dockerui
 * config.go).
 * @param dockerfile its path, if it is on this machine
 * @throws BuildError `IGNORE_FILE_UNREADABLE`
 */
export function ignoreFileOf(context: string, dockerfile: string | undefined): IgnoreFile | undefined {
  const own =
    dockerfile === undefined ? [] : [join(dirname(dockerfile), `${basename(dockerfile)}.dockerignore`)];
  for (const path of [...own, join(context, '.dockerignore')]) {
    if (existsSync(path) && !isFolderAt(path)) return { path: shown(path), text: textOf(path) };
  }
  return undefined;
}

function textOf(ignoreFile: string): string {
  try {
    return readFileSync(ignoreFile, 'utf8');
  } catch (cause) {
    throw new BuildError({
      kind: 'environment',
      code: 'IGNORE_FILE_UNREADABLE',
      message: `The ignore file ${shown(ignoreFile)} cannot be read: ${reasonOf(cause)}`,
      hint: 'Make it readable for the user that runs the build.',
      cause,
    });
  }
}

/** Below the current folder as Git writes it, by which annotations find their file; elsewhere as it was written. */
function shown(path: string): string {
  const from = `${process.cwd()}/`;
  const whole = resolve(path);
  return whole.startsWith(from) ? whole.slice(from.length) : path;
}
