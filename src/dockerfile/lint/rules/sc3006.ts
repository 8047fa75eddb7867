import { commandKindRule } from '../posix-rule.ts';

export const sc3006 = commandKindRule(
  { id: 'SC3006', severity: 'warning', title: 'No (( )) in sh' },
  (command) => command.kind === 'arithmetic',
  '(( )) is no part of sh: use [ ] with $(( ))',
);
