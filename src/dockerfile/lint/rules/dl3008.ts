import { commandRule } from '../command-rule.ts';
import { pinMessage } from '../pin-message.ts';
import { hasArg, plainArgs } from '../shell/command-view.ts';

/** apt packages without a version change between two builds of the same file. */
export const dl3008 = commandRule(
  { id: 'DL3008', severity: 'warning', title: 'apt-get install with versions', onbuild: true },
  ({ commands }) => {
    for (const view of commands) {
      if (view.name !== 'apt-get' || !hasArg(view, 'install')) continue;
      const loose = plainArgs(view, ['t', 'target-release']).filter(
        ({ value }) => value !== 'install' && !/[=/]/.test(value) && !value.endsWith('.deb'),
      );
      const [first] = loose;
      if (first === undefined) continue;
      return { at: first, message: pinMessage(loose, 'apt-get install <package>=<version>') };
    }
    return undefined;
  },
);
