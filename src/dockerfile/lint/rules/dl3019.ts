import { appended, commandRule } from '../command-rule.ts';
import { hasCacheMount } from '../context.ts';
import { hasArg, hasFlag } from '../shell/command-view.ts';

export const dl3019 = commandRule(
  { id: 'DL3019', severity: 'info', title: 'apk add with --no-cache', onbuild: true },
  ({ commands, run }) => {
    if (hasCacheMount(run, '/var/cache/apk')) return undefined;
    const view = commands.find(
      (one) => one.name === 'apk' && hasArg(one, 'add') && !hasFlag(one, 'no-cache'),
    );
    if (view === undefined) return undefined;
    const verb = view.args.find(({ value }) => value === 'add') ?? view;
    return {
      at: view,
      message: 'apk leaves its package index in the layer: add --no-cache',
      fix: { title: 'Add --no-cache', safety: 'safe', edits: [appended(verb, 'add', '--no-cache')] },
    };
  },
);
