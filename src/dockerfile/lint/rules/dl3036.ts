import { cleanUp } from '../clean-up.ts';
import { commandRule } from '../command-rule.ts';
import { hasCacheMount } from '../context.ts';
import { type CommandView, hasArg } from '../shell/command-view.ts';

export const dl3036 = commandRule(
  { id: 'DL3036', severity: 'warning', title: 'zypper clean after installing', onbuild: true },
  ({ commands, elsewhere, run, ...facts }) => {
    if (hasCacheMount(run, '/var/cache/zypp')) return undefined;
    const index = commands.findIndex((one) => one.name === 'zypper' && hasArg(one, 'install', 'in'));
    const view = commands[index];
    if (view === undefined) return undefined;
    const cleans = (one: CommandView) => one.name === 'zypper' && hasArg(one, 'clean', 'cc');
    if (commands.slice(index + 1).some(cleans) || elsewhere(cleans)) return undefined;
    const fix = cleanUp(view, { run, ...facts }, 'zypper clean');
    return { at: view, message: 'The package cache stays: add && zypper clean', fix };
  },
);
