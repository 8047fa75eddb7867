/** Runs git with these arguments; may throw where there is none. */
export type Git = (
  args: readonly string[],
) => Promise<{ readonly exitCode: number; readonly stdout: string | Buffer }>;

/** When the commit that is checked out in a folder was made. Seconds since 1970; undefined where there is no repository, no commit or no git. */
export async function commitTimeOf(folder: string, git: Git): Promise<number | undefined> {
  try {
    // The folder may belong to another user than the one that builds; only a time is read.
    const args = ['-c', 'safe.directory=*', '-C', folder, 'log', '-1', '--format=%ct'];
    const { exitCode, stdout } = await git(args);
    return exitCode === 0 ? asTime(Number(stdout.toString().trim())) : undefined;
  } catch {
    return undefined;
  }
}

/** Seconds since 1970; undefined for what is no time of a commit. */
export function asTime(seconds: number): number | undefined {
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : undefined;
}
