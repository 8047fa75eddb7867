import { commandRule } from '../command-rule.ts';
import { pinMessage } from '../pin-message.ts';
import { unpinnedRpms } from '../tools/rpm.ts';

export const dl3041 = commandRule(
  { id: 'DL3041', severity: 'warning', title: 'dnf install with versions', onbuild: true },
  ({ commands, run, context }) => {
    const loose = commands
      .filter(({ name }) => name === 'dnf' || name === 'microdnf')
      .flatMap((view) => unpinnedRpms(view, run, context, true));
    const [first] = loose;
    if (first === undefined) return undefined;
    return { at: first, message: pinMessage(loose, 'dnf install <package>-<version>') };
  },
);
