import { closeSync, openSync } from 'node:fs';
import { BuildError } from '../../base/errors.ts';
import { exec } from '../../base/exec.ts';

export interface Lock {
  release(): void;
}

/** `shared`: with others who share it, and with nobody who has it alone. */
export type LockKind = 'shared' | 'exclusive';

/** flock(1) with -n: somebody else has it. It says nothing then. */
const TAKEN = 1;

/**
 * A lock on a file that is made when it is missing and never deleted: flock(2), of an open file of ours, so that the kernel takes it back when
 * this process dies. Steps share the machine's network, and with it sockets that have no file; files of ours they do not see.
 * @returns undefined when somebody else has it
 * @throws BuildError `LOCK_FAILED`, `COMMAND_NOT_FOUND`; errors of the file system
 */
export async function tryLock(file: string, kind: LockKind): Promise<Lock | undefined> {
  return await take(file, kind, ['-n']);
}

/** Like `tryLock`, and waits. */
export async function lockWaiting(file: string, kind: LockKind, signal?: AbortSignal): Promise<Lock> {
  const lock = await take(file, kind, [], signal);
  if (lock === undefined) throw lockFailed(file, 'no reason was given');
  return lock;
}

/** The child locks the open file that it got from us, and the lock stays with the file when the child has ended. */
async function take(
  file: string,
  kind: LockKind,
  options: readonly string[],
  signal?: AbortSignal,
): Promise<Lock | undefined> {
  signal?.throwIfAborted();
  const fd = openSync(file, 'a', 0o600);
  let isHeld = false;
  try {
    const argv = ['flock', kind === 'shared' ? '-s' : '-x', ...options, '3'];
    const { exitCode, stderr } = await exec(argv, { signal, files: [fd] });
    if (exitCode === TAKEN && stderr === '') return undefined;
    if (exitCode !== 0) throw lockFailed(file, stderr.trim());
    isHeld = true;
    return { release: () => closeSync(fd) };
  } finally {
    if (!isHeld) closeSync(fd);
  }
}

function lockFailed(file: string, why: string): BuildError {
  return new BuildError({
    kind: 'environment',
    code: 'LOCK_FAILED',
    message: `${file} could not be locked: ${why}`,
    hint: 'Put the state folder on a file system that has locks (flock).',
  });
}
