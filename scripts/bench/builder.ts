import { spawn } from 'node:child_process';

export interface Job {
  readonly context: string;
  /** What to push. */
  readonly reference: string;
  /** A cache in a registry, read before and written after. */
  readonly cache?: string;
}

/** A tool that builds and pushes. */
export interface Builder {
  readonly name: string;
  /** In words, with its version. */
  readonly about: string;
  /** Takes away all that it keeps on this machine: what is left is a fresh runner. */
  reset(): Promise<void>;
  command(job: Job): readonly string[];
}

/** Seconds. @throws TypeError with the last output when it fails */
export async function timed(argv: readonly string[]): Promise<number> {
  const begun = performance.now();
  await output(argv);
  return (performance.now() - begun) / 1000;
}

/** What a command prints. @throws TypeError when it fails */
export async function output([command = '', ...args]: readonly string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
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
