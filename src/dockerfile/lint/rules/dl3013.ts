import { commandRule } from '../command-rule.ts';
import { pinMessage } from '../pin-message.ts';
import { isPipInstall, unpinnedPackages } from '../tools/pip.ts';

export const dl3013 = commandRule(
  { id: 'DL3013', severity: 'warning', title: 'pip install with versions', onbuild: true },
  ({ commands }) => {
    const loose = commands.filter(isPipInstall).flatMap(unpinnedPackages);
    const [first] = loose;
    if (first === undefined) return undefined;
    return {
      at: first,
      message: pinMessage(loose, 'pip install <package>==<version> or -r <file>'),
    };
  },
);
