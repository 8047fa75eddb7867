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

/**
 * @param cwd relative paths in `options` begin here
 * @throws BuildError `MOUNT_FAILED`
 */
export async function mount(
  type: string,
  source: string,
  target: string,
  options: string,
  cwd = '/',
): Promise<void> {
  const argv = ['mount', '-n', '-t', type, ...(options === '' ? [] : ['-o', options]), source, target];
  const { exitCode, stderr } = await exec(argv, { cwd, env: MOUNT_ENV });
  if (exitCode === 0) return;
  throw new BuildError({
    kind: 'environment',
    code: 'MOUNT_FAILED',
    message: stderr.trim().split('\n')[0] ?? 'mount failed',
  });
}

/** Also when something still uses it: then it goes with its last user. */
export async function unmount(target: string): Promise<void> {
  await exec(['umount', '-n', '-l', target]);
}
