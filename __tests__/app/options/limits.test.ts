import { describe, expect, test } from '@jest/globals';
import { parseHost, parseUlimit } from '../../../src/app/options/limits.ts';

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

describe('hosts', () => {
  test.each([
    ['a:10.0.0.1', { name: 'a', ip: '10.0.0.1' }],
    ['a=10.0.0.1', { name: 'a', ip: '10.0.0.1' }],
    ['a:::1', { name: 'a', ip: '::1' }],
    ['a=[fe80::1]', { name: 'a', ip: 'fe80::1' }],
    ['host.docker.internal:host-gateway', { name: 'host.docker.internal', ip: '127.0.0.1' }],
  ])('%s', (text, host) => {
    expect(parseHost(text)).toEqual(host);
  });

  test.each(['a', ':1.2.3.4', 'a:', 'a:gateway', 'a b:1.2.3.4', 'a\n10.0.0.1 b:1.2.3.4'])(
    '%j is refused',
    (text) => {
      expect(() => parseHost(text)).toThrow(/not of the form NAME:IP/);
    },
  );
});
