import { BuildError } from '../../base/errors.ts';
import { exec } from '../../base/exec.ts';

/**
 * util-linux 2.39 sets options one by one with fsconfig(2), which cuts a value at 256 bytes; the old mount(2) takes a page.
 */
const MOUNT_ENV = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C.UTF-8',
  LIBMOUNT_FORCE_MOUNT2: 'always',
} as const;

/** @throws BuildError `MOUNT_FAILED` */
export async function mount(type: string, source: string, target: string, options: string): Promise<void> {
  await runMount(['-t', type, ...(options === '' ? [] : ['-o', options]), source, target], '/');
}

/**
 * Mounts all lines of a file as `fstab` writes it; relative names begin in `cwd`.
 * @throws BuildError `MOUNT_FAILED`
 */
export async function mountTable(file: string, cwd: string): Promise<void> {
  await runMount(['--all', '--fstab', file], cwd);
}

/**
 * Mounts the folder or file that an open descriptor stands for, whatever its path is by now.
 * @throws BuildError `MOUNT_FAILED`
 */
export async function bindFile(fd: number, target: string): Promise<void> {
  await runMount(['--bind', '--no-canonicalize', '/proc/self/fd/3', target], '/', [fd]);
}

/** Also when something still uses them: then they go with their last user. */
export async function unmount(...targets: readonly string[]): Promise<void> {
  await exec(['umount', '-n', '-l', ...targets]);
}

async function runMount(args: readonly string[], cwd: string, files: readonly number[] = []): Promise<void> {
  const { exitCode, stderr } = await exec(['mount', '-n', ...args], { cwd, env: MOUNT_ENV, files });
  if (exitCode === 0) return;
  throw new BuildError({
    kind: 'environment',
    code: 'MOUNT_FAILED',
    message: stderr.trim().split('\n')[0] ?? 'mount failed',
  });
}
