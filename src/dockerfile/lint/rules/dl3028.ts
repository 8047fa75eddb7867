import { commandRule } from '../command-rule.ts';
import { pinMessage } from '../pin-message.ts';
import { type Argument, type CommandView, hasArg } from '../shell/command-view.ts';

export const dl3028 = commandRule(
  { id: 'DL3028', severity: 'warning', title: 'gem install with versions', onbuild: true },
  ({ commands }) => {
    const loose = commands.filter(isUnversioned).flatMap(looseGems);
    const [first] = loose;
    if (first === undefined) return undefined;
    return { at: first, message: pinMessage(loose, 'gem install <gem>:<version>') };
  },
);

function isUnversioned(view: CommandView): boolean {
  if (view.name !== 'gem' || !hasArg(view, 'install', 'i')) return false;
  return !view.args.some(
    ({ value }) => value === '-v' || value === '--version' || value.startsWith('--version='),
  );
}

/** Words before `--`; an option takes the word behind it along. */
function looseGems(view: CommandView): readonly Argument[] {
  const found: Argument[] = [];
  let swallow = false;
  for (const arg of view.args) {
    if (arg.value === '--') break;
    const option = arg.value.startsWith('-');
    if (!option && !swallow && !arg.value.includes(':') && !['install', 'i'].includes(arg.value))
      found.push(arg);
    swallow = option;
  }
  return found;
}
