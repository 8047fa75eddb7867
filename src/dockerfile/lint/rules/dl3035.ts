import { commandRule } from '../command-rule.ts';
import { hasArg } from '../shell/command-view.ts';

export const dl3035 = commandRule(
  { id: 'DL3035', severity: 'warning', title: 'No zypper dist-upgrade', onbuild: true },
  ({ commands }) => {
    const view = commands.find((one) => one.name === 'zypper' && hasArg(one, 'dist-upgrade', 'dup'));
    if (view === undefined) return undefined;
    return { at: view, message: 'A distribution upgrade belongs into the base image: take a newer one' };
  },
);
