import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const cli = fileURLToPath(new URL('../../dist/cli/index.js', import.meta.url));

/** The bundled command line, as a user starts it. */
export function runCli(
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly input?: string;
    readonly wrapper?: readonly string[];
  } = {},
): Promise<CliResult> {
  const [command = '', ...rest] = [...(options.wrapper ?? []), process.execPath, cli, ...args];
  const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/root', ...options.env };
  const child = spawn(command, rest, { env, cwd: options.cwd });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ exitCode: code ?? -1, stdout, stderr }));
  });
}
