import { describe, expect, test } from '@jest/globals';
import { parseUlimit } from '../../../src/app/options/limits.ts';

describe('ulimits', () => {
  test.each([
    ['nofile=1024:2048', { name: 'nofile', soft: 1024, hard: 2048 }],
    ['nofile=1024', { name: 'nofile', soft: 1024, hard: 1024 }],
    ['core=0', { name: 'core', soft: 0, hard: 0 }],
    ['memlock=-1', { name: 'memlock', soft: -1, hard: -1 }],
    ['memlock=5:-1', { name: 'memlock', soft: 5, hard: -1 }],
  ])('%s', (text, limit) => {
    expect(parseUlimit(text)).toEqual(limit);
  });

  test.each([
    ['nofil=10', /"nofil" is not a resource/],
    ['nofile=5:1', /soft limit 5 is above the hard limit 1/],
    ['nofile=-1:5', /soft limit -1 is above the hard limit 5/],
    ['nofile=-2', /-2/],
    ['nofile', /not of the form/],
  ])('%s is refused', (text, message) => {
    expect(() => parseUlimit(text)).toThrow(message);
  });
});
