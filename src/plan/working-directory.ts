import { posix } from 'node:path';
import { BuildError } from '../base/errors.ts';

/**
 * WORKDIR on top of the current directory: relative text is joined and cleaned, absolute text is kept as it is, empty text stays.
 * The result is absolute; for Windows with backslashes and without a drive letter.
 * @throws BuildError `BAD_PATH` for a Windows path off the system drive
 */
export function resolveWorkdir(current: string, text: string, os: string): string {
  const path = absolute(current, text, os);
  return os === 'windows' ? path.replaceAll('/', '\\') : path;
}

/**
 * Destination of COPY and ADD, absolute with forward slashes. A trailing `/` or `/.` is kept: it says "a folder".
 * @throws BuildError `BAD_PATH`
 */
export function resolveDestination(current: string, text: string, os: string): string {
  const path = withoutDrive(text, os);
  const written = path === '' || path === '.' ? './' : path;
  return keepSlash(absolute(withoutDrive(current, os), written, os), written);
}

export function isAbsolutePath(text: string, os: string): boolean {
  return posix.isAbsolute(os === 'windows' ? text.replaceAll('\\', '/').replace(/^[a-zA-Z]:/, '') : text);
}

function absolute(current: string, text: string, os: string): string {
  const parent = posix.join('/', withoutDrive(current, os));
  const start = isAbsolutePath(withoutDrive(current, os), os) ? withoutDrive(current, os) : parent;
  const path = withoutDrive(text, os);
  if (path === '') return start;
  return posix.isAbsolute(path) ? path : withoutTrailingSlash(posix.join(start, path));
}

/** Node's join keeps a trailing slash, Go's does not. */
function withoutTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function keepSlash(path: string, written: string): string {
  if (written.endsWith('/') && !path.endsWith('/')) return `${path}/`;
  if (written.endsWith('/.') && !path.endsWith('/.')) return path === '/' ? '/.' : `${path}/.`;
  return path;
}

function withoutDrive(text: string, os: string): string {
  if (os !== 'windows' || text === '') return text;
  const path = text.replaceAll('\\', '/');
  const drive = /^([^:]*):(.*)$/s.exec(path);
  if (path.startsWith('//') || /^.:$/s.test(path) || (drive !== null && drive[1]?.toLowerCase() !== 'c')) {
    throw new BuildError({
      kind: 'user',
      code: 'BAD_PATH',
      message: `"${text}" is not a path on the system drive`,
      hint: 'A Windows image has the drive C: only.',
    });
  }
  return withoutTrailingSlash(posix.normalize(drive === null ? path : (drive[2] ?? '')));
}
