import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exec } from '../../src/base/exec.ts';
import type { EntryWithBody } from '../../src/image/layer/entry.ts';
import { readTar } from '../../src/image/layer/tar-read.ts';
import { mountsBelow, unmountAll } from '../../src/worker/process/mounts-below.ts';
import { mergeChanges } from '../../src/worker/process/remote-changes.ts';
import { CopySnapshotter } from '../../src/worker/snapshot/copy.ts';
import { Graveyard } from '../../src/worker/snapshot/graveyard.ts';
import type { UnpackRules } from '../../src/worker/snapshot/layer-members.ts';
import { LayerStore } from '../../src/worker/snapshot/layer-store.ts';
import { OverlaySnapshotter } from '../../src/worker/snapshot/overlay.ts';
import type { ActiveSnapshot, Snapshotter } from '../../src/worker/snapshotter.ts';

export interface SnapshotterBed {
  readonly snapshotter: Snapshotter;
  readonly rules: UnpackRules;
  /** For layer files. */
  readonly folder: string;
  readonly layers: string;
  /** Nothing is being deleted any more. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface SnapshotterCase {
  readonly name: string;
  readonly open: () => Promise<SnapshotterBed>;
  /** Why it cannot be tried here. */
  readonly unavailable?: string;
}

/** All ways to stack layers. */
export const SNAPSHOTTERS: readonly SnapshotterCase[] = [
  { name: 'overlay', open: () => bed('overlay', false), ...notRoot() },
  { name: 'overlay with userxattr', open: () => bed('overlay', true), ...notRoot() },
  { name: 'copy', open: () => bed('copy', false), ...notRoot() },
];

function notRoot(): { unavailable?: string } {
  if (process.getuid?.() !== 0) return { unavailable: 'not root' };
  const effective = /^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return ((BigInt(`0x${effective}`) >> 21n) & 1n) === 1n ? {} : { unavailable: 'no CAP_SYS_ADMIN' };
}

async function bed(kind: 'overlay' | 'copy', userxattr: boolean): Promise<SnapshotterBed> {
  const folder = await mkdtemp(join(tmpdir(), 'tsib-snapshotter-'));
  const [layers, trees, scratch] = ['layers', 'trees', 'scratch'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await Promise.all([layers, trees, scratch].map((path) => mkdir(path)));
  const graveyard = new Graveyard(scratch);
  const rules: UnpackRules = {
    opaqueAttribute: userxattr ? 'user.overlay.opaque' : 'trusted.overlay.opaque',
    devices: true,
    keepsAttribute: (name) => !name.includes('.overlay.'),
    id: (id) => id,
  };
  const store = new LayerStore(layers, scratch, rules);
  const snapshotter =
    kind === 'overlay'
      ? new OverlaySnapshotter({ store, graveyard, scratch, userxattr, volatile: true })
      : new CopySnapshotter({
          layers: store,
          trees: new LayerStore(trees, scratch, rules),
          graveyard,
          scratch,
        });
  return {
    snapshotter,
    rules,
    folder,
    layers,
    settled: () => graveyard.settled(),
    async close() {
      await graveyard.settled();
      await unmountAll(mountsBelow(folder));
      await exec(['rm', '-rf', folder]);
    },
  };
}

/** Members of a difference as main sees them, bodies read. */
export async function membersOf(
  snapshot: ActiveSnapshot,
): Promise<{ entry: EntryWithBody['entry']; content?: Buffer }[]> {
  const { tar, ...plan } = await snapshot.difference();
  const members: { entry: EntryWithBody['entry']; content?: Buffer }[] = [];
  for await (const { entry, body } of mergeChanges(plan, readTar(tar))) {
    if (body === undefined) {
      members.push({ entry });
      continue;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(Buffer.from(chunk));
    members.push({ entry, content: Buffer.concat(chunks) });
  }
  return members;
}

/** Everything about a tree that a layer can carry, one line a node, sorted. */
export async function describeTree(path: string): Promise<string[]> {
  const { stdout } = await exec([
    'find',
    path,
    '-mindepth',
    '1',
    '-printf',
    '%P %y %m %U:%G %Ts %s %l %n\\n',
  ]);
  const lines = stdout.toString('latin1').trim().split('\n');
  // Size and link count of folders are the file system's own affair.
  return lines.map((line) => (/ d \d+ \d+:\d+ /.test(line) ? line.replace(/ \d+ {2}\d+$/, '') : line)).sort();
}
