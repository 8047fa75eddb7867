import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tempDir } from '../../src/base/temp.ts';
import { trySandbox } from '../../src/worker/probe/trial.ts';
import { CacheMounts } from '../../src/worker/run/cache-mounts.ts';
import { runStep, type StepContext } from '../../src/worker/run/run-step.ts';
import { ChrootSandbox } from '../../src/worker/sandbox/chroot.ts';
import { PipeSupply } from '../../src/worker/sandbox/pipe-supply.ts';
import { findProgram } from '../../src/worker/sandbox/programs.ts';
import { RuncSandbox } from '../../src/worker/sandbox/runc.ts';
import { UnshareSandbox } from '../../src/worker/sandbox/unshare.ts';
import type { Sandbox } from '../../src/worker/sandbox.ts';
import type { LayerFile, RunRequest } from '../../src/worker/worker.ts';
import { membersOf, SNAPSHOTTERS, type SnapshotterBed } from './snapshotters.ts';
import { busyboxLayer } from './worker-layers.ts';

/** crun refuses machines that have control groups of both versions, as some virtual machines do: it gets a view without the second. */
const WITHOUT_UNIFIED = existsSync('/sys/fs/cgroup/unified')
  ? [
      'unshare',
      '--mount',
      '--propagation',
      'private',
      'sh',
      '-c',
      'umount /sys/fs/cgroup/unified; exec "$0" "$@"',
    ]
  : [];
const PREFIX = `tsib-test-${process.pid}-`;

export interface SandboxCase {
  readonly name: 'runc' | 'crun' | 'crun without control groups' | 'unshare' | 'chroot';
  readonly sandbox: Sandbox;
  /** Why it cannot be tried here. */
  readonly unavailable?: string;
}

/** All ways to run a process that can be tried on this machine. */
export async function sandboxCases(): Promise<SandboxCase[]> {
  const notRoot = SNAPSHOTTERS[0]?.unavailable;
  const unshare = new UnshareSandbox({ userns: false, groups: true, highestId: 0xff_ff_ff_fe });
  const chroot = new ChrootSandbox({ bounding: true });
  const cases: SandboxCase[] = [];
  for (const { name, program, sandbox } of [
    ...(await runtimes()),
    { name: 'unshare', sandbox: unshare } as const,
  ]) {
    const missing =
      program !== undefined && findProgram(program) === undefined ? `${program} is not installed` : undefined;
    const unavailable = notRoot ?? missing ?? (await trial(sandbox));
    cases.push({ name, sandbox, ...(unavailable === undefined ? {} : { unavailable }) });
  }
  cases.push({ name: 'chroot', sandbox: chroot, ...(notRoot === undefined ? {} : { unavailable: notRoot }) });
  return cases;
}

async function runtimes(): Promise<
  readonly (Pick<SandboxCase, 'name' | 'sandbox'> & { readonly program?: string })[]
> {
  const [runc = 'runc', crun = 'crun'] = ['runc', 'crun'].map(findProgram);
  const managed = [...WITHOUT_UNIFIED, crun, '--cgroup-manager=cgroupfs'];
  const unmanaged = [...WITHOUT_UNIFIED, crun, '--cgroup-manager=disabled'];
  return [
    { name: 'runc', program: 'runc', sandbox: sandboxOf([runc], true) },
    { name: 'crun', program: 'crun', sandbox: sandboxOf(managed, true) },
    { name: 'crun without control groups', program: 'crun', sandbox: sandboxOf(unmanaged, false) },
  ];
}

function sandboxOf(command: readonly string[], deviceGroup: boolean): Sandbox {
  return new RuncSandbox({ command, deviceGroup, prefix: PREFIX });
}

async function trial(sandbox: Sandbox): Promise<string | undefined> {
  await using home = await tempDir(tmpdir(), 'tsib-trial-');
  return await trySandbox(sandbox, home.path);
}

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** `path type` of each change. */
  readonly changes: readonly string[];
}

export interface SandboxBed {
  readonly folder: string;
  readonly busybox: LayerFile;
  /** Runs a shell script, or the arguments given. */
  run(
    script: string | readonly string[],
    request?: Partial<RunRequest>,
    options?: Partial<Parameters<typeof runStep>[3]>,
  ): Promise<Ran>;
  close(): Promise<void>;
}

export async function sandboxBed(sandbox: Sandbox): Promise<SandboxBed> {
  const kind = sandbox.mounts ? 'overlay' : 'copy';
  const stacks: SnapshotterBed | undefined = await SNAPSHOTTERS.find(({ name }) => name === kind)?.open();
  if (stacks === undefined) throw new TypeError(kind);
  const [caches, locks, scratch] = ['caches', 'locks', 'run'].map((name) => join(stacks.folder, name)) as [
    string,
    string,
    string,
  ];
  await Promise.all([caches, locks, scratch].map((path) => mkdir(path)));
  const context: StepContext = {
    snapshotter: stacks.snapshotter,
    sandbox,
    caches: new CacheMounts({
      folder: caches,
      locks,
      scratch: join(stacks.folder, 'scratch'),
      snapshotter: stacks.snapshotter,
      rules: stacks.rules,
    }),
    scratch,
    pipes: new PipeSupply(join(stacks.folder, 'pipes')),
  };
  const busybox = await busyboxLayer(stacks.folder);
  let counter = 0;
  return {
    folder: stacks.folder,
    busybox,
    async run(script, request = {}, options = {}) {
      const out = { stdout: '', stderr: '' };
      const id = `t${process.pid}-${++counter}`;
      const full: RunRequest = {
        id,
        root: [busybox],
        args: typeof script === 'string' ? ['/bin/sh', '-c', script] : script,
        env: ['PATH=/bin'],
        cwd: '/',
        user: '',
        mounts: [],
        network: 'default',
        hostname: 'buildkitsandbox',
        extraHosts: [],
        ...request,
      };
      const onOutput = (chunk: Uint8Array, stream: 'stdout' | 'stderr'): void => {
        out[stream] += Buffer.from(chunk).toString('utf8');
      };
      const { exitCode, snapshot } = await runStep(full, id, context, { onOutput, ...options });
      const changes = (await membersOf(snapshot)).map(({ entry }) => `${entry.path} ${entry.type}`);
      await snapshot[Symbol.asyncDispose]();
      return { exitCode, ...out, changes };
    },
    close: () => stacks.close(),
  };
}
