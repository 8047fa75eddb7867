import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exec } from '../../base/exec.ts';

/** No driver has it: who may open it is told that there is no such device, who may not that it is not permitted. */
const DEVICE = ['c', '240', '0'] as const;
const NAME = 'probe';

/** Paths of nodes for it by the folder that they lie in. */
export function probeIn(folder: string): string {
  return join(folder, NAME);
}

/** Makes the node in an existing folder. False in a user namespace, which cannot: there the kernel opens no node of anybody's making. */
export async function makeProbe(folder: string): Promise<boolean> {
  return (await exec(['mknod', probeIn(folder), ...DEVICE])).exitCode === 0;
}

/** Makes a folder with the node; undefined where it cannot be made. */
export async function makeProbeFolder(folder: string): Promise<string | undefined> {
  await mkdir(folder, { mode: 0o700 });
  return (await makeProbe(folder)) ? folder : undefined;
}

/** Whether words of a shell say that the node was opened, or would have been with a driver. */
export function saysOpened(words: string): boolean {
  return !/not permitted|denied/.test(words);
}

export const OPENED = 'it lets steps open every device';

/**
 * A shell's `-c` with the folder as its first argument: fails where the node can be opened. Shell builtins alone, as it runs before a step. It
 * gets the container's state on standard input, and a runtime that cannot tell it fails.
 */
export const PROBE_SCRIPT = [
  'while read -r _; do :; done',
  'cd "$1" || exit 1',
  'LC_ALL=C',
  `case $({ true < ./${NAME}; } 2>&1) in *"not permitted"* | *denied*) exit 0 ;; esac`,
  `echo ${JSON.stringify(OPENED)} >&2`,
  'exit 1',
].join('\n');
