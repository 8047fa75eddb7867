import type { LintRule } from '../rule.ts';
import { dl3024 } from './dl3024.ts';

export const duplicateStageName: LintRule = {
  ...dl3024,
  id: 'DuplicateStageName',
  severity: 'error',
  twin: 'DL3024',
};
