import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { BuildError } from '../../base/errors.ts';
import { hasAllIds, type IdMap, storedId } from '../process/id-map.ts';
import type { Hello } from '../protocol.ts';
import { ChrootSandbox } from '../sandbox/chroot.ts';
import { areHybrid, containerPrefix } from '../sandbox/control-groups.ts';
import { findProgram } from '../sandbox/programs.ts';
import { RuncSandbox } from '../sandbox/runc.ts';
import { UnshareSandbox } from '../sandbox/unshare.ts';
import type { Sandbox } from '../sandbox.ts';
import { CopySnapshotter } from '../snapshot/copy.ts';
import type { Graveyard } from '../snapshot/graveyard.ts';
import type { UnpackRules } from '../snapshot/layer-members.ts';
import { LayerStore } from '../snapshot/layer-store.ts';
import { OverlaySnapshotter } from '../snapshot/overlay.ts';
import type { Snapshotter } from '../snapshotter.ts';
import type { IsolationReport, Rung } from '../worker.ts';
import { tryOverlay } from './overlay-trial.ts';
import { remembered } from './remembered.ts';
import { canBound, tryChroot, trySandbox, trySysfs } from './trial.ts';

export interface Ground {
  readonly hello: Hello;
  readonly layers: string;
  readonly trees: string;
  readonly scratch: string;
  readonly graveyard: Graveyard;
  readonly ram: string;
  /** Whether `ram` is a tmpfs. */
  readonly inMemory: boolean;
  readonly ids: IdMap;
}

export interface Choice {
  readonly snapshotter: Snapshotter;
  readonly sandbox: Sandbox;
  readonly report: IsolationReport;
  readonly rules: UnpackRules;
}

interface Stacking {
  readonly snapshotter: 'overlay' | 'copy';
  readonly volatile: boolean;
}

/** What was found to work; as data, so that it can be remembered. */
interface Findings extends Stacking {
  readonly sandbox:
    | { readonly name: 'runc'; readonly command: readonly string[]; readonly deviceGroup: boolean }
    | { readonly name: 'unshare' }
    | { readonly name: 'chroot'; readonly bounding: boolean };
  /** One line for each better way that does not work. */
  readonly reasons: readonly string[];
}

/** Ways to run containers, best first. Many containers may not make control groups, which take away devices: then mounts do it. */
const RUNTIMES = [
  { program: 'crun', options: ['--cgroup-manager=cgroupfs'], deviceGroup: true },
  { program: 'runc', options: [], deviceGroup: true },
  { program: 'crun', options: ['--cgroup-manager=disabled'], deviceGroup: false },
] as const;
/** To be raised when other things are tried: what was remembered before does not count any more. */
const TRIALS = 2;
const NETWORK_LIMIT = 'Steps share the network of this machine';

/**
 * Tries what this machine can do, best first.
 * @param onStacking gets the snapshotter as soon as it is found, which may be long before the rest is
 * @throws BuildError `NO_ISOLATION`
 */
export async function chooseIsolation(
  ground: Ground,
  onStacking: (snapshotter: Snapshotter) => void,
): Promise<Choice> {
  const { hello } = ground;
  const asked = [TRIALS, hello.privilege, hello.contained, hello.isolation, await runtimeVersions()];
  const question = asked.join(' ');
  let known: Snapshotter | undefined;
  const stack = (found: Stacking): Snapshotter => {
    if (known !== undefined) return known;
    known = snapshotterOf(found, ground);
    onStacking(known);
    return known;
  };
  const findings = await remembered(hello.folder, question, () => investigate(ground, stack));
  const sandbox = sandboxOf(findings.sandbox, ground);
  return {
    snapshotter: stack(findings),
    sandbox,
    report: reportOf(findings, sandbox, ground),
    rules: unpackRules(ground),
  };
}

async function investigate(ground: Ground, onStacking: (found: Stacking) => void): Promise<Findings> {
  const [unstacked, unsandboxed]: [string[], string[]] = [[], []];
  // At the same time: each waits for processes of its own.
  const [overlay, sandbox] = await Promise.all([
    findSnapshotter(ground, unstacked).then((found) => {
      onStacking(found);
      return found;
    }),
    findSandbox(ground, unsandboxed),
  ]);
  const reasons = [...unstacked, ...unsandboxed];
  if (sandbox !== undefined) return { ...overlay, sandbox, reasons };
  throw new BuildError({ kind: 'environment', code: 'NO_ISOLATION', message: reasons.join('; ') });
}

async function findSnapshotter(ground: Ground, reasons: string[]): Promise<Stacking> {
  const { scratch, graveyard, hello } = ground;
  // What cannot be mounted in a namespace of its own would stay behind.
  if (!ground.inMemory || hello.isolation === 'chroot') return { snapshotter: 'copy', volatile: false };
  const trial = await tryOverlay({
    scratch,
    graveyard,
    rules: unpackRules(ground),
    userxattr: isUserns(ground),
  });
  if (trial.works) return { snapshotter: 'overlay', volatile: trial.volatile };
  reasons.push(`Layers are copied, overlayfs does not work here: ${trial.reason}`);
  return { snapshotter: 'copy', volatile: false };
}

