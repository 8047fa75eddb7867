import { existsSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import type { RunningProcess } from '../../base/exec.ts';
import type { ProcessSpec, Sandbox, SandboxOptions } from '../sandbox.ts';
import { fstab, type MountLine } from '../snapshot/fstab.ts';
import { innerCommand } from './inner-command.ts';
import { splitEnvironment } from './loader-variables.ts';
import { namespaceScript, type Programs } from './namespace-script.ts';
import { findPrograms, logFile, notStarted, startedFile } from './script-run.ts';
import { protections, standardMounts } from './standard-mounts.ts';
import { startStep, superviseStep } from './step-process.ts';
import { UnshareEnd } from './unshare-end.ts';

export interface UnshareOptions {
  /** The worker itself lives in a user namespace: less can be mounted. */
  readonly userns: boolean;
  /** Whether group ids can be set; with a single mapped id they cannot. */
  readonly groups: boolean;
  /** User and group ids above it do not exist. */
  readonly highestId: number;
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
  readonly limits = [
    'System calls are not filtered (no seccomp profile)',
    'Device nodes that a step makes cannot be opened (no device control group)',
  ];
  readonly #options: UnshareOptions;
  #programs: Programs | undefined;

  constructor(options: UnshareOptions) {
    this.#options = options;
  }

  async run(spec: ProcessSpec, options: SandboxOptions): Promise<number> {
    checkAccount(spec.account, this.#options.highestId);
    this.#programs ??= findPrograms();
    const script = await this.#write(spec, this.#programs);
    options.signal?.throwIfAborted();
    const net = spec.network === 'none' ? ['--net'] : [];
    await using child = startStep(['unshare', ...NAMESPACES, ...net, '--', 'sh', script], spec.pipes);
    const onAbort = (): void => void killInside(child);
    options.signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const end = new UnshareEnd(options.onOutput);
      const code = await end.exitCode(await superviseStep(child, { ...options, onOutput: end.onOutput }));
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
    // In a user namespace the kernel opens no device node of anybody's making.
    const nodev = !spec.insecure && !userns;
    const standard = standardMounts({
      dev: spec.dev ?? '',
      nodev,
      shmSize: spec.shmSize,
      sysfs: userns && spec.network !== 'none' ? 'bind' : 'new',
      ttyGroup: groups,
      insecure: spec.insecure,
      replaced: spec.mounts.map(({ target }) => target),
    });
    const self = isMountPoint(spec.root)
      ? []
      : [{ type: 'none', source: spec.root, target: '', options: ['bind'] }];
    const own = spec.mounts.map(({ source, target, readonly }) => ({
      type: 'none',
      source,
      target,
      options: ['bind', ...(nodev ? ['nodev'] : []), ...(readonly ? ['ro'] : [])],
    }));
    const table = join(spec.scratch, 'fstab');
    const script = join(spec.scratch, 'script');
    const parts = {
      spec,
      programs,
      environment,
      groups,
      nodev,
      nested: isNested(spec.mounts),
      bounding: !spec.insecure,
      command: innerCommand(spec.root, spec.args, environment.late),
      started: startedFile(spec),
      log: logFile(spec),
    };
    await Promise.all([
      writeFile(
        table,
        fstab(
          [...self, ...standard, ...(spec.insecure ? [] : protections()), ...own].map((line) =>
            inRoot(line, spec.root),
          ),
        ),
      ),
      writeFile(script, namespaceScript(parts, [table]), { mode: 0o600 }),
    ]);
    return script;
  }
}

/** @throws BuildError `ID_NOT_MAPPED` */
function checkAccount({ uid, gid }: ProcessSpec['account'], highest: number): void {
  if (Math.max(uid, gid) <= highest) return;
  throw new BuildError({
    kind: 'environment',
    code: 'ID_NOT_MAPPED',
    message: `The step is to run as ${uid}:${gid}, and in this user namespace ids above ${highest} do not exist`,
    hint: 'Install newuidmap and give this user a range in /etc/subuid and /etc/subgid, or allow sudo without a password.',
  });
}

function isNested(mounts: ProcessSpec['mounts']): boolean {
  return mounts.some(({ target }) => mounts.some((other) => target.startsWith(`${other.target}/`)));
}

/** Only a mount can be moved over `/`. */
function isMountPoint(root: string): boolean {
  return statSync(root).dev !== statSync(dirname(root)).dev;
}

/** A folder of the root mounted on itself becomes a mount of its own, which can be made read-only. */
function inRoot(line: MountLine, root: string): MountLine {
  const target = line.target === '' ? root : `${root}/${line.target}`;
  return {
    ...line,
    target,
    source: line.source === line.target && line.type === 'none' ? target : line.source,
  };
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
