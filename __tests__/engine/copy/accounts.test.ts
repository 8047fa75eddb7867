import { describe, expect, test } from '@jest/globals';
import { ownerOf } from '../../../src/engine/embedded/copy/accounts.ts';
import { codeOf } from '../../support/bytes.ts';
import { memoryTree } from '../../support/memory-tree.ts';

const root = memoryTree({
  'usr/etc/passwd': 'root:x:0:0::/:/bin/sh\nu1:x:11:22::/:/bin/sh\n# app\nodd:x\n',
  'etc/passwd': { link: '/usr/etc/passwd' },
  'etc/group': 'root:x:0:\ng1:x:33:u1,u2\n',
});

describe('owners', () => {
  test.each([
    ['u1', 11, 22],
    ['u1:g1', 11, 33],
    ['u1:5', 11, 5],
    ['11', 11, 11],
    ['11:22', 11, 22],
    [':9', 0, 9],
    ['8:', 8, 0],
    ['root', 0, 0],
    ['root:g1', 0, 33],
    ['nobody', 0, 0],
    ['nobody:g1', 0, 33],
    ['u1:nogroup', 11, 22],
    ['5:nogroup', 5, 5],
    ['odd', 0, 0],
    ['007', 7, 7],
    ['-1:-1', 0, 0],
    ['-2', 4294967294, 4294967294],
  ])('%s', async (text, uid, gid) => {
    expect(await ownerOf(text, root)).toEqual({ uid, gid });
  });

  test('an image without account files', async () => {
    expect(await ownerOf('u1:g1', memoryTree({ a: '' }))).toEqual({ uid: 0, gid: 0 });
    expect(await ownerOf('u1', memoryTree({ etc: 'a file' }))).toEqual({ uid: 0, gid: 0 });
  });

  test('names on nothing', async () => {
    expect(await ownerOf('5:6', undefined)).toEqual({ uid: 5, gid: 6 });
    expect(await ownerOf('root', undefined)).toEqual({ uid: 0, gid: 0 });
    expect(await codeOf(() => ownerOf('u1', undefined))).toBe('NO_ACCOUNTS');
    expect(await codeOf(() => ownerOf('5:6:7', undefined))).toBe('NO_ACCOUNTS');
  });

  test.each(['2147483648', '-2147483649', '99999999999999999999'])('%s is no id', async (text) => {
    expect(await codeOf(() => ownerOf(text, root))).toBe('BAD_OWNER');
  });
});
