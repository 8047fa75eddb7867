import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import { type RunningProcess, start } from '../../base/exec.ts';
import type { ProcessSpec, Sandbox, SandboxOptions } from '../sandbox.ts';
import { innerCommand } from './inner-command.ts';
import { splitEnvironment } from './loader-variables.ts';
import { fstab, namespaceScript, type Programs } from './namespace-script.ts';
import { superviseProcess } from './process-output.ts';
import { findProgram } from './programs.ts';
import { protections, standardMounts } from './standard-mounts.ts';

export interface UnshareOptions {
  /** The worker itself lives in a user namespace: less can be mounted. */
  readonly userns: boolean;
  /** Whether group ids can be set; with a single mapped id they cannot. */
  readonly groups: boolean;
}

const NAMESPACES = [
  '--mount',
  '--pid',
  '--fork',
  '--kill-child',
  '--ipc',
  '--uts',
  '--propagation',
  'private',
];

/** Namespaces made with util-linux alone: one `unshare`, one shell script, which becomes the process. */
export class UnshareSandbox implements Sandbox {
  readonly name = 'unshare';
  readonly mounts = true;
  readonly limits = ['System calls are not filtered (no seccomp profile)'];
  readonly #options: UnshareOptions;
  #programs: Promise<Programs> | undefined;

  constructor(options: UnshareOptions) {
    this.#options = options;
  }

  async run(spec: ProcessSpec, options: SandboxOptions): Promise<number> {
    this.#programs ??= findPrograms();
    const script = await this.#write(spec, await this.#programs);
    options.signal?.throwIfAborted();
    const net = spec.network === 'none' ? ['--net'] : [];
    await using child = start(['unshare', ...NAMESPACES, ...net, '--', 'sh', script]);
    child.stdin.end();
    const onAbort = (): void => void killInside(child);
    options.signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const code = await superviseProcess(child, options);
      options.signal?.throwIfAborted();
      if (!existsSync(startedFile(spec))) throw await notStarted(spec);
      return code;
    } finally {
      options.signal?.removeEventListener('abort', onAbort);
    }
  }

  async #write(spec: ProcessSpec, programs: Programs): Promise<string> {
    const environment = splitEnvironment(spec.env);
    const { userns, groups } = this.#options;
    const standard = standardMounts({
      dev: spec.dev ?? '',
      shmSize: spec.shmSize,
      sysfs: userns && spec.network !== 'none' ? 'bind' : 'new',
      ttyGroup: groups,
    });
    const own = spec.mounts.map(({ source, target, readonly }) => ({
      type: 'none',
      source,
      target,
      options: readonly ? ['bind', 'ro'] : ['bind'],
    }));
    const table = join(spec.scratch, 'fstab');
    const script = join(spec.scratch, 'script');
    const parts = {
      spec,
      programs,
      environment,
      groups,
      command: innerCommand(spec.root, spec.args, environment.late),
      started: startedFile(spec),
      log: logFile(spec),
    };
    await Promise.all([
      writeFile(table, fstab(spec.root, [...standard, ...protections(), ...own])),
      writeFile(script, namespaceScript(parts, [table]), { mode: 0o600 }),
    ]);
    return script;
  }
}

function startedFile(spec: ProcessSpec): string {
  return join(spec.scratch, 'started');
}

function logFile(spec: ProcessSpec): string {
  return join(spec.scratch, 'log');
}

/** The namespace's first process: when it dies, the kernel kills all others in it. */
async function killInside(child: RunningProcess): Promise<void> {
  const children = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').catch(() => '');
  for (const pid of children.split(' ').filter((text) => text !== '')) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // Gone already.
    }
  }
  child.kill('SIGKILL');
}

async function notStarted(spec: ProcessSpec): Promise<BuildError> {
  const log = await readFile(logFile(spec), 'utf8').catch(() => '');
  return new BuildError({
    kind: 'environment',
    code: 'ISOLATION_FAILED',
    message: `The step's process could not be isolated: ${log.trim() || 'no reason was given'}`,
    hint: 'Another isolation may work: see the input "isolation".',
  });
}

async function findPrograms(): Promise<Programs> {
  const [env, setpriv, unshare, prlimit] = await Promise.all(
    ['env', 'setpriv', 'unshare', 'prlimit'].map(findProgram),
  );
  if (env === undefined || setpriv === undefined || unshare === undefined || prlimit === undefined) {
    throw new BuildError({
      kind: 'environment',
      code: 'COMMAND_NOT_FOUND',
      message: 'Isolation needs the programs env, setpriv, unshare and prlimit',
      hint: 'Install util-linux and coreutils.',
    });
  }
  return { env, setpriv, unshare, prlimit };
}
