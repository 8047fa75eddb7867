import { appended, commandRule } from '../command-rule.ts';
import { hasArg, hasFlag } from '../shell/command-view.ts';

export const dl3015 = commandRule(
  { id: 'DL3015', severity: 'info', title: 'apt-get install with --no-install-recommends', onbuild: true },
  ({ commands }) => {
    const view = commands.find(
      (one) =>
        one.name === 'apt-get' &&
        hasArg(one, 'install') &&
        !hasFlag(one, 'no-install-recommends') &&
        !hasArg(one, 'APT::Install-Recommends=false'),
    );
    if (view === undefined) return undefined;
    const verb = view.args.find(({ value }) => value === 'install') ?? view;
    return {
      at: view,
      message: 'Recommended packages come along: add --no-install-recommends',
      // Recommended packages may be in use.
      fix: {
        title: 'Add --no-install-recommends',
        safety: 'unsafe',
        edits: [appended(verb, 'install', '--no-install-recommends')],
      },
    };
  },
);
