import { appended, commandRule } from '../command-rule.ts';
import { type CommandView, flagsOf, hasArg, hasFlag } from '../shell/command-view.ts';

/** Without -y the build waits for an answer nobody gives. */
export const dl3014 = commandRule(
  { id: 'DL3014', severity: 'warning', title: 'apt-get install with -y', onbuild: true },
  ({ commands }) => {
    const view = commands.find((one) => one.name === 'apt-get' && hasArg(one, 'install') && !assumesYes(one));
    if (view === undefined) return undefined;
    const verb = view.args.find(({ value }) => value === 'install') ?? view;
    return {
      at: view,
      message: 'apt-get install asks before it installs: add -y',
      fix: { title: 'Add -y', safety: 'safe', edits: [appended(verb, 'install', '-y')] },
    };
  },
);

function assumesYes(view: CommandView): boolean {
  if (hasFlag(view, 'y', 'yes', 'qq', 'assume-yes') || hasArg(view, '-q=2')) return true;
  const flags = flagsOf(view);
  return count(flags, 'q') === 2 || count(flags, 'quiet') === 2;
}

function count(flags: readonly string[], flag: string): number {
  return flags.filter((one) => one === flag).length;
}
