import type { ProcessSpec } from '../sandbox.ts';
import { DEFAULT_CAPABILITIES } from './capabilities.ts';
import type { SplitEnvironment } from './loader-variables.ts';
import { quote, quoteAll } from './shell-words.ts';

/** Programs of this machine by absolute path: they are started with the container's PATH in the environment. */
export interface Programs {
  readonly env: string;
  readonly setpriv: string;
  readonly unshare: string;
  readonly prlimit: string;
}

export interface ScriptParts {
  readonly spec: ProcessSpec;
  readonly programs: Programs;
  readonly command: readonly string[];
  readonly environment: SplitEnvironment;
  /** Written before the process is started. */
  readonly started: string;
  /** What went wrong before. */
  readonly log: string;
  /** Whether group ids can be set; with a single mapped id they cannot. */
  readonly groups: boolean;
  /** Whether device nodes of the root must not work. */
  readonly nodev?: boolean;
  /** Whether a mount lies in another one, which somebody else may have at the same time. */
  readonly nested?: boolean;
  /** Whether capabilities can be taken away for good, which takes CAP_SETPCAP. */
  readonly bounding: boolean;
}

/** Docker's default for new processes: many programs go through all descriptors up to this one. */
const SOFT_NOFILE = 1024;

/**
 * Runs as the first process of new mount, PID, IPC and UTS namespaces and becomes the container's process. It moves the root over `/` and
 * changes into it: from there no `..` leads back, as the old root lies below and only CAP_SYS_ADMIN, which is dropped, could uncover it.
 */
export function namespaceScript(parts: ScriptParts, tables: readonly string[]): string {
  const { spec, started, log } = parts;
  const fail = '|| exit 125';
  const mounts = tables.map((table) => `mount --all -n --fstab ${quote(table)} ${fail}`);
  return [
    `exec 3>&2 2>${quote(log)}`,
    'export LIBMOUNT_FORCE_MOUNT2=always',
    ...(parts.nested === true ? insideAlone(spec.root, mounts) : mounts),
    // Docker gives CAP_MKNOD too, but its control groups keep containers from the machine's disks.
    ...(parts.nodev === true ? [`mount -n -o remount,bind,nodev ${quote(spec.root)} ${fail}`] : []),
    `echo ${quote(spec.hostname)} > /proc/sys/kernel/hostname || hostname ${quote(spec.hostname)} ${fail}`,
    ...(spec.network === 'none' ? ['ip link set lo up || ifconfig lo up'] : []),
    `cd ${quote(spec.root)} ${fail}`,
    `mount -n --move . / ${fail}`,
    'umask 0022',
    `ulimit -S -n ${SOFT_NOFILE}`,
    `: > ${quote(started)}`,
    'exec 2>&3 3>&-',
    `exec ${quoteAll(processCommand(parts))}`,
    '',
  ].join('\n');
}

/**
 * Mounts, and fails where one of them came to lie outside of the root: a step that has a cache at the same time can put a symlink into it, which
 * mount(8) follows. Builtins of the shell alone tell it, as the programs of this machine may be covered by then; what is read was opened before.
 */
export function insideAlone(root: string, mounts: readonly string[]): string[] {
  const shown = quote(asMountinfo(root));
  return [
    'outside() {',
    '  n=0',
    `  while read -r _ _ _ _ point _; do case $point in ${shown} | ${shown}/*) ;; *) n=$((n + 1)) ;; esac; done`,
    '}',
    'outside < /proc/self/mountinfo',
    'before=$n',
    'exec 4< /proc/self/mountinfo',
    ...mounts,
    'outside <&4',
    'exec 4<&-',
    'if [ "$n" != "$before" ]; then echo "a mount would have covered files of this machine" >&2; exit 125; fi',
  ];
}

/** A path as the kernel writes it there (proc_pid_mountinfo(5)). */
function asMountinfo(path: string): string {
  return path.replaceAll(/[ \t\n\\]/g, (letter) => `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`);
}

/** From root with all privileges to the container's process, each program becoming the next. */
export function processCommand(
  parts: Pick<ScriptParts, 'spec' | 'programs' | 'command' | 'environment' | 'groups' | 'bounding'>,
): string[] {
  const { spec, programs, command, environment, groups, bounding } = parts;
  const { uid, gid, groups: more } = spec.account;
  const capabilities = ['-all', ...DEFAULT_CAPABILITIES.map((name) => `+${name}`)].join(',');
  // setpriv takes a number for a name first, and an image may have a group of that name; with a sign it can only be a number.
  const membership = groups
    ? [`--regid=+${gid}`, `--groups=${more.map((group) => `+${group}`).join(',')}`]
    : [];
  const limits = spec.limits.map(({ name, soft, hard }) => `--${name}=${soft}:${hard}`);
  const user = uid === 0 ? [] : [`--setuid=${uid}`];
  return [
    ...(limits.length === 0 ? [] : [programs.prlimit, ...limits]),
    programs.setpriv,
    '--inh-caps=-all',
    ...(bounding ? [`--bounding-set=${capabilities}`] : []),
    ...membership,
    programs.env,
    '-i',
    ...environment.early,
    programs.unshare,
    '--root=.',
    `--wd=${spec.cwd}`,
    ...user,
    '--',
    ...command,
  ];
}

/** Without namespaces: the same process in its root, and nothing else. */
export function chrootScript(parts: ScriptParts): string {
  const fail = '|| exit 125';
  return [
    `exec 3>&2 2>${quote(parts.log)}`,
    `cd ${quote(parts.spec.root)} ${fail}`,
    'umask 0022',
    `ulimit -S -n ${SOFT_NOFILE}`,
    `: > ${quote(parts.started)}`,
    'exec 2>&3 3>&-',
    `exec ${quoteAll(processCommand(parts))}`,
    '',
  ].join('\n');
}
