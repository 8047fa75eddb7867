import { shellRule } from '../shell-rule.ts';

/** Text that no shell can read. */
export const sc1072 = shellRule(
  { id: 'SC1072', severity: 'error', title: 'Shell text without syntax errors' },
  ({ script }) => {
    const [first] = script.parsed.problems;
    return first === undefined ? [] : [{ at: first, message: first.message }];
  },
  { brokenToo: true },
);
