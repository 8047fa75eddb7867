import { appended, commandRule } from '../command-rule.ts';
import { hasArg, hasFlag } from '../shell/command-view.ts';

export const dl3030 = commandRule(
  { id: 'DL3030', severity: 'warning', title: 'yum install with -y', onbuild: true },
  ({ commands }) => {
    const view = commands.find(
      (one) =>
        one.name === 'yum' &&
        hasArg(one, 'install', 'groupinstall', 'localinstall') &&
        !hasFlag(one, 'y', 'assumeyes'),
    );
    if (view === undefined) return undefined;
    return {
      at: view,
      message: 'yum asks before it installs: add -y',
      fix: { title: 'Add -y', safety: 'safe', edits: [appended(view.nameWord, 'yum', '-y')] },
    };
  },
);
