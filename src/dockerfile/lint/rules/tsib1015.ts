import { commandRule } from '../command-rule.ts';
import { hasArg, hasFlag } from '../shell/command-view.ts';

export const tsib1015 = commandRule(
  { id: 'TSIB1015', severity: 'info', title: 'apk add --virtual for packages that go again', onbuild: true },
  ({ commands }) => {
    const apks = commands.filter(({ name }) => name === 'apk');
    const add = apks.find((view) => hasArg(view, 'add'));
    const del = apks.find((view) => hasArg(view, 'del'));
    if (add === undefined || del === undefined) return undefined;
    if (apks.some((view) => hasArg(view, 'add') && hasFlag(view, 'virtual', 't'))) return undefined;
    return {
      at: del,
      message: 'apk add --virtual=<name> makes a group that apk del <name> removes as a whole',
    };
  },
);
