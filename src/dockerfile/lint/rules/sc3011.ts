import { redirectRule } from '../posix-rule.ts';

export const sc3011 = redirectRule(
  { id: 'SC3011', severity: 'warning', title: 'No here-strings in sh' },
  ['<<<'],
  '<<< is no part of sh: use a heredoc or a pipe',
);
