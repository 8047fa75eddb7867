import { describe, expect, test } from '@jest/globals';
import { formatDuration, formatSize, parseSize } from '../../../src/app/options/sizes.ts';

describe('sizes and times for people', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.00 kB'],
    [12_345, '12.3 kB'],
    [999_499, '999 kB'],
    [999_500, '1.00 MB'],
    [999_999_999, '1.00 GB'],
    [1.5e15, '1500 TB'],
  ])('%d bytes', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });

  test.each([
    [0, '0.0 s'],
    [59_940, '59.9 s'],
    [59_960, '1 min 00 s'],
    [119_700, '2 min 00 s'],
    [125_000, '2 min 05 s'],
  ])('%d milliseconds', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  test.each([
    ['64m', 64 * 1024 ** 2],
    ['1.5g', 1.5 * 1024 ** 3],
    ['2GiB', 2 * 1024 ** 3],
    ['4096', 4096],
  ])('%s is a size', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });
});
