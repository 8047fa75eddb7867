import { exec } from '../../base/exec.ts';

/** Seconds since 1970; undefined where there is no repository, no commit or no git. */
export async function commitTimeOf(folder: string): Promise<number | undefined> {
  try {
    // The folder may belong to another user than the one that builds; only a time is read.
    const git = ['git', '-c', 'safe.directory=*', '-C', folder, 'log', '-1', '--format=%ct'];
    const { exitCode, stdout } = await exec(git);
    const seconds = Number(stdout.toString('utf8').trim());
    return exitCode === 0 && Number.isSafeInteger(seconds) && seconds > 0 ? seconds : undefined;
  } catch {
    return undefined;
  }
}
