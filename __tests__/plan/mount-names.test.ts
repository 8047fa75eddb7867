import { describe, expect, test } from '@jest/globals';
import { readMount } from '../../src/dockerfile/instruction/run-mount.ts';
import { mountSource, secretPlace } from '../../src/plan/mount-names.ts';

const NOWHERE = { line: 1, column: 1, offset: 0 };
const read = (value: string) =>
  readMount({ value, at: { file: 'Dockerfile', start: NOWHERE, end: NOWHERE } }, (text) => text);

describe('mountSource', () => {
  test.each([
    ['type=$T,from=stage,target=/x', 'stage'],
    ['FROM=a,from=b', 'b'],
    ['"from=a,b"', 'a,b'],
    ['target=/x', ''],
    ['target=from=x', ''],
  ])('%s', (mount, source) => {
    expect(mountSource(mount)).toBe(source);
  });
});

describe('secretPlace', () => {
  test.each([
    ['type=secret,id=dir/a', { id: 'dir/a', target: '/run/secrets/a' }],
    ['type=secret,source=a', { id: 'a', target: '/run/secrets/a' }],
    ['type=secret,target=/k/a', { id: 'a', target: '/k/a' }],
    ['type=secret,id=a,env=A', { id: 'a' }],
    ['type=secret,id=a,env=A,target=/k', { id: 'a', target: '/k' }],
  ])('%s', (text, place) => {
    expect(secretPlace(read(text))).toEqual(place);
  });
});
