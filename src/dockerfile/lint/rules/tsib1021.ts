import type { LintRule } from '../rule.ts';

/** What silences nothing hides what comes later. Found where findings are silenced: see unused-pragmas.ts. */
export const tsib1021: LintRule = {
  id: 'TSIB1021',
  severity: 'style',
  title: 'Ignore comments silence something',
  check: () => [],
};
