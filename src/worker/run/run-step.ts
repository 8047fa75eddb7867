import { rmSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEVICES, insecureDevices, makeDeviceFolder } from '../sandbox/device-folder.ts';
import type { PipeSupply } from '../sandbox/pipe-supply.ts';
import type { ProcessSpec, Sandbox, SandboxOptions } from '../sandbox.ts';
import { RootPaths } from '../snapshot/root-paths.ts';
import type { ActiveSnapshot, Snapshotter } from '../snapshotter.ts';
import type { RunRequest, WorkerMount } from '../worker.ts';
import { readAccountFiles } from './account-files.ts';
import { findAccount, homeOf } from './accounts.ts';
import type { CacheMounts } from './cache-mounts.ts';
import { Cleanup } from './cleanup.ts';
import { checkCommand, makeCwd } from './command.ts';
import { hostsFile, resolvConf } from './network-files.ts';
import { PlacedContent } from './placed-content.ts';
import { grantable } from './resource-limits.ts';
import { type PreparedMount, placeMounts, prepareMounts, takeMode } from './run-mounts.ts';

export interface StepContext {
  readonly snapshotter: Snapshotter;
  readonly sandbox: Sandbox;
  readonly caches: CacheMounts;
  /** For what steps need while they run; a tmpfs where there is one. */
  readonly scratch: string;
  readonly pipes: PipeSupply;
}

export interface EndedStep {
  readonly exitCode: number;
  readonly snapshot: ActiveSnapshot;
}

/** Docker's default, in bytes. */
const SHM_SIZE = 64 * 1024 * 1024;

/**
 * One step from its layers to its exit code. Everything but the snapshot is put away when this returns, and the mount points with it.
 * @throws BuildError as `Worker.run`
 */
export async function runStep(
  request: RunRequest,
  name: string,
  context: StepContext,
  options: SandboxOptions,
): Promise<EndedStep> {
  const snapshot = await context.snapshotter.create(request.root, name, options.signal);
  try {
    const exitCode = await runOn(snapshot, request, name, context, options);
    return { exitCode, snapshot };
  } catch (error) {
    await snapshot[Symbol.asyncDispose]();
    throw error;
  }
}

async function runOn(
  snapshot: ActiveSnapshot,
  request: RunRequest,
  name: string,
  context: StepContext,
  options: SandboxOptions,
): Promise<number> {
  await using cleanup = new Cleanup();
  const scratch = join(context.scratch, `step-${name}`);
  await mkdir(scratch, { mode: 0o700 });
  const { snapshotter, caches, sandbox } = context;
  // Small files alone where content is mounted; where it is copied, perhaps whole trees.
  const remove = sandbox.mounts ? rmSync : rm;
  cleanup.defer(() => remove(scratch, { recursive: true, force: true }));
  const { signal } = options;
  const requested = sandbox.mounts ? request.mounts : request.mounts.map(exclusive);
  const mounts = await prepareMounts(requested, {
    snapshotter,
    caches,
    cleanup,
    mounts: sandbox.mounts,
    scratch,
    name,
    signal,
  });
  const network = (await networkMounts(request, scratch)).filter((file) => !isCovered(file, mounts));
  const paths = new RootPaths(snapshot.path);
  const files = readAccountFiles(paths);
  const account = findAccount(request.user, files);
  const env = withHome(request.env, homeOf(account.uid, files.passwd));
  cleanup.defer(() => paths.removeStubs());
  const place = sandbox.mounts ? mountAll : placeAll;
  const devices = request.insecure === true ? insecureDevices() : DEVICES;
  const placed = await place([...network, ...mounts].sort(byDepth), { paths, scratch, cleanup, devices });
  checkCommand(request.args[0] ?? '', request.cwd, env, paths);
  const pipes = await context.pipes.take();
  const spec = await specOf(request, { root: snapshot.path, scratch, pipes, account, env, ...placed.shown });
  await snapshot.begin(placed.own);
  // What is made from here on is the step's.
  makeCwd(request.cwd, paths, account);
  try {
    return await sandbox.run(spec, options);
  } finally {
    await snapshot.end();
  }
}

interface Place {
  readonly paths: RootPaths;
  readonly scratch: string;
  readonly cleanup: Cleanup;
  /** Names of what is to be in /dev. */
  readonly devices: readonly string[];
}

interface Placed {
  readonly shown: Pick<ProcessSpec, 'mounts' | 'dev'>;
  /** Paths that hold content of ours rather than a mount. */
  readonly own: readonly string[];
}

function mountAll(mounts: readonly PreparedMount[], { paths, scratch, devices }: Place): Placed {
  const dev = join(scratch, 'dev');
  makeDeviceFolder(dev, devices);
  for (const folder of ['proc', 'sys']) paths.mountPoint(folder, 'folder');
  paths.cover(paths.mountPoint('dev', 'folder').inside, dev);
  return { shown: { dev, mounts: placeMounts(mounts, paths) }, own: [] };
}

async function placeAll(
  mounts: readonly PreparedMount[],
  { paths, scratch, cleanup }: Place,
): Promise<Placed> {
  const aside = join(scratch, 'aside');
  await mkdir(aside);
  const content = new PlacedContent(paths, aside);
  cleanup.defer(() => content.undo());
  await content.placeDevices();
  for (const mount of mounts) {
    takeMode(mount, paths);
    await content.place(mount);
  }
  return { shown: { mounts: [] }, own: content.placed };
}

/** A cache that is moved into a root cannot be in two of them. */
function exclusive(mount: WorkerMount): WorkerMount {
  return mount.type === 'cache' && mount.sharing === 'shared' ? { ...mount, sharing: 'locked' } : mount;
}

async function specOf(
  request: RunRequest,
  parts: Pick<ProcessSpec, 'root' | 'scratch' | 'pipes' | 'account' | 'env' | 'mounts' | 'dev'>,
): Promise<ProcessSpec> {
  const { id, args, cwd, network, hostname } = request;
  return {
    ...parts,
    id,
    args,
    cwd,
    network,
    hostname,
    shmSize: request.shmSize ?? SHM_SIZE,
    insecure: request.insecure ?? false,
    limits: await grantable(request.ulimits ?? []),
  };
}

async function networkMounts(request: RunRequest, scratch: string): Promise<PreparedMount[]> {
  const files = [
    { name: 'resolv.conf', text: await resolvConf() },
    { name: 'hosts', text: hostsFile(request.hostname, request.extraHosts) },
  ];
  return await Promise.all(
    files.map(async ({ name, text }): Promise<PreparedMount> => {
      const source = join(scratch, name);
      await writeFile(source, text, { mode: 0o644 });
      return { source, target: `/etc/${name}`, kind: 'file', readonly: true };
    }),
  );
}

/** A step's own mount over /etc shows what it holds and nothing of ours, as in BuildKit. */
function isCovered({ target }: PreparedMount, mounts: readonly PreparedMount[]): boolean {
  return mounts.some(
    (mount) => target === mount.target || target.startsWith(`${mount.target.replace(/\/$/, '')}/`),
  );
}

function withHome(env: readonly string[], home: string): readonly string[] {
  return env.some((pair) => pair.startsWith('HOME=')) ? env : [...env, `HOME=${home}`];
}

function byDepth(a: PreparedMount, b: PreparedMount): number {
  return a.target.split('/').length - b.target.split('/').length;
}
