import { expect, test } from '@jest/globals';
import { fstab } from '../../../src/worker/snapshot/fstab.ts';

test('blanks in names are escaped as bytes; what is a blank elsewhere alone stays', () => {
  const target = '/a b\tc\\d#e/\u00a0\u3000f';
  const line = { type: 'overlay', source: 'overlay', target, options: ['lowerdir=x:y', 'ro'] };
  expect(fstab([line, { ...line, target: '/x', options: [] }])).toBe(
    'overlay /a\\040b\\011c\\134d\\043e/\u00a0\u3000f overlay lowerdir=x:y,ro 0 0\noverlay /x overlay defaults 0 0\n',
  );
});
