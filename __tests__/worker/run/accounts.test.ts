import { describe, expect, test } from '@jest/globals';
import { findAccount, homeOf } from '../../../src/worker/run/accounts.ts';
import { codeOf } from '../../support/bytes.ts';

const passwd = `root:x:0:0::/root:/bin/sh
app:x:501:601::/home/app:/bin/sh
77:x:5077:5078::/seven:/bin/sh
odd:x:none:9::/odd:/bin/sh
short:x:504
`;
const group = 'staff:x:701:app\n88:x:6088:\nodd:x::app\nwheel:x:801:root\n';

describe('who USER names', () => {
  test.each([
    ['app', { uid: 501, gid: 601, groups: [0, 601, 701] }],
    ['501', { uid: 501, gid: 601, groups: [0, 601, 701] }],
    ['app:staff', { uid: 501, gid: 701, groups: [701] }],
    ['4321', { uid: 4321, gid: 0, groups: [0] }],
    // A number is an id, though a name in the files may read the same.
    ['77', { uid: 77, gid: 0, groups: [0] }],
    ['5077', { uid: 5077, gid: 5078, groups: [5078] }],
    ['+77', { uid: 77, gid: 0, groups: [0] }],
    ['app:+88', { uid: 501, gid: 88, groups: [88] }],
    [':', { uid: 0, gid: 0, groups: [0, 801] }],
    ['', { uid: 0, gid: 0, groups: [0, 801] }],
    [':staff', { uid: 0, gid: 701, groups: [701] }],
    ['app:', { uid: 501, gid: 601, groups: [0, 601, 701] }],
    ['2147483647', { uid: 2_147_483_647, gid: 0, groups: [0] }],
    ['app:88', { uid: 501, gid: 88, groups: [88] }],
    // What is no number, or missing, is 0.
    ['odd', { uid: 0, gid: 9, groups: [9] }],
    ['short', { uid: 504, gid: 0, groups: [0] }],
    ['app:odd', { uid: 501, gid: 0, groups: [0] }],
  ])('%s', (user, expected) => {
    expect(findAccount(user, { passwd, group })).toEqual(expected);
  });

  test.each([
    'nobody',
    'app:nogroup',
    '2147483648',
    'app:2147483648',
    '+',
    '++1',
    '99999999999',
    '1:99999999999',
    '-5',
  ])('%s is not there', async (user) => {
    expect(await codeOf(() => findAccount(user, { passwd, group }))).toBe('USER_NOT_FOUND');
  });
});

test('home is that of the first user with the id', () => {
  expect(homeOf(0, passwd)).toBe('/root');
  expect(homeOf(5077, passwd)).toBe('/seven');
  expect(homeOf(9, passwd)).toBe('/');
});
