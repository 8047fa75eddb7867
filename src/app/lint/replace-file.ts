import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** What keeps a file from being replaced that can be written all the same: a folder of somebody else, another owner, a mounted file. */
const NOT_REPLACEABLE: readonly unknown[] = ['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV'];

/**
 * Gives a file that is there another text. It is written beside it and put in its place, so that the old text stays whole if the disk is full
 * or the process is killed. Mode, owner and symbolic links are kept. Where that cannot be, the file is written where it lies: gives why.
 * @throws the system's error
 */
export function replaceFile(path: string, text: string): string | undefined {
  const facts = statSync(path);
  // A pipe or a device is not replaced by a file.
  if (!facts.isFile()) {
    writeFileSync(path, text);
    return undefined;
  }
  // Whoever protects a file does not want it replaced either.
  accessSync(path, constants.W_OK);
  const target = realpathSync(path);
  const fresh = join(dirname(target), `.${randomBytes(8).toString('hex')}.tmp`);
  try {
    writeFileSync(fresh, text, { flag: 'wx', mode: 0o600, flush: true });
    const made = statSync(fresh);
    if (made.uid !== facts.uid || made.gid !== facts.gid) chownSync(fresh, facts.uid, facts.gid);
    chmodSync(fresh, facts.mode & 0o7777);
    renameSync(fresh, target);
    return undefined;
  } catch (error) {
    rmSync(fresh, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    if (!NOT_REPLACEABLE.includes(code)) throw error;
    writeFileSync(target, text);
    return message;
  }
}
