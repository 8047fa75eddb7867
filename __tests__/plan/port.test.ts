import { describe, expect, test } from '@jest/globals';
import { parsePort } from '../../src/plan/port.ts';

describe('parsePort', () => {
  test.each([
    ['80', ['80/tcp']],
    ['80/', ['80/tcp']],
    ['53/UDP', ['53/udp']],
    ['0', ['0/tcp']],
    ['65535/sctp', ['65535/sctp']],
    ['80-82', ['80/tcp', '81/tcp', '82/tcp']],
    ['8080:80', ['80/tcp']],
    ['8080-8082:80-82/udp', ['80/udp', '81/udp', '82/udp']],
    ['8080-8090:80', ['80/tcp']],
    ['127.0.0.1:8080:80', ['80/tcp']],
    ['127.0.0.1::80', ['80/tcp']],
    ['[::1]:8080:80', ['80/tcp']],
    ['::1:8080:80', ['80/tcp']],
  ])('%s', (text, ports) => {
    expect(parsePort(text).ports).toEqual(ports);
  });

  test('tells what EXPOSE has no use for', () => {
    expect(parsePort('80/Tcp')).toMatchObject({ oddCase: true, mapped: false });
    expect(parsePort('81:80')).toMatchObject({ oddCase: false, mapped: true });
  });

  test.each([
    '',
    '/tcp',
    'x',
    '65536',
    '-1',
    '80-',
    '82-80',
    '80/http',
    'host:81:80',
    '1-2:80-85',
    '[::1:80:80',
    '1-2-3',
  ])('%s is refused', (text) => {
    expect(() => parsePort(text)).toThrow(expect.objectContaining({ code: 'BAD_PORT', kind: 'user' }));
  });
});
