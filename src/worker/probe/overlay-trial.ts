import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf } from '../../base/errors.ts';
import type { Graveyard } from '../snapshot/graveyard.ts';
import type { UnpackRules } from '../snapshot/layer-members.ts';
import { LayerStore } from '../snapshot/layer-store.ts';
import { OverlaySnapshotter } from '../snapshot/overlay.ts';

export interface OverlayGround {
  readonly scratch: string;
  readonly graveyard: Graveyard;
  readonly rules: UnpackRules;
  readonly userxattr: boolean;
}

export type OverlayTrial =
  | { readonly works: true; readonly volatile: boolean }
  | { readonly works: false; readonly reason: string };

/**
 * Mounts an overlay with a real lower folder, writes to it and deletes from it: a file system may take the mount and fail later. It goes with
 * all that the worker has mounted: steps need not wait for that.
 */
export async function tryOverlay(ground: OverlayGround): Promise<OverlayTrial> {
  const first = await attempt(ground, true);
  if (first === undefined) return { works: true, volatile: true };
  const second = await attempt(ground, false);
  return second === undefined ? { works: true, volatile: false } : { works: false, reason: second };
}

async function attempt(
  { scratch, graveyard, rules, userxattr }: OverlayGround,
  volatile: boolean,
): Promise<string | undefined> {
  const home = join(scratch, `trial-overlay-${volatile ? 1 : 0}`);
  const layers = join(home, 'layers');
  const lower = join(home, 'lower');
  try {
    await mkdir(layers, { recursive: true });
    await mkdir(lower);
    await writeFile(join(lower, 'a'), 'a');
    const store = new LayerStore(layers, home, rules);
    await store.adopt(TRIAL_LAYER.diffId, lower, { opaque: [], implied: [] });
    const snapshotter = new OverlaySnapshotter({ store, graveyard, scratch: home, userxattr, volatile });
    const snapshot = await snapshotter.create([TRIAL_LAYER], 'trial');
    if ((await readFile(join(snapshot.path, 'a'), 'utf8')) !== 'a')
      return 'overlayfs does not show the lower folder';
    await chmod(join(snapshot.path, 'a'), 0o700);
    await mkdir(join(snapshot.path, 'b'));
    await rename(join(snapshot.path, 'a'), join(snapshot.path, 'b', 'a'));
    await rm(join(snapshot.path, 'b'), { recursive: true });
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

const TRIAL_LAYER = {
  diffId: `sha256:${'0'.repeat(64)}`,
  path: '',
  compression: 'none',
} as unknown as {
  readonly diffId: import('../../image/digest.ts').DiffId;
  readonly path: string;
  readonly compression: 'none';
};
