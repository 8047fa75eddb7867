import { commandRule } from '../command-rule.ts';
import { pinMessage } from '../pin-message.ts';
import { hasArg, plainArgs } from '../shell/command-view.ts';

export const dl3018 = commandRule(
  { id: 'DL3018', severity: 'warning', title: 'apk add with versions', onbuild: true },
  ({ commands }) => {
    const loose = commands
      .filter((view) => view.name === 'apk' && hasArg(view, 'add'))
      .flatMap((view) => plainArgs(view, ['t', 'virtual', 'repository', 'X']))
      .filter(({ value }) => value !== 'add' && !/[=~<>]/.test(value) && !value.endsWith('.apk'));
    const [first] = loose;
    if (first === undefined) return undefined;
    return { at: first, message: pinMessage(loose, 'apk add <package>=<version>') };
  },
);
