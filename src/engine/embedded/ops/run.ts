import { BuildError } from '../../../base/errors.ts';
import { formatPlatform } from '../../../image/platform.ts';
import type { RunMount, RunOp, Vertex } from '../../../plan/graph.ts';
import type {
  CacheMount,
  FinishedRun,
  LayerStack,
  RunRequest,
  Worker,
  WorkerMount,
} from '../../../worker/worker.ts';
import type { BuildRequest } from '../../engine.ts';
import { StepOutput } from './step-output.ts';

export interface LayersAndPath {
  readonly stack: LayerStack;
  readonly path: string;
}

export interface RunContext {
  readonly request: BuildRequest;
  readonly worker: Worker;
  /** The layers of inputs[i] as files that the worker can read. */
  readonly stackOf: (input: number) => Promise<LayerStack>;
  /** The layers of inputs[i], of a context those of what is at a path, and where that is in them. */
  readonly filesAt: (input: number, path: string) => Promise<LayersAndPath>;
  /** What caches keep of these mounts is restored when this returns. */
  readonly mountsReady: (mounts: readonly WorkerMount[]) => Promise<void>;
  /** A process has had these mounts and ended well. */
  readonly mountsWritten: (mounts: readonly WorkerMount[]) => void;
  /** Path of the socket of an SSH agent. */
  readonly agentSocket: (id: string) => Promise<string>;
  readonly signal: AbortSignal;
  readonly onOutput: (text: string, stream: 'stdout' | 'stderr') => void;
  readonly drained: () => Promise<void> | undefined;
}

const SHM = '/dev/shm';

/**
 * RUN: hands the step to the worker.
 * @throws BuildError `RUN_FAILED` with the last lines of its output; the worker's own errors
 */
export async function runRun(op: RunOp, vertex: Vertex, context: RunContext): Promise<FinishedRun> {
  const { worker, signal, drained } = context;
  if (op.security === 'insecure') checkPrivilege(await worker.isolation());
  const output = new StepOutput(context.onOutput);
  const request = await requestFor(op, vertex, context);
  const { mounts, root } = request;
  if (mounts.some(({ type }) => type === 'cache')) {
    await Promise.all([worker.prepare(root, signal), context.mountsReady(mounts)]);
  }
  const onOutput = output.add.bind(output);
  const run = await worker.run(request, { signal, onOutput, drained }).finally(() => output.end());
  if (run.exitCode === 0) {
    context.mountsWritten(mounts);
    return run;
  }
  await run[Symbol.asyncDispose]();
  throw runFailed(op, run.exitCode, output.lastLines);
}

async function requestFor(op: RunOp, vertex: Vertex, context: RunContext): Promise<RunRequest> {
  const { request, stackOf } = context;
  const env = [...op.env, ...(op.proxyEnv ?? []), ...agentVariable(op)];
  const mounts: WorkerMount[] = [];
  for (const mount of op.mounts) {
    if (mount.type === 'secret' && mount.env !== undefined)
      env.push(`${mount.env}=${secretText(request, mount.id)}`);
    const lowered = await lowerMount(mount, op, context);
    if (lowered !== undefined) mounts.push(lowered);
  }
  if (op.scriptFile !== undefined) {
    const content = Buffer.from(op.scriptFile.content);
    mounts.push({ type: 'file', content, target: op.scriptFile.path, mode: 0o755, uid: 0, gid: 0 });
  }
  // As in BuildKit, a size that is asked for gives a mount of its own.
  if (
    request.shmSize !== undefined &&
    !op.mounts.some((mount) => 'target' in mount && mount.target === SHM)
  ) {
    mounts.push({ type: 'tmpfs', target: SHM, readonly: false, size: request.shmSize });
  }
  return {
    id: vertex.id.replace(/^sha256:/, '').slice(0, 16),
    root: await stackOf(0),
    args: op.args,
    env,
    cwd: op.cwd,
    user: op.user,
    mounts,
    network: op.network,
    ...(op.security === 'insecure' ? { insecure: true } : {}),
    hostname: op.hostname,
    extraHosts: op.extraHosts,
    ...(request.shmSize === undefined ? {} : { shmSize: request.shmSize }),
    ulimits: request.ulimits,
  };
}

async function lowerMount(mount: RunMount, op: RunOp, context: RunContext): Promise<WorkerMount | undefined> {
  switch (mount.type) {
    case 'bind': {
      const { target, readonly } = mount;
      const { stack, path } = await context.filesAt(mount.from, mount.source);
      return { type: 'layers', stack, source: path, target, readonly };
    }
    case 'cache': {
      const { from } = mount;
      const cache = cacheMount(mount, op);
      // As in BuildKit, which makes the folder beside what is there and mounts that alone (dockerfile2llb, setCacheUIDGID).
      if (from === undefined || mount.shaped === true) return cache;
      const { stack, path } = await context.filesAt(from, mount.source);
      return { ...cache, seed: stack, source: path };
    }
    case 'tmpfs':
      return mount;
    case 'secret': {
      const content = secretOf(context.request, mount.id);
      if (mount.target === undefined || content === undefined) return undefined;
      const { target, mode, uid, gid } = mount;
      return { type: 'file', content, target, mode, uid, gid };
    }
    case 'ssh': {
      // Not required (see missingMounts): as in BuildKit, a missing agent means no socket.
      if (!context.request.sshAgents.includes(mount.id)) return undefined;
      const { target, mode, uid, gid } = mount;
      return { type: 'socket', path: await context.agentSocket(mount.id), target, mode, uid, gid };
    }
  }
}

