import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BuildError, reasonOf } from '../../base/errors.ts';
import type { RunningProcess } from '../../base/exec.ts';
import { hardLimitOf } from '../run/resource-limits.ts';
import type { ProcessSpec, Sandbox, SandboxOptions } from '../sandbox.ts';
import { everyCapability } from './capabilities.ts';
import { ociSpec } from './oci-spec.ts';
import { startStep, superviseStep } from './step-process.ts';

export interface RuncOptions {
  /** runc or crun with global options, e.g. `['/usr/bin/crun', '--cgroup-manager=disabled']`. */
  readonly command: readonly string[];
  /** Whether it keeps steps from devices with control groups. */
  readonly deviceGroup: boolean;
  /** What the names of containers, and of their control groups, begin with: of a worker that was killed they can be found again. */
  readonly prefix: string;
  /** A folder with a device (see device-probe.ts) that steps must not be able to open; where they are, no process is started. */
  readonly probe?: string | undefined;
}

/** Milliseconds between looks for the container's pid, and until the runtime itself is killed. */
const KILL_INTERVAL = 20;
const START_INTERVAL = 10;
const KILL_PATIENCE = 3000;
/** A bundle's process has no limit of ours on open files when the table cannot be read. */
const DEFAULT_NOFILE = 4096;

/** An OCI runtime: runc or crun. */
export class RuncSandbox implements Sandbox {
  readonly name = 'runc';
  readonly mounts = true;
  readonly limits: readonly string[];
  readonly #options: RuncOptions;

  constructor(options: RuncOptions) {
    this.#options = options;
    this.limits = options.deviceGroup
      ? []
      : ['Device nodes that a step makes cannot be opened (no device control group)'];
  }

  async run(spec: ProcessSpec, options: SandboxOptions): Promise<number> {
    const { command, deviceGroup, probe, prefix } = this.#options;
    const ground = {
      architecture: process.arch,
      hardNofile: (await hardLimitOf('nofile')) ?? DEFAULT_NOFILE,
      everyCapability: everyCapability(await readFile('/proc/self/status', 'utf8')),
      deviceGroup,
      probe,
    };
    await writeFile(join(spec.scratch, 'config.json'), JSON.stringify(ociSpec(spec, ground)), {
      mode: 0o600,
    });
    options.signal?.throwIfAborted();
    const files = { log: join(spec.scratch, 'log'), pid: join(spec.scratch, 'pid') };
    const global = ['--root', join(spec.scratch, 'state'), '--log', files.log, '--log-format', 'json'];
    const own = ['run', '--bundle', spec.scratch, '--pid-file', files.pid, containerName(prefix, spec.id)];
    await using child = startStep([...command, ...global, ...own], spec.pipes);
    const onAbort = (): void => void killContainer(child, files.pid);
    options.signal?.addEventListener('abort', onAbort, { once: true });
    const started = startOf(child, files.pid, options.onStarted);
    try {
      const code = await superviseStep(child, {
        ...options,
        onOutput: async (chunk, stream) => {
          // A runtime that cannot start it says so here too: that is no output of the step.
          if (await started) await options.onOutput(chunk, stream);
        },
      });
      options.signal?.throwIfAborted();
      if (!(await started)) throw notStarted(await lastWords(files.log));
      return code;
    } catch (error) {
      // The runtime itself could not be started.
      if (error instanceof BuildError && child.pid === -1) throw notStarted(reasonOf(error));
      throw error;
    } finally {
      options.signal?.removeEventListener('abort', onAbort);
    }
  }
}

/** Runtimes write the file once the process runs. False when they end without it. */
async function startOf(
  child: RunningProcess,
  pidFile: string,
  onStarted: (() => void) | undefined,
): Promise<boolean> {
  let ended = false;
  const end = child.done.then(
    () => true,
    () => true,
  );
  for (;;) {
    if ((await readPid(pidFile)) !== undefined) {
      onStarted?.();
      return true;
    }
    if (ended) return false;
    const wake = new AbortController();
    ended = await Promise.race([end, sleep(START_INTERVAL, false, { signal: wake.signal })]);
    wake.abort();
  }
}

/** runc's containers are named with letters, digits and `_+-.` only. */
function containerName(prefix: string, id: string): string {
  return `${prefix}${id.replaceAll(/[^\w.-]/g, '-')}`.slice(0, 200);
}

/** The runtime passes most signals on, but not SIGKILL, and dying itself it would leave the container: so the container's first process goes first. */
async function killContainer(child: RunningProcess, pidFile: string): Promise<void> {
  for (let waited = 0; waited < KILL_PATIENCE; waited += KILL_INTERVAL) {
    const pid = await readPid(pidFile);
    if (pid !== undefined) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Gone already: the runtime ends by itself.
      }
      return;
    }
    await sleep(KILL_INTERVAL);
  }
  child.kill('SIGKILL');
}

async function readPid(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function notStarted(why: string): BuildError {
  return new BuildError({
    kind: 'environment',
    code: 'ISOLATION_FAILED',
    message: `The container runtime could not start the step's process: ${why || 'no reason was given'}`,
    hint: 'Another isolation may work: see the input "isolation".',
  });
}

async function lastWords(log: string): Promise<string> {
  const lines = (await readFile(log, 'utf8').catch(() => '')).trim().split('\n');
  return messageOf(lines.at(-1) ?? '');
}

function messageOf(line: string): string {
  try {
    return String((JSON.parse(line) as { msg?: unknown }).msg ?? line);
  } catch {
    return line;
  }
}
