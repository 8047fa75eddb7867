import { workdirFix } from '../cd-to-workdir.ts';
import { commandRule } from '../command-rule.ts';

/** A folder change in RUN ends with the RUN. */
export const dl3003 = commandRule(
  { id: 'DL3003', severity: 'warning', title: 'WORKDIR instead of cd' },
  ({ commands, context, run, script }) => {
    const cd = commands.find(({ name }) => name === 'cd');
    return cd === undefined
      ? undefined
      : {
          at: cd,
          message: 'cd holds for this RUN only: set the folder with WORKDIR',
          fileFix: workdirFix(context, run, script),
        };
  },
);
