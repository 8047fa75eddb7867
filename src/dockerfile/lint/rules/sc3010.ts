import { commandKindRule } from '../posix-rule.ts';

export const sc3010 = commandKindRule(
  { id: 'SC3010', severity: 'warning', title: 'No [[ ]] in sh' },
  (command) => command.kind === 'test',
  '[[ ]] is no part of sh: use [ ]',
);
