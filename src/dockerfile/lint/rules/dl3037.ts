import { commandRule } from '../command-rule.ts';
import { pinMessage } from '../pin-message.ts';
import { hasArg, plainArgs } from '../shell/command-view.ts';

export const dl3037 = commandRule(
  { id: 'DL3037', severity: 'warning', title: 'zypper install with versions', onbuild: true },
  ({ commands }) => {
    const loose = commands
      .filter((view) => view.name === 'zypper' && hasArg(view, 'install', 'in'))
      .flatMap((view) => plainArgs(view))
      .filter(
        ({ value }) => !['install', 'in'].includes(value) && !/[=<>~]/.test(value) && !value.endsWith('.rpm'),
      );
    const [first] = loose;
    if (first === undefined) return undefined;
    return { at: first, message: pinMessage(loose, 'zypper install <package>=<version>') };
  },
);
