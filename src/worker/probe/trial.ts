import { mkdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf } from '../../base/errors.ts';
import { exec, execOk } from '../../base/exec.ts';
import { mountsBelow } from '../process/mounts-below.ts';
import { makeDeviceFolder } from '../sandbox/device-folder.ts';
import { makeProbe, OPENED, saysOpened } from '../sandbox/device-probe.ts';
import { PipeSupply } from '../sandbox/pipe-supply.ts';
import type { Sandbox } from '../sandbox.ts';
import { unmount } from '../snapshot/mount.ts';

const TRIAL_SHM = 1024 * 1024;

/**
 * Runs `true` of this machine in the sandbox, with this machine's own files as root: all that a step needs is tried.
 * @returns why it does not work; undefined when it does
 */
export async function trySandbox(sandbox: Sandbox, ram: string): Promise<string | undefined> {
  const scratch = join(ram, `trial-${sandbox.name}`);
  const root = join(scratch, 'root');
  const dev = join(scratch, 'dev');
  await mkdir(root, { recursive: true });
  try {
    const [made] = await Promise.all([makeProbeDevice(dev), showOwnRoot(root)]);
    const said: string[] = [];
    const code = await sandbox.run(
      {
        id: `trial-${process.ppid}`,
        root,
        scratch,
        pipes: await new PipeSupply(join(scratch, 'pipes')).take(),
        dev,
        args: ['sh', '-c', 'LC_ALL=C; true < /dev/probe; true'],
        env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
        cwd: '/',
        account: { uid: 0, gid: 0, groups: [0] },
        mounts: [],
        network: 'default',
        hostname: 'trial',
        shmSize: TRIAL_SHM,
        insecure: false,
        limits: [],
      },
      { onOutput: (chunk) => void said.push(Buffer.from(chunk).toString('utf8')) },
    );
    const words = said.join('').trim();
    if (code !== 0) return words || `it ended with exit code ${code}`;
    return made && saysOpened(words) ? OPENED : undefined;
  } catch (error) {
    return reasonOf(error);
  } finally {
    await unmount(root);
    await rm(scratch, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** False where it cannot be made. */
async function makeProbeDevice(dev: string): Promise<boolean> {
  makeDeviceFolder(dev);
  return await makeProbe(dev);
}

/** This machine's programs and libraries, without the kernel's file systems, which the sandbox mounts. */
async function showOwnRoot(root: string): Promise<void> {
  const alone = await exec(['mount', '-n', '--bind', '/', root]);
  if (alone.exitCode !== 0) {
    // A user namespace may not see what is below other mounts, so it has to take them along.
    await execOk(['mount', '-n', '--rbind', '/', root]);
    return;
  }
  const mounted = new Set(mountsBelow(''));
  for (const folder of ['/usr', '/lib', '/lib64', '/bin'].filter((path) => mounted.has(path))) {
    await execOk(['mount', '-n', '--bind', folder, `${root}${folder}`]);
  }
}

/**
 * Mounts sysfs, which takes a network of one's own. The trial of a sandbox cannot tell: it takes this machine's root with all that is mounted
 * in it, and `mount --all` leaves out what is there.
 * @returns why it does not work; undefined when it does
 */
export async function trySysfs(ram: string): Promise<string | undefined> {
  const folder = join(ram, 'trial-sys');
  await mkdir(folder, { recursive: true });
  const mounted = await exec(['mount', '-n', '-t', 'sysfs', '-o', 'ro', 'sysfs', folder]);
  if (mounted.exitCode === 0) await unmount(folder);
  await rmdir(folder);
  const [said = ''] = mounted.stderr.trim().split('\n');
  return mounted.exitCode === 0 ? undefined : said;
}

/** @returns why chroot does not work; undefined when it does */
export async function tryChroot(scratch: string): Promise<string | undefined> {
  const chroot = await exec(['chroot', '/', 'true']);
  if (chroot.exitCode !== 0) return chroot.stderr.trim();
  const device = join(scratch, 'trial-device');
  const node = await exec(['cp', '-a', '--', '/dev/null', device]);
  await rm(device, { force: true });
  return node.exitCode === 0 ? undefined : node.stderr.trim();
}

/** Whether capabilities can be taken away for good. */
export async function canBound(): Promise<boolean> {
  return (await exec(['setpriv', '--bounding-set=-all,+chown', 'true'])).exitCode === 0;
}
