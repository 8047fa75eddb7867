import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import type { RunningProcess } from '../../base/exec.ts';
import type { SandboxOptions } from '../sandbox.ts';

const SIGNAL_BASE = 128;

/** Hands over both streams as they come and gives the exit code, 128 + n for an end by signal n. */
export async function superviseProcess(child: RunningProcess, options: SandboxOptions): Promise<number> {
  const pump = async (source: Readable, stream: 'stdout' | 'stderr'): Promise<void> => {
    for await (const chunk of source as AsyncIterable<Buffer>) await options.onOutput(chunk, stream);
  };
  const [end] = await Promise.all([child.done, pump(child.stdout, 'stdout'), pump(child.stderr, 'stderr')]);
  return end.signal === null ? end.exitCode : SIGNAL_BASE + constants.signals[end.signal];
}
