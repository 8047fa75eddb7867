import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { MountLine } from '../snapshot/fstab.ts';
import { DEVICES, insecureDevices } from './device-folder.ts';

export interface StandardMountOptions {
  readonly dev: string;
  /** Whether device nodes that the step makes in /dev must not work. */
  readonly nodev: boolean;
  readonly shmSize: number;
  /** In a user namespace that does not own the network, sysfs cannot be mounted, only taken over. */
  readonly sysfs: 'new' | 'bind';
  /** Group that terminals belong to; a user namespace may not have group 5. */
  readonly ttyGroup: boolean;
  /** Everything that the machine's root may: loop devices, a writable /sys. */
  readonly insecure: boolean;
  /** Targets of the step's own mounts, relative to the root: what it mounts itself is not mounted before. */
  readonly replaced: readonly string[];
}

const SAFE = ['nosuid', 'nodev', 'noexec'] as const;

/** What runc hides from containers by default (libcontainer, as Docker sets it): tells of the host, or changes it. */
export const MASKED = [
  'proc/acpi',
  'proc/asound',
  'proc/interrupts',
  'proc/kcore',
  'proc/keys',
  'proc/latency_stats',
  'proc/timer_list',
  'proc/timer_stats',
  'proc/sched_debug',
  'proc/scsi',
  'sys/firmware',
  'sys/devices/virtual/powercap',
] as const;
export const READONLY = ['proc/bus', 'proc/fs', 'proc/irq', 'proc/sys', 'proc/sysrq-trigger'] as const;

/** Targets are relative to the root. The file systems that every Linux process expects, parents first. The root must have `dev`, `proc` and `sys`. */
export function standardMounts(options: StandardMountOptions): readonly MountLine[] {
  const { dev, nodev, shmSize, sysfs, ttyGroup, insecure, replaced } = options;
  const writable = insecure ? [] : ['ro'];
  // The folder was made a moment ago: loop devices come and go.
  const devices = insecure ? insecureDevices().filter((name) => existsSync(join(dev, name))) : DEVICES;
  const pts = ['newinstance', 'ptmxmode=0666', 'mode=0620', ...(ttyGroup ? ['gid=5'] : [])];
  const all: readonly MountLine[] = [
    { type: 'proc', source: 'proc', target: 'proc', options: SAFE },
    bind(dev, 'dev', ['nosuid', 'noexec', ...(nodev ? ['nodev'] : [])]),
    ...devices.map((name) => bind(`/dev/${name}`, `dev/${name}`, [])),
    { type: 'devpts', source: 'devpts', target: 'dev/pts', options: [...pts, 'nosuid', 'noexec'] },
    { type: 'tmpfs', source: 'shm', target: 'dev/shm', options: ['mode=1777', `size=${shmSize}`, ...SAFE] },
    { type: 'mqueue', source: 'mqueue', target: 'dev/mqueue', options: SAFE },
    sysfs === 'new'
      ? { type: 'sysfs', source: 'sysfs', target: 'sys', options: [...writable, ...SAFE] }
      : { type: 'none', source: '/sys', target: 'sys', options: ['rbind', ...writable, ...SAFE] },
  ];
  return all.filter(({ target }) => !replaced.includes(target));
}

/** Put over parts of /proc and /sys after they are mounted. */
export function protections(): readonly MountLine[] {
  const masked = MASKED.filter((path) => existsSync(`/${path}`)).map((path): MountLine => {
    const folder = statSync(`/${path}`).isDirectory();
    return folder
      ? { type: 'tmpfs', source: 'tmpfs', target: path, options: ['ro', 'size=0', ...SAFE] }
      : bind('/dev/null', path, []);
  });
  const readonly = READONLY.filter((path) => existsSync(`/${path}`)).map(
    (path): MountLine => ({
      type: 'none',
      source: path,
      target: path,
      options: ['bind', 'ro', ...SAFE],
    }),
  );
  return [...masked, ...readonly];
}

function bind(source: string, target: string, more: readonly string[]): MountLine {
  return { type: 'none', source, target, options: ['bind', ...more] };
}
