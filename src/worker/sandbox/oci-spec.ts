import type { ProcessSpec, ResourceLimit } from '../sandbox.ts';
import type { MountLine } from '../snapshot/fstab.ts';
import { DEFAULT_CAPABILITIES } from './capabilities.ts';
import { PROBE_SCRIPT } from './device-probe.ts';
import { seccompProfile } from './seccomp.ts';
import { MASKED, READONLY, standardMounts } from './standard-mounts.ts';

const UMASK = 0o022;
const HOOK_PATH = 'PATH=/usr/sbin:/usr/bin:/sbin:/bin';
/** Docker's default for new processes. */
const SOFT_NOFILE = 1024;

/** What a spec does not tell about the machine. */
export interface OciGround {
  readonly architecture: string;
  /** Hard limit of open files of this process. */
  readonly hardNofile: number;
  /** Of this process, to hand on. */
  readonly everyCapability: readonly string[];
  /** Whether control groups keep steps from devices; where not, no device node that a step makes can be opened. */
  readonly deviceGroup: boolean;
  /** See RuncOptions. */
  readonly probe?: string | undefined;
}

/** The bundle's config.json (OCI runtime-spec 1.2, config.md, config-linux.md). */
export function ociSpec(spec: ProcessSpec, ground: OciGround): object {
  const names = spec.insecure ? ground.everyCapability : DEFAULT_CAPABILITIES;
  const capabilities = names.map((name) => `CAP_${name.toUpperCase()}`);
  const { uid, gid, groups } = spec.account;
  const nodev = withoutDevices(spec, ground);
  const standard = standardMounts({
    dev: spec.dev ?? '',
    nodev,
    shmSize: spec.shmSize,
    sysfs: 'new',
    ttyGroup: true,
    insecure: spec.insecure,
    replaced: spec.mounts.map(({ target }) => target),
  });
  const namespaces = ['pid', 'mount', 'ipc', 'uts', ...(spec.network === 'none' ? ['network'] : [])];
  return {
    ociVersion: '1.0.2',
    process: {
      terminal: false,
      user: { uid, gid, umask: UMASK, additionalGids: groups },
      args: spec.args,
      env: spec.env,
      cwd: spec.cwd,
      capabilities: { bounding: capabilities, effective: capabilities, permitted: capabilities },
      rlimits: rlimits(spec.limits, ground.hardNofile),
      noNewPrivileges: false,
    },
    root: { path: spec.root, readonly: false },
    hostname: spec.hostname,
    ...hooksOf(spec, ground),
    mounts: [
      ...standard.map(mountOf),
      ...spec.mounts.map(({ source, target, readonly }) => ({
        destination: `/${target}`,
        type: 'bind',
        source,
        options: ['rbind', 'rprivate', readonly ? 'ro' : 'rw', ...(nodev ? ['nodev'] : [])],
      })),
    ],
    linux: {
      namespaces: namespaces.map((type) => ({ type })),
      ...(spec.insecure ? ALL_DEVICES : protections(ground)),
    },
  };
}

/** What `RUN --security=insecure` has: no masks, no filter, every device that it makes a node for. */
const ALL_DEVICES = { resources: { devices: [{ allow: true, access: 'rwm' }] } };

/**
 * As Docker has it (moby, oci/defaults.go): nodes may be made for every device, but only the standard ones can be opened. The runtime adds
 * terminals.
 */
const STANDARD_DEVICES = [
  { allow: false, access: 'rwm' },
  { allow: true, type: 'c', access: 'm' },
  { allow: true, type: 'b', access: 'm' },
  ...[3, 5, 7, 8, 9].map((minor) => ({ allow: true, type: 'c', major: 1, minor, access: 'rwm' })),
  ...[0, 2].map((minor) => ({ allow: true, type: 'c', major: 5, minor, access: 'rwm' })),
  { allow: true, type: 'c', major: 136, access: 'rwm' },
];

/**
 * Run by the container's first process, inside its control groups, before the root becomes `/`: none of the step's own has run by then, and when
 * one fails none will (OCI runtime-spec 1.2, config.md "CreateContainer Hooks").
 */
function hooksOf(spec: ProcessSpec, ground: OciGround): object {
  const hook = (script: string, argument: string): object => ({
    path: '/bin/sh',
    args: ['sh', '-c', script, 'sh', argument],
    env: [HOOK_PATH],
  });
  const hooks = [
    ...(withoutDevices(spec, ground) ? [hook(WITHOUT_DEVICES, spec.root)] : []),
    ...(ground.probe !== undefined && !spec.insecure ? [hook(PROBE_SCRIPT, ground.probe)] : []),
  ];
  return hooks.length === 0 ? {} : { hooks: { createContainer: hooks } };
}

/**
 * Runtimes make the root's mount themselves: its flags can be changed only from inside. The container's state comes on standard input, and a
 * runtime that cannot tell it fails.
 */
const WITHOUT_DEVICES = 'cat > /dev/null; exec mount -n -o remount,bind,nodev "$1"';

/** Whether mounts have to do what control groups do elsewhere. */
function withoutDevices(
  { insecure }: Pick<ProcessSpec, 'insecure'>,
  { deviceGroup }: Pick<OciGround, 'deviceGroup'>,
): boolean {
  return !insecure && !deviceGroup;
}

function protections({ architecture, deviceGroup }: OciGround): object {
  return {
    ...(deviceGroup ? { resources: { devices: STANDARD_DEVICES } } : {}),
    maskedPaths: MASKED.map((path) => `/${path}`),
    readonlyPaths: READONLY.map((path) => `/${path}`),
    seccomp: seccompProfile(architecture),
  };
}

function mountOf({ type, source, target, options }: MountLine): object {
  return { destination: `/${target}`, type: type === 'none' ? 'bind' : type, source, options };
}

function rlimits(limits: readonly ResourceLimit[], hardNofile: number): object[] {
  const own = limits.map(({ name, soft, hard }) => ({
    type: `RLIMIT_${name.toUpperCase()}`,
    soft: unsigned(soft),
    hard: unsigned(hard),
  }));
  if (limits.some(({ name }) => name === 'nofile')) return own;
  return [{ type: 'RLIMIT_NOFILE', soft: Math.min(SOFT_NOFILE, hardNofile), hard: hardNofile }, ...own];
}

/** "Unlimited" is the highest 64-bit number there; JSON of JavaScript cannot say it exactly, and this one is as good as none. */
function unsigned(limit: number): number {
  return limit < 0 ? Number.MAX_SAFE_INTEGER : limit;
}
