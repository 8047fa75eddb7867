import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasAllIds, type IdMap } from '../process/id-map.ts';
import { PipeSupply } from '../sandbox/pipe-supply.ts';
import type { Sandbox } from '../sandbox.ts';
import { CopySnapshotter } from '../snapshot/copy.ts';
import { LayerStore } from '../snapshot/layer-store.ts';
import { OverlaySnapshotter } from '../snapshot/overlay.ts';
import type { Snapshotter } from '../snapshotter.ts';
import type { IsolationReport } from '../worker.ts';
import { type Ground, isUserns, unpackRules } from './ground.ts';
import { type OverlayTrial, tryOverlay } from './overlay-trial.ts';
import { type Memory, recall } from './remembered.ts';
import { Sandboxes } from './sandboxes.ts';
import { runtimeVersions, sandboxOf, type Way } from './ways.ts';

export interface Choice {
  readonly snapshotter: Snapshotter;
  readonly sandboxes: Sandboxes;
  readonly pipes: PipeSupply;
  /** Comes when a way to run steps has been seen to work; never when none does. */
  readonly report: Promise<IsolationReport>;
}

interface Stacking {
  readonly snapshotter: 'overlay' | 'copy';
  readonly volatile: boolean;
}

/** What was found to work; as data, so that it can be remembered. */
interface Findings extends Stacking {
  readonly sandbox: Way;
  /** One line for each better way that does not work. */
  readonly reasons: readonly string[];
}

/** To be raised when other things are tried: what was remembered before does not count any more. */
const TRIALS = 3;
const NETWORK_LIMIT = 'Steps share the network of this machine';

/**
 * Finds out what this machine can do, best first: tries how layers can be stacked, and which ways to run steps there may be.
 * @param mountRam mounts a tmpfs at `ram`, or tells that it cannot
 * @throws BuildError `NO_ISOLATION` where none can work
 */
export async function chooseIsolation(
  place: Omit<Ground, 'inMemory'>,
  mountRam: () => Promise<boolean>,
): Promise<Choice> {
  const { hello } = place;
  const asked = [TRIALS, hello.privilege, hello.contained, hello.isolation, runtimeVersions()];
  const memory = recall<Findings>(hello.folder, asked.join(' '));
  const { answer } = memory;
  // At the same time: each waits for processes of its own.
  const overlay = answer === undefined ? beginOverlay(place) : undefined;
  const ground: Ground = { ...place, inMemory: hello.contained && (await mountRam()) };
  const pipes = new PipeSupply(join(ground.inMemory ? ground.ram : ground.scratch, 'pipes'));
  if (answer !== undefined) {
    const sandboxes = Sandboxes.of(answer.sandbox, answer.reasons, ground);
    const report = Promise.resolve(reportOf(answer, ground));
    return { snapshotter: snapshotterOf(answer, ground), sandboxes, pipes, report };
  }
  return { ...(await investigate(ground, memory, overlay)), pipes };
}

async function investigate(
  ground: Ground,
  memory: Memory<Findings>,
  overlay: Promise<OverlayTrial> | undefined,
): Promise<Omit<Choice, 'pipes'>> {
  const sandboxes = new Sandboxes(ground);
  const [stacking] = await Promise.all([findSnapshotter(ground, overlay), sandboxes.begin()]);
  if (stacking.reason !== undefined) sandboxes.reasons.unshift(stacking.reason);
  // Here, where the next way to start a worker can be tried at once.
  await sandboxes.next(false);
  const { snapshotter, volatile } = stacking;
  const report = sandboxes.proven.then((sandbox) => {
    const findings = { snapshotter, volatile, sandbox, reasons: [...sandboxes.reasons] };
    ground.graveyard.awaits(memory.keep(findings));
    return reportOf(findings, ground);
  });
  return { snapshotter: snapshotterOf(stacking, ground), sandboxes, report };
}

/** What cannot be mounted in a namespace of its own would stay behind. */
function beginOverlay(place: Omit<Ground, 'inMemory'>): Promise<OverlayTrial> | undefined {
  const { scratch, graveyard, hello, ids } = place;
  if (!hello.contained || hello.isolation === 'chroot') return undefined;
  const rules = unpackRules(hello, ids);
  const trial = tryOverlay({ scratch, graveyard, rules, userxattr: isUserns(place) });
  trial.catch(() => undefined);
  return trial;
}

async function findSnapshotter(
  { inMemory }: Ground,
  overlay: Promise<OverlayTrial> | undefined,
): Promise<Stacking & { readonly reason?: string }> {
  const trial = await overlay;
  if (trial === undefined || !inMemory) return { snapshotter: 'copy', volatile: false };
  if (trial.works) return { snapshotter: 'overlay', volatile: trial.volatile };
  const reason = `Layers are copied, overlayfs does not work here: ${trial.reason}`;
  return { snapshotter: 'copy', volatile: false, reason };
}

function snapshotterOf({ snapshotter, volatile }: Stacking, ground: Ground): Snapshotter {
  const { layers, scratch, graveyard, hello } = ground;
  if (snapshotter === 'overlay') {
    return new OverlaySnapshotter({
      store: layers,
      graveyard,
      scratch,
      userxattr: isUserns(ground),
      volatile,
    });
  }
  const trees = new LayerStore(ground.trees, scratch, unpackRules(hello, ground.ids));
  return new CopySnapshotter({ layers, trees, graveyard, scratch });
}

function reportOf({ snapshotter, reasons, sandbox: way }: Findings, ground: Ground): IsolationReport {
  const { privilege } = ground.hello;
  const sandbox: Sandbox = sandboxOf(way, ground);
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
