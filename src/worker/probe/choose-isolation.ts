import { BuildError } from '../../base/errors.ts';
import { type IdMap, storedId } from '../process/id-map.ts';
import type { Hello } from '../protocol.ts';
import { UnshareSandbox } from '../sandbox/unshare.ts';
import type { Sandbox } from '../sandbox.ts';
import type { UnpackRules } from '../snapshot/layer-members.ts';
import { LayerStore } from '../snapshot/layer-store.ts';
import { OverlaySnapshotter } from '../snapshot/overlay.ts';
import type { Snapshotter } from '../snapshotter.ts';
import type { IsolationReport } from '../worker.ts';

export interface Ground {
  readonly hello: Hello;
  readonly layers: string;
  readonly scratch: string;
  readonly ram: string;
  /** Whether `ram` is a tmpfs. */
  readonly inMemory: boolean;
  readonly ids: IdMap;
}

export interface Choice {
  readonly snapshotter: Snapshotter;
  readonly sandbox: Sandbox;
  readonly report: IsolationReport;
}

export async function chooseIsolation(ground: Ground): Promise<Choice> {
  const { hello, ids } = ground;
  const userns = hello.privilege.startsWith('userns');
  const store = new LayerStore(ground.layers, ground.scratch, unpackRules(ground));
  const snapshotter = new OverlaySnapshotter({
    store,
    scratch: ground.scratch,
    userxattr: userns,
    volatile: true,
  });
  const sandbox = new UnshareSandbox({ userns, groups: ids.many });
  return {
    snapshotter,
    sandbox,
    report: {
      rung: userns ? 'userns' : 'unshare',
      snapshotter: 'overlay',
      privilege: hello.privilege,
      reasons: [],
      limits: [],
    },
  };
}

function unpackRules({ hello, ids }: Ground): UnpackRules {
  const userns = hello.privilege.startsWith('userns');
  return {
    deletions: { as: 'overlay', opaqueAttribute: userns ? 'user.overlay.opaque' : 'trusted.overlay.opaque' },
    devices: !userns,
    keepsAttribute: (name) => keeps(name, userns),
    id: (id) => storedId(id, ids),
  };
}

/** Attributes by which a layer could steer overlayfs, or that only this machine's policy may set, are left out. */
function keeps(name: string, userns: boolean): boolean {
  if (/^(trusted|user)\.overlay\./.test(name) || name.startsWith('security.selinux')) return false;
  return !(userns && name.startsWith('trusted.'));
}

void BuildError;
