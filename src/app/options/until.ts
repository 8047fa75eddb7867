import { badInput } from './problems.ts';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;

/**
 * The time that docker's filter `until=` names, in milliseconds since 1970: so long ago (`24h`, `1h30m`), or a date (`2026-01-31`,
 * `2026-01-31T12:00:00Z`), or seconds since 1970.
 * @param now milliseconds since 1970
 * @throws BuildError `BAD_INPUT`
 */
export function parseUntil(text: string, now: number): number {
  if (DURATION.test(text)) {
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
    return now - parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
  }
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  const time = /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw badInput(
    `"${text}" is neither a duration nor a time`,
    'Write until=24h, until=1h30m or until=2026-01-31T12:00:00Z.',
  );
}

/** How long ago a time is, as docker tells it: `5 seconds ago`, `2 hours ago`. Both in milliseconds since 1970. */
export function formatAge(time: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - time) / 1000));
  const steps: readonly (readonly [number, string])[] = [
    [86_400 * 365, 'year'],
    [86_400 * 30, 'month'],
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ];
  for (const [length, name] of steps) {
    const count = Math.floor(seconds / length);
    if (count > 0) return `${count} ${name}${count === 1 ? '' : 's'} ago`;
  }
  return seconds === 1 ? '1 second ago' : `${seconds} seconds ago`;
}
