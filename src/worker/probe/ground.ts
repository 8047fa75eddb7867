import type { IdMap } from '../process/id-map.ts';
import { storedId } from '../process/id-map.ts';
import type { Hello } from '../protocol.ts';
import type { Graveyard } from '../snapshot/graveyard.ts';
import type { UnpackRules } from '../snapshot/layer-members.ts';
import type { LayerStore } from '../snapshot/layer-store.ts';

/** What is known of the machine without a trial, and the folders to try things in. */
export interface Ground {
  readonly hello: Pick<Hello, 'folder' | 'owner' | 'privilege' | 'contained' | 'isolation'>;
  /** Single layers. */
  readonly layers: LayerStore;
  /** The folder for whole trees. */
  readonly trees: string;
  readonly scratch: string;
  readonly graveyard: Graveyard;
  readonly ram: string;
  /** Whether `ram` is a tmpfs. */
  readonly inMemory: boolean;
  readonly ids: IdMap;
}

export function isUserns({ hello }: { readonly hello: Pick<Hello, 'privilege'> }): boolean {
  return hello.privilege === 'userns' || hello.privilege === 'userns-single';
}

export function unpackRules(hello: Pick<Hello, 'privilege'>, ids: IdMap): UnpackRules {
  const userns = isUserns({ hello });
  return {
    opaqueAttribute: userns ? 'user.overlay.opaque' : 'trusted.overlay.opaque',
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
