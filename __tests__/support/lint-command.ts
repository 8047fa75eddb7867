import { Readable } from 'node:stream';
import { main } from '../../src/app/cli/main.ts';

export interface LintOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `lint` in this process. ShellCheck is not found, and the user has no configuration, unless `env` says otherwise. */
export async function runLint(
  args: readonly string[],
  {
    stdin = '',
    env = {},
    interactive = false,
  }: {
    readonly stdin?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly interactive?: boolean;
  } = {},
): Promise<LintOutcome> {
  let stdout = '';
  let stderr = '';
  const exitCode = await main(['lint', ...args], {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    byteOutput: process.stdout,
    interactive,
    stdin: () => Readable.from([Buffer.from(stdin)]),
    readStdin: () => Promise.resolve(stdin),
    environment: { HOME: '/nonexistent', PATH: '', ...env },
    signal: new AbortController().signal,
  });
  return { exitCode, stdout, stderr };
}
