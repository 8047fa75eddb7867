import { forbiddenCommand } from '../command-rule.ts';

export const dl3004 = forbiddenCommand(
  { id: 'DL3004', severity: 'error', title: 'No sudo', onbuild: true },
  ['sudo'],
  () => 'RUN is root unless USER says otherwise: sudo only breaks signals and terminals',
);
