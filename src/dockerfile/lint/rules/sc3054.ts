import { partRule } from '../posix-rule.ts';

export const sc3054 = partRule(
  { id: 'SC3054', severity: 'warning', title: 'No array references in sh' },
  (part) => part.kind === 'parameter' && part.index !== undefined,
  'sh has no arrays: choose bash with SHELL',
);
