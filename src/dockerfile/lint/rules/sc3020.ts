import { redirectRule } from '../posix-rule.ts';

export const sc3020 = redirectRule(
  { id: 'SC3020', severity: 'warning', title: 'No &> in sh' },
  ['&>', '&>>'],
  '&> is no part of sh, which puts the command into the background instead: use > file 2>&1',
);
