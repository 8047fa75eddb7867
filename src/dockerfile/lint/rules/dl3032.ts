import { cleanUp } from '../clean-up.ts';
import { commandRule } from '../command-rule.ts';
import { uncleanedInstall } from '../tools/rpm.ts';

export const dl3032 = commandRule(
  { id: 'DL3032', severity: 'warning', title: 'yum clean all after installing', onbuild: true },
  ({ commands, elsewhere, ...facts }) => {
    const view = uncleanedInstall({ commands, elsewhere }, ['yum'], ['install'], ['/var/cache/yum/*']);
    return view === undefined
      ? undefined
      : {
          at: view,
          message: 'The package cache stays: add && yum clean all',
          fix: cleanUp(view, facts, 'yum clean all'),
        };
  },
);
