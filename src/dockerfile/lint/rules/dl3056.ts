import { labelTypeRule } from '../labels.ts';

/** Semantic Versioning 2.0.0. */
const NUMBER = '(?:0|[1-9]\\d*)';
const PART = `(?:${NUMBER}|\\d*[A-Za-z-][0-9A-Za-z-]*)`;
const VERSION = new RegExp(
  `^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-${PART}(?:\\.${PART})*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`,
);

export const dl3056 = labelTypeRule(
  { id: 'DL3056', severity: 'warning', title: 'Labels of type semver hold a version' },
  'semver',
  (value) => VERSION.test(value),
  'a semantic version',
);
