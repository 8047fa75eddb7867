import { partRule } from '../posix-rule.ts';

export const sc3057 = partRule(
  { id: 'SC3057', severity: 'warning', title: 'No string indexing in sh' },
  (part) => part.kind === 'parameter' && part.operator === ':',
  'String indexing is no part of sh: use cut or expr',
);
