import { badInput } from './problems.ts';

const UNITS: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** A size as docker writes it (`64m`, `1gb`, `4096`) in bytes. @throws BuildError `BAD_INPUT` */
export function parseSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([bkmgt]?)(?:i?b)?$/i.exec(text.trim());
  const [, number = '', unit = ''] = match ?? [];
  if (match === null)
    throw badInput(`"${text}" is not a size`, 'Write a number with an optional unit b, k, m, g or t.');
  return Math.floor(Number(number) * (UNITS[unit.toLowerCase() || 'b'] ?? 1));
}

/** Bytes for people: `12.3 MB`, powers of 1000 as docker prints them. */
export function formatSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  // What three digits round up to a thousand is one of the next unit.
  while (Math.round(value) >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const text = unit === 0 || value >= 1000 ? String(Math.round(value)) : value.toPrecision(3);
  return `${text} ${units[unit]}`;
}

/** Milliseconds for people: `0.4 s`, `2 min 05 s`. */
export function formatDuration(milliseconds: number): string {
  const tenths = Math.round(milliseconds / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
