import { readFileSync } from 'node:fs';
import { exec } from '../../base/exec.ts';

/** Mount points below a folder, innermost first (proc_pid_mountinfo(5)). */
export function mountsBelow(folder: string): string[] {
  const table = readFileSync('/proc/self/mountinfo', 'utf8');
  return table
    .split('\n')
    .map((line) => plainPath(line.split(' ')[4] ?? ''))
    .filter((path) => path.startsWith(`${folder}/`))
    .reverse();
}

export async function unmountAll(paths: readonly string[]): Promise<void> {
  if (paths.length > 0) await exec(['umount', '-n', '-l', ...paths]);
}

/** Blanks and backslashes are octal there. */
function plainPath(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));
}
