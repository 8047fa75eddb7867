import { partRule } from '../posix-rule.ts';

export const sc3060 = partRule(
  { id: 'SC3060', severity: 'warning', title: 'No string replacement in sh' },
  (part) => part.kind === 'parameter' && part.operator?.startsWith('/') === true,
  'String replacement is no part of sh: use sed',
);
