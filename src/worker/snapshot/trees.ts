import { exec } from '../../base/exec.ts';

/** Deletes a tree with one child process, which is several times faster than a walk in JavaScript. Never fails: what is left is swept later. */
export async function removeTree(path: string): Promise<void> {
  await exec(['rm', '-rf', '--one-file-system', '--', path]);
}

/** Bytes on disk. */
export async function treeSize(path: string): Promise<number> {
  const { stdout } = await exec(['du', '-s', '-x', '--block-size=1', '--', path]);
  return Number.parseInt(stdout.toString('utf8'), 10) || 0;
}
