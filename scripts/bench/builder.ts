import { spawn } from 'node:child_process';
import type { CachePlace } from './cache-place.ts';

export interface Job {
  readonly context: string;
  /** What to push. */
  readonly reference: string;
  /** Read before and written after. */
  readonly cache?: CachePlace;
}

export interface Command {
  readonly argv: readonly string[];
  /** Beside this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A tool that builds and pushes. */
export interface Builder {
  readonly name: string;
  /** In words, with its version. */
  readonly about: string;
  /** Takes away all that it keeps on this machine: what is left is a fresh runner. */
  reset(): Promise<void>;
  command(job: Job): Command;
}

/** Seconds. @throws TypeError with the last output when it fails */
export async function timed({ argv, environment }: Command): Promise<number> {
  const begun = performance.now();
  await output(argv, environment);
  return (performance.now() - begun) / 1000;
}

/** What a command prints. @throws TypeError when it fails */
export async function output(
  [command = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const env = { ...process.env, ...environment };
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-20_000);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new TypeError(`${[command, ...args].join(' ')} ended with ${code}:\n${text}`);
  return text;
}
