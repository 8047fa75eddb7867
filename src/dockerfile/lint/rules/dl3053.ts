import { labelTypeRule } from '../labels.ts';

/** RFC 3339, section 5.6. */
const TIME = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

export const dl3053 = labelTypeRule(
  { id: 'DL3053', severity: 'warning', title: 'Labels of type rfc3339 hold a time' },
  'rfc3339',
  (value) => TIME.test(value) && !Number.isNaN(Date.parse(value.replace(' ', 'T'))),
  'a time as in RFC 3339',
);
