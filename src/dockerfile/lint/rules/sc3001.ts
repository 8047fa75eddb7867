import { partRule } from '../posix-rule.ts';

export const sc3001 = partRule(
  { id: 'SC3001', severity: 'warning', title: 'No process substitution in sh' },
  (part) => part.kind === 'process',
  'Process substitution is no part of sh',
);
