import { commandRule } from '../command-rule.ts';
import { hasArg } from '../shell/command-view.ts';

export const dl4005 = commandRule(
  { id: 'DL4005', severity: 'warning', title: 'SHELL instead of a link at /bin/sh', onbuild: true },
  ({ commands }) => {
    const view = commands.find((one) => one.name === 'ln' && hasArg(one, '/bin/sh'));
    return view === undefined
      ? undefined
      : { at: view, message: 'Choose the shell with SHELL, not by linking /bin/sh' };
  },
);
