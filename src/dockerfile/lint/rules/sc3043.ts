import { commandNameRule } from '../posix-rule.ts';

export const sc3043 = commandNameRule(
  { id: 'SC3043', severity: 'warning', title: 'No local in sh' },
  ['local'],
  'local is no part of sh',
  ['dash'],
);
