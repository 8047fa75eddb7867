import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { BuildError, reasonOf } from '../../base/errors.ts';
import { exec } from '../../base/exec.ts';
import { readComments, type ShellcheckComment } from '../../dockerfile/lint/shellcheck/findings.ts';

export interface BatchOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Checks scripts with one process.
 * @param program path of shellcheck
 * @returns the comments on each script, in the same order
 * @throws BuildError `SHELLCHECK_FAILED`
 */
export async function runBatch(
  program: string,
  scripts: readonly string[],
  { environment, signal }: BatchOptions,
): Promise<readonly (readonly ShellcheckComment[])[]> {
  const names = scripts.map((_, index) => `${index}.sh`);
  const folder = await orFailed(mkdtemp(join(environment['RUNNER_TEMP'] || tmpdir(), 'shellcheck-')));
  try {
    const written = scripts.map((text, index) => writeFile(join(folder, names[index] ?? ''), text));
    await orFailed(Promise.all(written));
    // Settings of the user do not reach it: neither a file nor SHELLCHECK_OPTS.
    const argv = [program, '--norc', '--format=json1', '--severity=style', '--', ...names];
    const env = { PATH: environment['PATH'] ?? '', LC_ALL: 'C.UTF-8' };
    const { exitCode, stdout, stderr } = await exec(argv, { cwd: folder, env, signal });
    // 0: nothing found, 1: something; from 2 on it could not work (shellcheck(1), "RETURN VALUES").
    if (exitCode > 1) throw failed(exitCode, stderr);
    const byName = Map.groupBy(readComments(stdout.toString('utf8')), ({ file }) => basename(file));
    return names.map((name) => byName.get(name) ?? []);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** No place to write is a reason to do without ShellCheck, as far as it is not required. */
async function orFailed<T>(writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } catch (cause) {
    throw new BuildError({
      kind: 'environment',
      code: 'SHELLCHECK_FAILED',
      message: `scripts for it cannot be written: ${reasonOf(cause)}`,
      cause,
    });
  }
}

function failed(exitCode: number, stderr: string): BuildError {
  const said = stderr.trim().split('\n').slice(-3).join('\n');
  return new BuildError({
    kind: 'environment',
    code: 'SHELLCHECK_FAILED',
    message: `shellcheck ended with exit code ${exitCode}${said === '' ? '' : `: ${said}`}`,
  });
}
