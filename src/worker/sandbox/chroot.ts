import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import { type RunningProcess, start } from '../../base/exec.ts';
import type { ProcessSpec, Sandbox, SandboxOptions } from '../sandbox.ts';
import { innerCommand } from './inner-command.ts';
import { splitEnvironment } from './loader-variables.ts';
import { chrootScript, type Programs } from './namespace-script.ts';
import { findPrograms, logFile, notStarted, startedFile } from './script-run.ts';
import { startStep, superviseStep } from './step-process.ts';

export interface ChrootOptions {
  /** Whether capabilities can be taken away for good. */
  readonly bounding: boolean;
}

/** Rounds of killing: a process that forks all the time may need some. */
const KILL_ROUNDS = 20;
/** Milliseconds. */
const WATCH_INTERVAL = 50;

/** A root folder of its own and nothing else: for containers without CAP_SYS_ADMIN. */
export class ChrootSandbox implements Sandbox {
  readonly name = 'chroot';
  readonly mounts = false;
  readonly limits = [
    'A step sees and can signal all processes of this machine or container, and can read their environment, with tokens of the job in it',
    'A step that runs as root can leave its root folder and open all devices of this machine or container',
    'There is no /proc, no /sys, no hostname of its own, no /dev/shm; --network=none is refused',
    'Secrets and tmpfs mounts are on disk while a step runs, the latter without a limit; caches shared by two steps at a time take turns',
    'System calls are not filtered (no seccomp profile)',
  ];
  readonly #options: ChrootOptions;
  #programs: Programs | undefined;

  constructor(options: ChrootOptions) {
    this.#options = options;
  }

  async run(spec: ProcessSpec, options: SandboxOptions): Promise<number> {
    if (spec.network === 'none') throw noNetworkNamespace();
    this.#programs ??= findPrograms();
    const environment = splitEnvironment(spec.env);
    const script = join(spec.scratch, 'script');
    const text = chrootScript({
      spec,
      environment,
      programs: this.#programs,
      command: innerCommand(spec.root, spec.args, environment.late),
      started: startedFile(spec),
      log: logFile(spec),
      groups: true,
      bounding: this.#options.bounding,
    });
    await writeFile(script, text, { mode: 0o600 });
    options.signal?.throwIfAborted();
    await using _guard = startGuard(spec.root);
    await using child = startStep(['sh', script], spec.pipes);
    const onAbort = (): void => {
      child.kill('SIGKILL');
      killInside(spec.root);
    };
    options.signal?.addEventListener('abort', onAbort, { once: true });
    // What it left running would keep the output open for ever.
    const watch = setInterval(() => {
      if (!existsSync(`/proc/${child.pid}`)) killInside(spec.root);
    }, WATCH_INTERVAL);
    try {
      const code = await superviseStep(child, options);
      options.signal?.throwIfAborted();
      if (!existsSync(startedFile(spec))) throw await notStarted(spec);
      return code;
    } finally {
      clearInterval(watch);
      options.signal?.removeEventListener('abort', onAbort);
      killInside(spec.root);
    }
  }
}

/**
 * Kills all that is inside when this process is killed: its end of the pipe closes then. A worker in a PID namespace takes all with it by itself.
 */
function startGuard(root: string): RunningProcess {
  const guard = start(['sh', '-c', GUARD, 'sh', root]);
  guard.stdout.resume();
  guard.stderr.resume();
  return guard;
}

const GUARD = `
read -r _
[ "$1" = / ] && exit
for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  found=
  for place in /proc/[0-9]*; do
    case $(readlink "$place/root") in "$1" | "$1"/*) found=1; kill -9 "\${place#/proc/}" ;; esac
  done
  [ -n "$found" ] || exit
done`;

/** Without a PID namespace, who is inside shows by its root (proc_pid_root(5)). */
function killInside(root: string): void {
  // That would be everybody.
  if (root === '/') return;
  for (let round = 0; round < KILL_ROUNDS; round++) {
    const inside = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isWithin(rootOf(pid), root));
    if (inside.length === 0) return;
    for (const pid of inside) {
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch {
        // Gone already.
      }
    }
  }
}

/** A step may have changed into a root below its own. */
function isWithin(path: string | undefined, root: string): boolean {
  return path === root || path?.startsWith(`${root}/`) === true;
}

function rootOf(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/root`);
  } catch {
    return undefined;
  }
}

function noNetworkNamespace(): BuildError {
  return new BuildError({
    kind: 'environment',
    code: 'ISOLATION_FAILED',
    message: 'RUN --network=none cannot be kept with isolation "chroot"',
    hint: 'Give this container the capability SYS_ADMIN, or remove --network=none.',
  });
}
