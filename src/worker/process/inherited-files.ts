import { closeSync, readdirSync, readFileSync } from 'node:fs';

const STANDARD = 2;
/** O_CLOEXEC as /proc/PID/fdinfo tells it (proc_pid_fdinfo(5)). */
const CLOSE_ON_EXEC = 0o2000000;

/**
 * Closes what this process got from those that started it, but for the standard streams. Files of its own are closed when another program
 * starts; these are not, and a step would get them.
 */
export function closeInherited(): void {
  for (const fd of readdirSync('/proc/self/fd').map(Number)) {
    if (fd <= STANDARD) continue;
    try {
      const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '';
      if ((Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0) closeSync(fd);
    } catch {
      // The one that listed them is gone already.
    }
  }
}
