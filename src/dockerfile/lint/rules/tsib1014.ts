import { commandRule } from '../command-rule.ts';
import { hasArg } from '../shell/command-view.ts';

export const tsib1014 = commandRule(
  { id: 'TSIB1014', severity: 'info', title: 'No distribution upgrade', onbuild: true },
  ({ commands }) => {
    const view = commands.find(
      (one) =>
        ['apt-get', 'apt', 'aptitude'].includes(one.name) && hasArg(one, 'dist-upgrade', 'full-upgrade'),
    );
    if (view === undefined) return undefined;
    return { at: view, message: 'A distribution upgrade doubles the base image: take a newer one' };
  },
);