/** A cache mount without its seed. */
export function cacheMount(
  { from: _from, shaped: _shaped, ...mount }: Extract<RunMount, { readonly type: 'cache' }>,
  { platform }: RunOp,
): CacheMount {
  return { ...mount, platform: formatPlatform(platform) };
}

/** As in BuildKit, the first agent's, be it there or not, unless the step has the variable already (client/llb, exec.go). */
function agentVariable({ env, mounts }: RunOp): readonly string[] {
  const socket = mounts.find(({ type }) => type === 'ssh');
  if (socket?.type !== 'ssh' || env.some((pair) => pair.startsWith('SSH_AUTH_SOCK='))) return [];
  return [`SSH_AUTH_SOCK=${socket.target}`];
}

/** An optional secret that was not given is an empty variable, as in BuildKit. */
function secretText(request: BuildRequest, id: string): string {
  const content = secretOf(request, id);
  return content === undefined ? '' : Buffer.from(content).toString('utf8');
}

/** The id is the Dockerfile's: what every object has is no secret. */
function secretOf({ secrets }: BuildRequest, id: string): Uint8Array | undefined {
  return Object.hasOwn(secrets, id) ? secrets[id] : undefined;
}

/** @throws BuildError `INSECURE_IMPOSSIBLE` where the worker itself has not all that the step is to have */
function checkPrivilege({ rung, privilege }: Awaited<ReturnType<Worker['isolation']>>): void {
  if (rung === 'runc' || rung === 'unshare') return;
  throw new BuildError({
    kind: 'environment',
    code: 'INSECURE_IMPOSSIBLE',
    message: `RUN --security=insecure needs all privileges, and steps run with isolation "${rung}" here (${privilege})`,
    hint:
      rung === 'userns'
        ? 'Run as root, or allow sudo without a password for this user.'
        : 'Give this container all privileges, for example with --privileged, and leave the input isolation at auto.',
  });
}

/** What can be told about a RUN before any step is executed. */
export function checkRun(op: RunOp, vertex: Vertex, request: BuildRequest): readonly BuildError[] {
  const problems: BuildError[] = [];
  const complain = (code: string, message: string, hint: string): void => {
    problems.push(new BuildError({ kind: 'user', code, message, hint, at: vertex.at }));
  };
  if (op.security === 'insecure' && !request.allow.includes('security.insecure')) {
    complain(
      'INSECURE_REFUSED',
      'RUN --security=insecure asks for a process without isolation',
      'It may do to this machine what root may. Where that is wanted, allow it: the input allow, or --allow security.insecure.',
    );
  }
  if ((op.devices ?? []).length > 0) {
    complain(
      'DEVICE_REFUSED',
      'RUN --device asks for a device of the machine',
      'This builder gives RUN no devices.',
    );
  }
  return problems;
}

/**
 * What a RUN cannot be executed without: secrets and agents that it requires. As in BuildKit, a step that a cache has needs none.
 */
export function missingMounts(op: RunOp, vertex: Vertex, request: BuildRequest): readonly BuildError[] {
  const problems: BuildError[] = [];
  const complain = (code: string, message: string, hint: string): void => {
    problems.push(new BuildError({ kind: 'user', code, message, hint, at: vertex.at }));
  };
  for (const mount of op.mounts) {
    if (mount.type === 'secret' && mount.required && secretOf(request, mount.id) === undefined) {
      complain(
        'SECRET_MISSING',
        `The secret "${mount.id}" is required but was not given`,
        `Give it with the input secrets, secret-envs or secret-files, or --secret id=${mount.id},… on the command line.`,
      );
    }
    if (mount.type === 'ssh' && mount.required && !request.sshAgents.includes(mount.id)) {
      complain(
        'SSH_MISSING',
        `The SSH agent "${mount.id}" is required but was not given`,
        `Give it with the input ssh or the flag --ssh, e.g. --ssh ${mount.id} for the agent of SSH_AUTH_SOCK.`,
      );
    }
  }
  return problems;
}

function runFailed(op: RunOp, exitCode: number, lines: readonly string[]): BuildError {
  const output = lines.length === 0 ? 'It printed nothing.' : `Its last output:\n${lines.join('\n')}`;
  return new BuildError({
    kind: 'user',
    code: 'RUN_FAILED',
    message: `process ${JSON.stringify(op.args.join(' '))} did not complete successfully: exit code: ${exitCode}`,
    hint:
      exitCode === 137
        ? `${output}\nExit code 137 means that it was killed, most often for want of memory.`
        : output,
  });
}
