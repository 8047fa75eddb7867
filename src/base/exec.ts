import { type ChildProcess, spawn } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import { BuildError } from './errors.ts';

export interface ExecOptions {
  readonly cwd?: string;
  /** The whole environment of the child; nothing is inherited unless it is listed here. Default: PATH and LC_ALL=C.UTF-8 alone. */
  readonly env?: Readonly<Record<string, string>>;
  /** Aborting kills the child's whole process group. */
  readonly signal?: AbortSignal | undefined;
  /** Written to the child's stdin, which is closed afterwards. */
  readonly input?: string | Uint8Array;
  /** Descriptors that the child gets as stdout and stderr, with /dev/null as stdin; its own streams are empty then. */
  readonly output?: readonly [stdout: number, stderr: number];
  /** More descriptors that the child gets, as 3 and on. */
  readonly files?: readonly number[];
  /** Most bytes of stdout kept; more is an error. Default 64 MiB. */
  readonly maxOutput?: number;
}

export interface ExecResult {
  readonly exitCode: number;
  /** The signal that ended the child, if one did. */
  readonly signal: NodeJS.Signals | null;
  readonly stdout: Buffer;
  /** The last 64 KiB. */
  readonly stderr: string;
}

/** A running child. `done` resolves when it has ended and its output was read; it rejects only if it could not be started. */
export interface RunningProcess extends AsyncDisposable {
  readonly pid: number;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly done: Promise<{ readonly exitCode: number; readonly signal: NodeJS.Signals | null }>;
  /** Signals the whole process group. */
  kill(signal?: NodeJS.Signals): void;
}

const DEFAULT_ENV: Readonly<Record<string, string>> = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C.UTF-8',
};
const PIPES = ['pipe', 'pipe', 'pipe'] as const;
const DEFAULT_MAX_OUTPUT = 64 * 1024 * 1024;
const STDERR_TAIL = 64 * 1024;
/** 128 + n is how shells report an end by signal n; 137 = SIGKILL stands for any of them here. */
const KILLED = 137;

/**
 * Starts a child in a process group of its own, with three pipes.
 * @throws BuildError `COMMAND_NOT_FOUND` (through `done`) when the program does not exist
 */
export function start(argv: readonly string[], options: ExecOptions = {}): RunningProcess {
  const [command = '', ...args] = argv;
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...(options.env ?? DEFAULT_ENV) },
    stdio: [
      ...(options.output === undefined ? PIPES : (['ignore', ...options.output] as const)),
      ...(options.files ?? []),
    ],
    detached: true,
  });
  const kill = (signal: NodeJS.Signals = 'SIGKILL'): void => killGroup(child, signal);
  const onAbort = (): void => kill('SIGKILL');
  options.signal?.addEventListener('abort', onAbort, { once: true });
  if (options.signal?.aborted === true) kill();
  // A child that ends without reading its input is told by its exit code, not by EPIPE.
  child.stdin?.on('error', () => undefined);
  const done = new Promise<{ exitCode: number; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', (cause: NodeJS.ErrnoException) => {
      options.signal?.removeEventListener('abort', onAbort);
      reject(startError(command, cause));
    });
    child.once('close', (code, signal) => {
      options.signal?.removeEventListener('abort', onAbort);
      resolve({ exitCode: code ?? KILLED, signal });
    });
  });
  done.catch(() => undefined);
  return {
    pid: child.pid ?? -1,
    stdin: child.stdin ?? new Writable({ write: (_chunk, _encoding, done) => done() }),
    stdout: child.stdout ?? Readable.from([]),
    stderr: child.stderr ?? Readable.from([]),
    done,
    kill,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) kill();
      await done.catch(() => undefined);
    },
  };
}

/**
 * Runs a child to its end and keeps its output.
 * @throws BuildError `COMMAND_NOT_FOUND`; `OUTPUT_TOO_LONG`. A non-zero exit code is a result, not an error.
 */
export async function exec(argv: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
  // One whose output is not wanted any more is ended.
  await using child = start(argv, options);
  child.stdin.end(options.input ?? '');
  const limit = options.maxOutput ?? DEFAULT_MAX_OUTPUT;
  const [stdout, stderr, end] = await Promise.all([
    collect(child.stdout, limit, argv[0] ?? ''),
    collectTail(child.stderr),
    child.done,
  ]);
  options.signal?.throwIfAborted();
  return { ...end, stdout, stderr };
}

/**
 * Like exec, but a non-zero exit code is an error.
 * @throws BuildError `COMMAND_FAILED` with the command's own last words
 */
export async function execOk(argv: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
  const result = await exec(argv, options);
  if (result.exitCode === 0) return result;
  const said = result.stderr.trim().split('\n').slice(-5).join('\n');
  throw new BuildError({
    kind: 'environment',
    code: 'COMMAND_FAILED',
    message: `${argv[0]} ended with exit code ${result.exitCode}${said === '' ? '' : `: ${said}`}`,
  });
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already, or belongs to another user (sudo): the direct child is all we can reach.
    child.kill(signal);
  }
}

function startError(command: string, cause: NodeJS.ErrnoException): BuildError {
  const missing = cause.code === 'ENOENT';
  return new BuildError({
    kind: 'environment',
    code: missing ? 'COMMAND_NOT_FOUND' : 'COMMAND_NOT_STARTED',
    message: missing ? `The program ${command} is not on this machine` : `${command} could not be started`,
    cause,
  });
}

async function collect(stream: Readable, limit: number, command: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) {
      throw new BuildError({
        kind: 'environment',
        code: 'OUTPUT_TOO_LONG',
        message: `${command} wrote more than ${limit} bytes`,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function collectTail(stream: Readable): Promise<string> {
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    tail = Buffer.concat([tail, chunk]).subarray(-STDERR_TAIL);
  }
  return tail.toString('utf8');
}
