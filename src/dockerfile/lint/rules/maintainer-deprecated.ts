import type { LintRule } from '../rule.ts';
import { dl4000 } from './dl4000.ts';

export const maintainerDeprecated: LintRule = {
  ...dl4000,
  id: 'MaintainerDeprecated',
  severity: 'warning',
  twin: 'DL4000',
};
