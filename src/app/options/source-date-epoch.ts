import { isToldTime } from '../../image/told-time.ts';
import { badInput } from './problems.ts';

/**
 * Seconds since 1970, as https://reproducible-builds.org/specs/source-date-epoch/ has them; undefined for an empty text.
 * @throws BuildError `BAD_INPUT`
 */
export function sourceDateEpoch(text: string): number | undefined {
  if (text === '') return undefined;
  const seconds = Number(text);
  if (/^\d+$/.test(text) && isToldTime(seconds)) return seconds;
  throw badInput(`"${text}" is not a whole number of seconds since 1970`);
}
