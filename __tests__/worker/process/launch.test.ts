import { describe, expect, test } from '@jest/globals';
import { launches } from '../../../src/worker/process/launch.ts';

const ALL_IDS = { many: true, highest: 0xfffffffe };

describe('ways to start the worker', () => {
  const offersOf = (uid: number, ids: typeof ALL_IDS, isolation: 'auto' | 'userns' | 'unshare') =>
    launches({ uid, ids, isolation }, ['node']).map(({ privilege, argv }) => [
      privilege,
      argv.includes('--user') ? 'new' : 'here',
    ]);

  test('root of the machine makes a user namespace only when nothing else works', () => {
    expect(offersOf(0, ALL_IDS, 'auto')).toEqual([
      ['root', 'here'],
      ['userns', 'new'],
      ['userns-single', 'new'],
      ['root', 'here'],
    ]);
  });

  test('root of a user namespace is one already, with the ids that it has', () => {
    expect(offersOf(0, { many: true, highest: 65_535 }, 'auto').slice(0, 2)).toEqual([
      ['root', 'here'],
      ['userns', 'here'],
    ]);
    expect(offersOf(0, { many: false, highest: 0 }, 'userns')[0]).toEqual(['userns-single', 'here']);
    expect(offersOf(0, { many: false, highest: 0 }, 'unshare')).toEqual([['root', 'here']]);
  });

  test('an ordinary user has none', () => {
    expect(offersOf(1000, { many: true, highest: 65_535 }, 'userns')).toEqual([
      ['userns', 'new'],
      ['userns-single', 'new'],
    ]);
  });
});
