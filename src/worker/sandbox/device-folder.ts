import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** OCI runtime-spec 1.2, config-linux.md "Default Devices". */
export const DEVICES = ['null', 'zero', 'full', 'random', 'urandom', 'tty'] as const;

/** Those of a step that was granted the machine, as in BuildKit: it may mount images of disks. */
export function insecureDevices(): readonly string[] {
  return [...DEVICES, ...readdirSync('/dev').filter((name) => /^loop(-control|\d+)$/.test(name))];
}

/** OCI runtime-spec 1.2, runtime-linux.md "Dev symbolic links"; ptmx belongs to the devpts of its own. */
export const DEVICE_LINKS = [
  ['fd', '/proc/self/fd'],
  ['stdin', '/proc/self/fd/0'],
  ['stdout', '/proc/self/fd/1'],
  ['stderr', '/proc/self/fd/2'],
  // As in runc: some kernels have none.
  ...(existsSync('/proc/kcore') ? [['core', '/proc/kcore'] as const] : []),
  ['ptmx', 'pts/ptmx'],
] as const;

/** With the modes that runc gives what it mounts there. */
const FOLDERS = [
  ['pts', 0o755],
  ['shm', 0o1777],
  ['mqueue', 0o1777],
] as const;

/** Makes a folder to be mounted at /dev, with a file for each device to be mounted on and a folder for each file system in it. */
export function makeDeviceFolder(path: string, devices: readonly string[] = DEVICES): void {
  mkdirSync(path, { mode: 0o755 });
  for (const name of devices) writeFileSync(join(path, name), '', { mode: 0o666 });
  for (const [name, mode] of FOLDERS) {
    mkdirSync(join(path, name));
    chmodSync(join(path, name), mode);
  }
  for (const [name, target] of DEVICE_LINKS) symlinkSync(target, join(path, name));
}
