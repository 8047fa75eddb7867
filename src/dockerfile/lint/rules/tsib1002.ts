import { commandRule } from '../command-rule.ts';
import { hasCacheMount } from '../context.ts';
import { type CommandView, hasArg } from '../shell/command-view.ts';

/** What fetches an index, and what uses it, by tool. */
const TOOLS: Readonly<
  Record<string, { readonly update: readonly string[]; readonly use: readonly string[] }>
> = {
  'apt-get': apt(),
  apt: apt(),
  aptitude: apt(),
  apk: { update: ['update'], use: ['add', 'upgrade', 'fetch'] },
  zypper: {
    update: ['refresh', 'ref'],
    use: ['install', 'in', 'update', 'up', 'patch', 'dup', 'dist-upgrade'],
  },
};

function apt() {
  return {
    update: ['update'],
    use: ['install', 'upgrade', 'dist-upgrade', 'full-upgrade', 'build-dep', 'source', 'download', 'satisfy'],
  };
}

/** A cached index goes stale: the install below it then asks for packages that are gone. */
export const tsib1002 = commandRule(
  { id: 'TSIB1002', severity: 'warning', title: 'Package index and install in one RUN', onbuild: true },
  ({ commands, elsewhere, run }) => {
    if (hasCacheMount(run, '/var/lib/apt') || hasCacheMount(run, '/var/cache/apk')) return undefined;
    const update = commands.find((view) => hasArg(view, ...(toolOf(view)?.update ?? [])));
    if (
      update === undefined ||
      commands.some(usesIndex) ||
      elsewhere(usesIndex) ||
      runsUnknown(commands, update)
    )
      return undefined;
    return {
      at: update,
      message: 'The index is cached alone and goes stale: install in the same RUN',
    };
  },
);

function usesIndex(view: CommandView): boolean {
  return hasArg(view, ...(toolOf(view)?.use ?? []));
}

function toolOf({ name }: CommandView): (typeof TOOLS)[string] | undefined {
  return Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined;
}

/** Scripts of the image or the project may install. */
function runsUnknown(commands: readonly CommandView[], update: CommandView): boolean {
  return commands.some(
    ({ name, start }) =>
      start > update.start &&
      (/[./]/.test(name) || ['sh', 'bash', 'gdebi', 'apt-file', 'apt-cache', 'dpkg'].includes(name)),
  );
}
