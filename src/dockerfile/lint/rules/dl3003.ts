import { commandRule } from '../command-rule.ts';

/** A folder change in RUN ends with the RUN. */
export const dl3003 = commandRule(
  { id: 'DL3003', severity: 'warning', title: 'WORKDIR instead of cd' },
  ({ commands }) => {
    const cd = commands.find(({ name }) => name === 'cd');
    return cd === undefined
      ? undefined
      : { at: cd, message: 'cd holds for this RUN only: set the folder with WORKDIR' };
  },
);
