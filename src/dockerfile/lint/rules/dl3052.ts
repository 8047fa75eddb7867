import { labelTypeRule } from '../labels.ts';

export const dl3052 = labelTypeRule(
  { id: 'DL3052', severity: 'warning', title: 'Labels of type url hold a URL' },
  'url',
  (value) => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(value) && URL.canParse(value),
  'a URL',
);
