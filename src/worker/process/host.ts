import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseIsolation } from '../probe/choose-isolation.ts';
import { unpackRules } from '../probe/ground.ts';
import type { Hello } from '../protocol.ts';
import { CacheMounts } from '../run/cache-mounts.ts';
import type { LadderContext } from '../run/run-on-ladder.ts';
import { removeGroups } from '../sandbox/control-groups.ts';
import { Graveyard } from '../snapshot/graveyard.ts';
import { heldFolders } from '../snapshot/held.ts';
import { LayerStore } from '../snapshot/layer-store.ts';
import { mount } from '../snapshot/mount.ts';
import { removeTree } from '../snapshot/trees.ts';
import type { HeldFolder, IsolationReport } from '../worker.ts';
import { idMap } from './id-map.ts';
import { mountsBelow, unmountAll } from './mounts-below.ts';

/** What the worker has on this machine. */
export interface WorkerHost extends LadderContext {
  readonly graveyard: Graveyard;
  /** Comes when it is known how steps are run. */
  readonly report: Promise<IsolationReport>;
  /** Whose folders were found, our own left out. */
  readonly owners: readonly string[];
  prune(before: Date): Promise<number>;
  /** `close` deletes the whole folder. */
  discard(): void;
  held(): Promise<readonly HeldFolder[]>;
  /** Deletes the folders of owners that are gone. */
  sweep(owners: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Makes the folders and picks the ways to stack layers and to run processes.
 * @param onLayers gets the place for unpacked layers as soon as there is one: how they are stacked does not matter for that
 * @throws BuildError `NO_ISOLATION`
 */
export async function openHost(hello: Hello, onLayers: (layers: LayerStore) => void): Promise<WorkerHost> {
  const folder = (name: string): string => join(hello.folder, name);
  await mkdir(hello.folder, { recursive: true, mode: 0o700 });
  await Promise.all(
    ['layers', 'trees', 'caches', 'locks', 'runs'].map((name) => mkdir(folder(name), { recursive: true })),
  );
  const owners = (await readdir(folder('runs'))).filter((name) => name !== hello.owner);
  const own = join(folder('runs'), hello.owner);
  const scratch = join(own, 'disk');
  const ram = join(own, 'ram');
  await mkdir(own, { mode: 0o700 });
  await Promise.all([scratch, ram].map((path) => mkdir(path)));
  const graveyard = new Graveyard(scratch);
  const ids = idMap();
  const rules = unpackRules(hello, ids);
  const layers = new LayerStore(folder('layers'), scratch, rules);
  onLayers(layers);
  let discarded = false;
  const close = async (): Promise<void> => {
    await graveyard.settled();
    await unmountAll(mountsBelow(own));
    await removeTree(discarded ? hello.folder : own);
  };
  try {
    const { snapshotter, sandboxes, pipes, report } = await chooseIsolation(
      { hello, layers, trees: folder('trees'), scratch, graveyard, ram, ids },
      () => isMounted(ram),
    );
    const caches = new CacheMounts({
      folder: folder('caches'),
      locks: folder('locks'),
      scratch,
      snapshotter,
      rules,
    });
    return {
      snapshotter,
      sandboxes,
      report,
      caches,
      pipes,
      // Content that is moved into a root has to be on its file system.
      scratchFor: (sandbox) => (sandbox.mounts ? ram : scratch),
      graveyard,
      owners,
      close,
      discard: () => {
        discarded = true;
      },
      prune: async (before) => {
        // Of builds on this folder that could not stack layers.
        const trees = new LayerStore(folder('trees'), scratch, rules);
        const others = snapshotter.name === 'copy' ? 0 : await trees.prune(before);
        return others + (await snapshotter.prune(before)) + (await caches.prune(before));
      },
      held: () => heldFolders({ layers: [folder('layers'), folder('trees')], caches: folder('caches') }),
      sweep: async (gone) => {
        for (const owner of gone) await removeTree(join(folder('runs'), owner));
        await removeGroups(gone);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Secrets, hosts files and device nodes live there: nothing of them reaches a disk. */
async function isMounted(ram: string): Promise<boolean> {
  return await mount('tmpfs', 'ts-image-build', ram, 'mode=0700,nosuid,size=64m').then(
    () => true,
    () => false,
  );
}
