import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { Socket } from 'node:net';
import { constants as system } from 'node:os';
import type { Readable } from 'node:stream';
import { type RunningProcess, start } from '../../base/exec.ts';
import type { SandboxOptions, StepPipes } from '../sandbox.ts';

const SIGNAL_BASE = 128;

/**
 * Starts the program that becomes a step's process. It writes to pipes that have a name, and reads /dev/null: what Node gives a child are
 * sockets, which `echo > /dev/stdout` cannot open.
 */
export function startStep(argv: readonly string[], pipes: StepPipes): RunningProcess {
  const [stdout, stderr] = [openPipe(pipes.stdout), openPipe(pipes.stderr)];
  try {
    const child = start(argv, { output: [stdout.writer, stderr.writer] });
    return { ...child, stdout: stdout.reader, stderr: stderr.reader };
  } finally {
    closeSync(stdout.writer);
    closeSync(stderr.writer);
  }
}

interface OpenPipe {
  readonly reader: Readable;
  readonly writer: number;
}

/** A pipe can be opened for reading before anybody writes only without waiting, and for writing once it is read. */
function openPipe(path: string): OpenPipe {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const reader = new Socket({ fd, readable: true, writable: false });
  const writer = openSync(path, constants.O_WRONLY);
  unlinkSync(path);
  return { reader, writer };
}

/** Hands over both streams as they come and gives the exit code, 128 + n for an end by signal n. */
export async function superviseStep(child: RunningProcess, options: SandboxOptions): Promise<number> {
  const pump = async (source: Readable, stream: 'stdout' | 'stderr'): Promise<void> => {
    for await (const chunk of source as AsyncIterable<Buffer>) await options.onOutput(chunk, stream);
  };
  const [end] = await Promise.all([child.done, pump(child.stdout, 'stdout'), pump(child.stderr, 'stderr')]);
  return end.signal === null ? end.exitCode : SIGNAL_BASE + system.signals[end.signal];
}
