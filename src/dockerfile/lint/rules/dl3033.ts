import { commandRule } from '../command-rule.ts';
import { pinMessage } from '../pin-message.ts';
import { unpinnedRpms } from '../tools/rpm.ts';

export const dl3033 = commandRule(
  { id: 'DL3033', severity: 'warning', title: 'yum install with versions', onbuild: true },
  ({ commands, run, context }) => {
    const loose = commands
      .filter(({ name }) => name === 'yum')
      .flatMap((view) => unpinnedRpms(view, run, context, false));
    const [first] = loose;
    if (first === undefined) return undefined;
    return { at: first, message: pinMessage(loose, 'yum install <package>-<version>') };
  },
);
