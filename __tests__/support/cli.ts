import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const bundles = fileURLToPath(new URL('../../dist', import.meta.url));

/** The bundled command line, as a user starts it. */
export function runCli(
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly input?: string;
    readonly wrapper?: readonly string[];
    /** Where the bundles are; default: this checkout. */
    readonly dist?: string;
    /** The Node that runs them; default: the one that runs the tests. */
    readonly node?: string;
    /** Gets the process as soon as it runs. */
    readonly onStart?: (child: ChildProcess) => void;
  } = {},
): Promise<CliResult> {
  const cli = join(options.dist ?? bundles, 'cli', 'index.js');
  const node = options.node ?? process.execPath;
  const [command = '', ...rest] = [...(options.wrapper ?? []), node, cli, ...args];
  const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/root', ...options.env };
  const child = spawn(command, rest, { env, cwd: options.cwd });
  options.onStart?.(child);
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
