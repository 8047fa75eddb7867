import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';

/** Field 22 of /proc/PID/stat (proc_pid_stat(5)), counted after the command name. */
const START_TIME_AFTER_NAME = 19;

/** Names a process for as long as the machine is up: `pid-starttime-pidnamespace-random`. */
export function ownerName(): string {
  return `${process.pid}-${startTime(process.pid) ?? 0}-${pidNamespace()}-${randomBytes(4).toString('hex')}`;
}

/** Whether the owner is known to be gone. Owners of other PID namespaces cannot be seen from here, so they count as alive. */
export function isGone(owner: string): boolean {
  const [pid = '', started = '', namespace = ''] = owner.split('-');
  if (namespace !== pidNamespace()) return false;
  return startTime(Number(pid)) !== started;
}

function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_TIME_AFTER_NAME];
  } catch {
    return undefined;
  }
}

function pidNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
}