async function findSandbox(ground: Ground, reasons: string[]): Promise<Findings['sandbox'] | undefined> {
  const { isolation } = ground.hello;
  const wanted = (rung: Rung): boolean => isolation === 'auto' || isolation === rung;
  const ways: readonly { readonly rung: Rung; readonly find: Finder }[] = isUserns(ground)
    ? [{ rung: 'userns', find: findUnshare }]
    : [
        ...(ground.inMemory
          ? ([
              { rung: 'runc', find: findRuntime },
              { rung: 'unshare', find: findUnshare },
            ] as const)
          : []),
        { rung: 'chroot', find: findChroot },
      ];
  for (const { rung, find } of ways) {
    const found = wanted(rung) ? await find(ground, reasons) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

type Finder = (ground: Ground, reasons: string[]) => Promise<Findings['sandbox'] | undefined>;

async function findUnshare(ground: Ground, reasons: string[]): Promise<Findings['sandbox'] | undefined> {
  // Root of somebody else's user namespace may lack the right to /sys.
  const guest = !isUserns(ground) && !hasAllIds(ground.ids);
  const refusal =
    (guest ? await trySysfs(ground.ram) : undefined) ??
    (await trySandbox(sandboxOf({ name: 'unshare' }, ground), ground.ram));
  if (refusal === undefined) return { name: 'unshare' };
  reasons.push(`Namespaces with unshare do not work: ${refusal}`);
  return undefined;
}

async function findChroot(ground: Ground, reasons: string[]): Promise<Findings['sandbox'] | undefined> {
  const refusal = await tryChroot(ground.scratch);
  if (refusal === undefined) return { name: 'chroot', bounding: await canBound() };
  reasons.push(`chroot does not work: ${refusal}`);
  return undefined;
}

async function findRuntime(ground: Ground, reasons: string[]): Promise<Findings['sandbox'] | undefined> {
  for (const { program, options, deviceGroup } of RUNTIMES) {
    const path = await findProgram(program);
    if (path === undefined || (await isUnfit(program))) {
      const why =
        path === undefined
          ? 'is not installed'
          : 'does not work: this machine uses control groups of both versions';
      if (deviceGroup) reasons.push(`${program} ${why}`);
      continue;
    }
    const command = [path, ...options];
    const refusal = await trySandbox(sandboxOf({ name: 'runc', command, deviceGroup }, ground), ground.ram);
    if (refusal === undefined) return { name: 'runc', command, deviceGroup };
    reasons.push(`${program}${deviceGroup ? '' : ' without control groups'} does not work: ${refusal}`);
  }
  return undefined;
}

/** Known without a trial. */
async function isUnfit(program: string): Promise<boolean> {
  return program === 'crun' && (await areHybrid());
}

function sandboxOf(found: Findings['sandbox'], ground: Ground): Sandbox {
  switch (found.name) {
    case 'runc':
      return new RuncSandbox({
        command: found.command,
        deviceGroup: found.deviceGroup,
        prefix: containerPrefix(ground.hello.owner),
      });
    case 'unshare':
      return new UnshareSandbox({
        userns: isUserns(ground),
        groups: ground.ids.many,
        highestId: ground.ids.highest,
      });
    case 'chroot':
      return new ChrootSandbox({ bounding: found.bounding });
  }
}

function snapshotterOf({ snapshotter, volatile }: Stacking, ground: Ground): Snapshotter {
  const { scratch, graveyard } = ground;
  const layers = new LayerStore(ground.layers, scratch, unpackRules(ground));
  if (snapshotter === 'overlay') {
    return new OverlaySnapshotter({
      store: layers,
      graveyard,
      scratch,
      userxattr: isUserns(ground),
      volatile,
    });
  }
  const trees = new LayerStore(ground.trees, scratch, unpackRules(ground));
  return new CopySnapshotter({ layers, trees, graveyard, scratch });
}

function reportOf({ snapshotter, reasons }: Findings, sandbox: Sandbox, ground: Ground): IsolationReport {
  const { privilege } = ground.hello;
  return {
    rung: sandbox.name === 'unshare' && isUserns(ground) ? 'userns' : sandbox.name,
    snapshotter,
    privilege: privilege === 'root' ? 'root' : privilege === 'sudo' ? 'root through sudo' : userOutside(),
    reasons,
    limits: [...sandbox.limits, NETWORK_LIMIT, ...idLimits(ground.ids)],
    ...(hasAllIds(ground.ids) ? {} : { highestId: ground.ids.highest }),
  };
}

function idLimits(ids: IdMap): string[] {
  if (!ids.many)
    return [
      'Only root exists: steps see files of other users as files of root, and chown and USER with another id fail',
    ];
  return hasAllIds(ids) ? [] : [`User and group ids above ${ids.highest} do not exist`];
}

/** The outside id that is root inside: second column of /proc/self/uid_map. */
function userOutside(): string {
  const [, outside = '?'] = readFileSync('/proc/self/uid_map', 'utf8').trim().split(/\s+/);
  return `uid ${outside} in a user namespace`;
}

function isUserns({ hello }: Ground): boolean {
  return hello.privilege === 'userns' || hello.privilege === 'userns-single';
}

function unpackRules(ground: Ground): UnpackRules {
  const userns = isUserns(ground);
  return {
    opaqueAttribute: userns ? 'user.overlay.opaque' : 'trusted.overlay.opaque',
    devices: !userns,
    keepsAttribute: (name) => keeps(name, userns),
    id: (id) => storedId(id, ground.ids),
  };
}

/** Attributes by which a layer could steer overlayfs, or that only this machine's policy may set, are left out. */
function keeps(name: string, userns: boolean): boolean {
  if (/^(trusted|user)\.overlay\./.test(name) || name.startsWith('security.selinux')) return false;
  return !(userns && name.startsWith('trusted.'));
}

/** Changes when a runtime is installed, removed or replaced. */
async function runtimeVersions(): Promise<string> {
  const paths = await Promise.all(RUNTIMES.map(({ program }) => findProgram(program)));
  const infos = await Promise.all(paths.map((path) => (path === undefined ? undefined : stat(path))));
  return infos.map((info) => (info === undefined ? '-' : `${info.size}:${info.mtimeMs}`)).join(' ');
}
