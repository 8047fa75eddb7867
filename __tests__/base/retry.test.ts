import { describe, expect, test } from '@jest/globals';
import { type RetryOptions, retry } from '../../src/base/retry.ts';

class Passing extends Error {
  readonly after: number | undefined;
  constructor(after?: number) {
    super('it will pass');
    this.after = after;
  }
}

const options: RetryOptions = {
  firstDelay: 1,
  advice: (error) => (error instanceof Passing ? { after: error.after } : undefined),
};

/** Fails with these errors, one a call, then succeeds. */
function failing(errors: readonly unknown[]): { work: () => Promise<string>; calls: () => number } {
  let calls = 0;
  return {
    calls: () => calls,
    work: async () => {
      const error = errors[calls];
      calls += 1;
      if (error !== undefined) throw error;
      return 'done';
    },
  };
}

describe('retry', () => {
  test('until it works', async () => {
    const { work, calls } = failing([new Passing(), new Passing()]);
    expect(await retry(work, options)).toBe('done');
    expect(calls()).toBe(3);
  });

  test('not for what will not pass, network-like or not', async () => {
    for (const error of [new RangeError('final'), new TypeError('fetch failed')]) {
      const { work, calls } = failing([error]);
      await expect(retry(work, options)).rejects.toBe(error);
      expect(calls()).toBe(1);
    }
  });

  test('as often as allowed, then with the last error', async () => {
    const errors = [1, 2, 3, 4].map(() => new Passing());
    const { work, calls } = failing(errors);
    await expect(retry(work, { ...options, attempts: 3 })).rejects.toBe(errors[2]);
    expect(calls()).toBe(3);
  });

  test('no sooner than asked, and told', async () => {
    const delays: number[] = [];
    const { work } = failing([new Passing(120)]);
    const began = performance.now();
    await retry(work, { ...options, onRetry: ({ delay }) => delays.push(delay) });
    expect(performance.now() - began).toBeGreaterThanOrEqual(115);
    expect(delays).toEqual([120]);
  });

  test('not when asked to wait for longer than bearable', async () => {
    const { work, calls } = failing([new Passing(5000)]);
    await expect(retry(work, { ...options, longestDelay: 1000 })).rejects.toBeInstanceOf(Passing);
    expect(calls()).toBe(1);
  });

  test.each([undefined, 60_000])('an abort ends the wait at once (asked to wait: %s)', async (after) => {
    const controller = new AbortController();
    const { work } = failing([new Passing(after)]);
    const waiting = retry(work, { ...options, firstDelay: 60_000, signal: controller.signal });
    setTimeout(() => controller.abort(new RangeError('stopped')), 20);
    await expect(waiting).rejects.toThrow('stopped');
  });
});
