import { labelTypeRule } from '../labels.ts';

export const dl3058 = labelTypeRule(
  { id: 'DL3058', severity: 'warning', title: 'Labels of type email hold an address' },
  'email',
  (value) => /^[^\s@<>"]+@[^\s@.<>"]+(?:\.[^\s@.<>"]+)+$/.test(value),
  'a mail address',
);
