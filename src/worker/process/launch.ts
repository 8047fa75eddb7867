import type { Privilege } from '../protocol.ts';
import type { Rung } from '../worker.ts';
import { hasAllIds, type IdMap } from './id-map.ts';

/** One way to start the worker. */
export interface Launch {
  readonly privilege: Privilege;
  /** Lives in mount and PID namespaces of its own. */
  readonly contained: boolean;
  readonly argv: readonly string[];
  /** What is given up when this way fails, as the beginning of a reason. */
  readonly offers: string;
}

/** Own mounts, which vanish with the worker, and own PIDs, so that the kernel kills all below it when it dies. */
const NAMESPACES = [
  '--mount',
  '--pid',
  '--fork',
  '--kill-child',
  '--mount-proc',
  '--propagation',
  'private',
] as const;

/** sudo starts a command with few variables of its own; `env -i` drops even those. */
const EMPTY_ENVIRONMENT = [
  'env',
  '-i',
  'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'LC_ALL=C',
] as const;

/** The ways to try, best first; pure. `entry` is the command line of the worker, `ids` those that exist for this process. */
export function launches(
  who: { readonly uid: number; readonly ids: IdMap; readonly isolation: 'auto' | Rung },
  entry: readonly string[],
): readonly Launch[] {
  const privileged = who.uid === 0 ? rootLaunches(entry) : sudoLaunches(entry);
  const [contained, ...plain] = privileged;
  const guest = who.uid === 0 && !hasAllIds(who.ids) ? [guestLaunch(who.ids, entry)] : [];
  const all = [...(contained === undefined ? [] : [contained]), ...guest, ...userLaunches(entry), ...plain];
  return all.filter((launch) => suits(launch, who.isolation));
}

function rootLaunches(entry: readonly string[]): readonly Launch[] {
  return [
    {
      privilege: 'root',
      contained: true,
      argv: ['unshare', ...NAMESPACES, '--', ...entry],
      offers: 'root with namespaces',
    },
    { privilege: 'root', contained: false, argv: entry, offers: 'root without namespaces' },
  ];
}

/** Root of a user namespace that is there already, which may do no more than one of our own making. */
function guestLaunch(ids: IdMap, entry: readonly string[]): Launch {
  return {
    privilege: ids.many ? 'userns' : 'userns-single',
    contained: true,
    argv: ['unshare', ...NAMESPACES, '--', ...entry],
    offers: 'this user namespace',
  };
}

function sudoLaunches(entry: readonly string[]): readonly Launch[] {
  const sudo = ['sudo', '-n', '--', ...EMPTY_ENVIRONMENT];
  return [
    {
      privilege: 'sudo',
      contained: true,
      argv: [...sudo, 'unshare', ...NAMESPACES, '--', ...entry],
      offers: 'root through sudo with namespaces',
    },
    {
      privilege: 'sudo',
      contained: false,
      argv: [...sudo, ...entry],
      offers: 'root through sudo without namespaces',
    },
  ];
}

function userLaunches(entry: readonly string[]): readonly Launch[] {
  const userns = (map: readonly string[]): readonly string[] => [
    'unshare',
    '--user',
    '--map-root-user',
    ...map,
    ...NAMESPACES,
    '--',
    ...entry,
  ];
  return [
    {
      privilege: 'userns',
      contained: true,
      argv: userns(['--map-auto']),
      offers: 'a user namespace with a range of ids (newuidmap and /etc/subuid)',
    },
    {
      privilege: 'userns-single',
      contained: true,
      argv: userns([]),
      offers: 'a user namespace with one id',
    },
  ];
}

function suits(launch: Launch, isolation: 'auto' | Rung): boolean {
  const namespaced = launch.privilege.startsWith('userns');
  switch (isolation) {
    case 'auto':
      return true;
    case 'userns':
      return namespaced;
    case 'runc':
    case 'unshare':
      return !namespaced && launch.contained;
    case 'chroot':
      return !namespaced;
    case 'none':
      return false;
  }
}
