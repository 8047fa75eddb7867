import { expect, test } from '@jest/globals';
import { findEpoch } from '../../src/app/epoch.ts';

function secondsFor(commit: number | undefined, dockerfile: number | undefined): Promise<number> {
  return findEpoch({
    given: undefined,
    committedAt: () => Promise.resolve(commit),
    dockerfile,
    now: 1000,
  }).then(({ seconds }) => seconds);
}

test('the time of the commit, else of the Dockerfile, which is never later than now', async () => {
  expect(await secondsFor(5, 7)).toBe(5);
  expect(await secondsFor(undefined, 7)).toBe(7);
  expect(await secondsFor(undefined, 2000)).toBe(1000);
  expect(await secondsFor(undefined, undefined)).toBe(0);
});

test('a time that no image can tell is none, wherever it comes from', async () => {
  expect(await secondsFor(1e12, 7)).toBe(7);
  expect(await secondsFor(undefined, -1e12)).toBe(0);
});
