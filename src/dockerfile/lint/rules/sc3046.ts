import { commandNameRule } from '../posix-rule.ts';

export const sc3046 = commandNameRule(
  { id: 'SC3046', severity: 'warning', title: 'No source in sh' },
  ['source'],
  'source is no part of sh: use a dot',
  [],
  '.',
);
