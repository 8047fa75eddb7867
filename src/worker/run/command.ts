import { BuildError } from '../../base/errors.ts';
import type { Account } from '../sandbox.ts';
import type { RootPaths } from '../snapshot/root-paths.ts';

const ANY_EXECUTE = 0o111n;

/**
 * Checks that the program exists inside the root, so that its absence is not mistaken for an exit code of its own.
 * @throws BuildError `COMMAND_NOT_FOUND`
 */
export function checkCommand(name: string, cwd: string, env: readonly string[], paths: RootPaths): void {
  const places = name.includes('/')
    ? [under(cwd, name)]
    : searchPath(env).map((folder) => `${under(cwd, folder)}/${name}`);
  const files = places.map((place) => paths.resolve(place).stat).filter((stat) => stat?.isFile() === true);
  if (files.some((stat) => ((stat?.mode ?? 0n) & ANY_EXECUTE) !== 0n)) return;
  throw new BuildError({
    kind: 'user',
    code: 'COMMAND_NOT_FOUND',
    message:
      files.length > 0
        ? `The program "${name}" in the image is not executable`
        : `The image has no program "${name}"${name.includes('/') ? '' : ' in its PATH'}`,
    hint: 'Install it in an earlier step, or choose a base image that has it.',
  });
}

/**
 * Makes a working directory that is missing, 0755 and the user's: an image may name one that it does not hold, and a step may have deleted
 * it (BuildKit, executor/runcexecutor).
 * @throws BuildError `WORKDIR_NOT_FOUND` where a file or a read-only mount is in the way
 */
export function makeCwd(cwd: string, paths: RootPaths, owner: Account): void {
  const { stat } = paths.resolve(cwd);
  if (stat?.isDirectory() === true) return;
  if (stat === undefined && paths.makeFolder(cwd, owner)) return;
  throw new BuildError({
    kind: 'user',
    code: 'WORKDIR_NOT_FOUND',
    message: `The working directory ${cwd} ${stat === undefined ? 'cannot be made' : 'is not a directory'} in the image`,
    hint: 'A read-only mount may cover it, or a file of that name is in the way.',
  });
}

function searchPath(env: readonly string[]): string[] {
  const value = env.findLast((pair) => pair.startsWith('PATH='))?.slice('PATH='.length) ?? '';
  return value.split(':').map((folder) => (folder === '' ? '.' : folder));
}

function under(cwd: string, path: string): string {
  return path.startsWith('/') ? path : `${cwd}/${path}`;
}
