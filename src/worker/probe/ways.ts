import { statSync } from 'node:fs';
import { hasAllIds } from '../process/id-map.ts';
import { ChrootSandbox } from '../sandbox/chroot.ts';
import { areHybrid, containerPrefix } from '../sandbox/control-groups.ts';
import { findProgram } from '../sandbox/programs.ts';
import { RuncSandbox } from '../sandbox/runc.ts';
import { UnshareSandbox } from '../sandbox/unshare.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Rung } from '../worker.ts';
import { type Ground, isUserns } from './ground.ts';
import { canBound, tryChroot, trySandbox, trySysfs } from './trial.ts';

/** A way to run steps; as data, so that it can be remembered. */
export type Way =
  | { readonly name: 'runc'; readonly command: readonly string[]; readonly deviceGroup: boolean }
  | { readonly name: 'unshare' }
  | { readonly name: 'chroot'; readonly bounding: boolean };

export interface FoundWay {
  readonly way: Way;
  /** What refusals call it. */
  readonly label: string;
  /** Whether it was seen to work; where not, the first step shows it. */
  readonly tried: boolean;
}

/** Ways to run containers, best first. Many containers may not make control groups, which take away devices: then mounts do it. */
const RUNTIMES = [
  { program: 'crun', name: 'crun', options: ['--cgroup-manager=cgroupfs'], deviceGroup: true },
  { program: 'runc', name: 'runc', options: [], deviceGroup: true },
  {
    program: 'crun',
    name: 'crun without control groups',
    options: ['--cgroup-manager=disabled'],
    deviceGroup: false,
  },
] as const;

/**
 * What this machine may be able to do, best first. Whoever takes the next one has done with those before.
 * @param reasons gets one line for each way that does not work
 */
export async function* findWays(ground: Ground, reasons: string[]): AsyncGenerator<FoundWay> {
  const { isolation } = ground.hello;
  const wanted = (rung: Rung): boolean => isolation === 'auto' || isolation === rung;
  const userns = isUserns(ground);
  if (userns) {
    if (wanted('userns')) yield* findUnshare(ground, reasons);
    return;
  }
  if (ground.inMemory && wanted('runc')) yield* findRuntimes(ground, reasons);
  if (ground.inMemory && wanted('unshare')) yield* findUnshare(ground, reasons);
  if (wanted('chroot')) yield* findChroot(ground, reasons);
}

/** A runtime that uses control groups shows with the first step whether it works; of others a step's devices cannot be told from ours. */
async function* findRuntimes(ground: Ground, reasons: string[]): AsyncGenerator<FoundWay> {
  for (const { program, name, options, deviceGroup } of RUNTIMES) {
    const path = findProgram(program);
    const missing = path === undefined ? 'is not installed' : unfitness(program);
    if (path === undefined || missing !== undefined) {
      if (deviceGroup) reasons.push(`${program} ${missing}`);
      continue;
    }
    const way: Way = { name: 'runc', command: [path, ...options], deviceGroup };
    const label = `${name} does not work`;
    const refusal = deviceGroup ? undefined : await trySandbox(sandboxOf(way, ground), ground.ram);
    if (refusal === undefined) yield { way, label, tried: !deviceGroup };
    else reasons.push(`${label}: ${refusal}`);
  }
}

async function* findUnshare(ground: Ground, reasons: string[]): AsyncGenerator<FoundWay> {
  // Root of somebody else's user namespace may lack the right to /sys.
  const guest = !isUserns(ground) && !hasAllIds(ground.ids);
  const way: Way = { name: 'unshare' };
  const label = 'Namespaces with unshare do not work';
  const refusal =
    (guest ? await trySysfs(ground.ram) : undefined) ??
    (await trySandbox(sandboxOf(way, ground), ground.ram));
  if (refusal === undefined) yield { way, label, tried: true };
  else reasons.push(`${label}: ${refusal}`);
}

async function* findChroot(ground: Ground, reasons: string[]): AsyncGenerator<FoundWay> {
  const label = 'chroot does not work';
  const refusal = await tryChroot(ground.scratch);
  if (refusal === undefined)
    yield { way: { name: 'chroot', bounding: await canBound() }, label, tried: true };
  else reasons.push(`${label}: ${refusal}`);
}

/** What is known without a trial. */
function unfitness(program: string): string | undefined {
  if (program !== 'crun' || !areHybrid()) return undefined;
  return 'does not work: this machine uses control groups of both versions';
}

/** @param probe a folder with a device that the sandbox has to keep steps from, see RuncOptions */
export function sandboxOf(way: Way, ground: Ground, probe?: string): Sandbox {
  switch (way.name) {
    case 'runc':
      return new RuncSandbox({
        command: way.command,
        deviceGroup: way.deviceGroup,
        prefix: containerPrefix(ground.hello.owner),
        probe,
      });
    case 'unshare':
      return new UnshareSandbox({
        userns: isUserns(ground),
        groups: ground.ids.many,
        highestId: ground.ids.highest,
      });
    case 'chroot':
      return new ChrootSandbox({ bounding: way.bounding });
  }
}

/** Changes when a runtime is installed, removed or replaced. */
export function runtimeVersions(): string {
  const paths = RUNTIMES.map(({ program }) => findProgram(program));
  const infos = paths.map((path) => (path === undefined ? undefined : statSync(path)));
  return infos.map((info) => (info === undefined ? '-' : `${info.size}:${info.mtimeMs}`)).join(' ');
}
