import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TempDir, tempDir } from '../../base/temp.ts';

/** sun_path of unix(7) holds 108 bytes with the closing NUL. */
const MAX_SOCKET_PATH = 107;
/** The name of a folder for one main process's socket, with its pid. */
export const SOCKET_FOLDER = /^w-(\d+)-/;

/** In the state folder, or in the system's temporary folder when the path would be too long for a socket. */
export async function socketFolder(folder: string): Promise<TempDir> {
  await removeStale(folder);
  const prefix = `w-${process.pid}-`;
  const fits = Buffer.byteLength(join(folder, `${prefix}XXXXXX`, 's')) <= MAX_SOCKET_PATH;
  return await tempDir(fits ? folder : tmpdir(), prefix);
}

/** What main processes that were killed left behind. */
async function removeStale(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = Number(SOCKET_FOLDER.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid))
      await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
