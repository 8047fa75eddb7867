import { cleanUp } from '../clean-up.ts';
import { commandRule } from '../command-rule.ts';
import { hasCacheMount } from '../context.ts';
import { uncleanedInstall } from '../tools/rpm.ts';

const VERBS = ['install', 'in', 'upgrade', 'up', 'upgrade-minimal', 'up-min', 'reinstall', 'rei'];

export const dl3040 = commandRule(
  { id: 'DL3040', severity: 'warning', title: 'dnf clean all after installing', onbuild: true },
  ({ commands, elsewhere, run, ...facts }) => {
    if (hasCacheMount(run, '/var/cache/libdnf5') || hasCacheMount(run, '.cache/libdnf5')) return undefined;
    for (const tool of ['dnf', 'microdnf']) {
      const view = uncleanedInstall({ commands, elsewhere }, [tool], VERBS, ['/var/cache/libdnf5*']);
      if (view === undefined) continue;
      const fix = cleanUp(view, { run, ...facts }, `${tool} clean all`);
      return { at: view, message: `The package cache stays: add && ${tool} clean all`, fix };
    }
    return undefined;
  },
);
