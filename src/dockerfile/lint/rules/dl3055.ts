import { labelTypeRule } from '../labels.ts';

export const dl3055 = labelTypeRule(
  { id: 'DL3055', severity: 'warning', title: 'Labels of type hash hold a Git hash' },
  'hash',
  (value) => /^(?:[0-9a-f]{7}|[0-9a-f]{40})$/.test(value),
  'a Git hash (7 or 40 digits)',
);
