import { existsSync, readFileSync } from 'node:fs';
import { exec } from '../../base/exec.ts';

const GROUPS = '/sys/fs/cgroup';

/** What the names of a worker's containers begin with. */
export function containerPrefix(owner: string): string {
  return `ts-image-build-${owner}-`;
}

/** Does version 2 hold controllers beside version 1? crun runs nothing then. */
export function areHybrid(): boolean {
  const controllers = `${GROUPS}/unified/cgroup.controllers`;
  return existsSync(controllers) && readFileSync(controllers, 'utf8').trim() !== '';
}

/** Removes the control groups that runtimes of killed workers left behind. They hold no process any more: those died with the worker. */
export async function removeGroups(owners: readonly string[]): Promise<void> {
  if (owners.length === 0 || !existsSync(GROUPS)) return;
  const names = owners.flatMap((owner, i) => [
    ...(i === 0 ? [] : ['-o']),
    '-name',
    `${containerPrefix(owner)}*`,
  ]);
  await exec(['find', GROUPS, '-depth', '-type', 'd', '(', ...names, ')', '-exec', 'rmdir', '{}', '+']);
}
