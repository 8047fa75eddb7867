import { appended, commandRule } from '../command-rule.ts';
import { hasArg, hasFlag } from '../shell/command-view.ts';

const VERBS = ['install', 'in', 'remove', 'rm', 'source-install', 'si', 'patch'];

export const dl3034 = commandRule(
  { id: 'DL3034', severity: 'warning', title: 'zypper without questions', onbuild: true },
  ({ commands }) => {
    const view = commands.find(
      (one) =>
        one.name === 'zypper' &&
        hasArg(one, ...VERBS) &&
        !hasFlag(one, 'non-interactive', 'n', 'no-confirm', 'y'),
    );
    if (view === undefined) return undefined;
    return {
      at: view,
      message: 'zypper asks before it acts: add --non-interactive',
      fix: {
        title: 'Add --non-interactive',
        safety: 'safe',
        edits: [appended(view.nameWord, 'zypper', '--non-interactive')],
      },
    };
  },
);
