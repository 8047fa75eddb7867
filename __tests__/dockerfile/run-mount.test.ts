import { describe, expect, test } from '@jest/globals';
import type { Text } from '../../src/dockerfile/ast.ts';
import { readDuration } from '../../src/dockerfile/instruction/duration.ts';
import { readDevice } from '../../src/dockerfile/instruction/run-device.ts';
import { readMount } from '../../src/dockerfile/instruction/run-mount.ts';

const start = { line: 1, column: 1, offset: 0 };
const text = (value: string): Text => ({ value, at: { file: 'x', start, end: start } });
const read = (value: string) => readMount(text(value), (one) => one.replace('$T', '/target'));

describe('readMount', () => {
  test.each([
    ['target=/x', { type: 'bind', target: '/x', readonly: true }],
    ['type=bind,src=a,dst=/x,rw', { source: 'a', target: '/x', readonly: false }],
    ['type=cache,target=$T', { type: 'cache', target: '/target', readonly: false }],
    [
      'TYPE=Cache,Target=/x,ro,sharing=LOCKED,mode=0750,uid=5',
      { readonly: true, sharing: 'locked', mode: 0o750, uid: 5 },
    ],
    ['type=tmpfs,target=/x,size=1.5g', { size: 1.5 * 1024 ** 3 }],
    ['type=tmpfs,target=/x,size=64MiB', { size: 64 * 1024 ** 2 }],
    ['type=secret,id=a,required,env=A', { id: 'a', required: true, env: 'A', target: '' }],
    ['type=ssh', { type: 'ssh', readonly: true, required: false }],
    ['type=bind,"source=a,""b""",target=/x', { source: 'a,"b"' }],
  ])('%s', (value, expected) => {
    expect(read(value)).toMatchObject(expected);
  });

  test.each([
    ...[
      '',
      'type=bind,"a',
      'a"b',
      '"a"b',
      'type=foo',
      'type=cache,size=1m',
      'required,type=secret,id=a',
      'type=bind,uid=1',
    ],
    ...[
      'type=tmpfs,mode=7',
      'type=cache,mode=9',
      'type=cache,uid=-1',
      'type=bind,ro=maybe',
      'type=bind,foo=1',
      'foo',
    ],
    ...[
      'type=secret',
      'type=secret,id=a,source=b',
      'type=secret,id=a,from=b',
      'type=secret,id=a,sharing=shared',
      'type=bind,sharing=shared',
    ],
  ])('refuses %j', (value) => {
    expect(() => read(value)).toThrow(expect.objectContaining({ code: 'BAD_MOUNT' }) as unknown as Error);
  });
});

describe('readDevice', () => {
  test.each([
    ['vendor.com/class=name', { name: 'vendor.com/class=name', required: false }],
    ['name=a,required', { name: 'a', required: true }],
    ['a,required=false', { name: 'a', required: false }],
  ])('%s', (value, expected) => {
    expect(readDevice(text(value))).toEqual(expected);
  });

  test.each(['a,b', 'a,name=b', 'a,required=x', ''])('refuses %j', (value) => {
    expect(() => readDevice(text(value))).toThrow(
      expect.objectContaining({ code: 'BAD_DEVICE' }) as unknown as Error,
    );
  });
});

test.each([
  ['0', 0],
  ['1h30m', 5400e9],
  ['1.5s', 1.5e9],
  ['.5ms', 5e5],
  ['-2s', -2e9],
  ['+1us', 1e3],
  ['1µs', 1e3],
  ['', undefined],
  ['1', undefined],
  ['s', undefined],
  ['.s', undefined],
  ['1s2', undefined],
  ['1 s', undefined],
  ['99999999h', undefined],
])('the duration %j is %p', (written, nanoseconds) => {
  expect(readDuration(written)).toBe(nanoseconds);
});
