import { appended, commandRule } from '../command-rule.ts';
import { hasArg, hasFlag } from '../shell/command-view.ts';

export const dl3038 = commandRule(
  { id: 'DL3038', severity: 'warning', title: 'dnf install with -y', onbuild: true },
  ({ commands }) => {
    const view = commands.find(
      (one) =>
        ['dnf', 'microdnf'].includes(one.name) &&
        hasArg(one, 'install', 'groupinstall', 'localinstall') &&
        !hasFlag(one, 'y', 'assumeyes'),
    );
    if (view === undefined) return undefined;
    return {
      at: view,
      message: `${view.name} asks before it installs: add -y`,
      fix: { title: 'Add -y', safety: 'safe', edits: [appended(view.nameWord, view.name, '-y')] },
    };
  },
);
