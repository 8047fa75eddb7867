import { describe, expect, test } from '@jest/globals';
import { cacheServiceError, withRetries } from '../../../src/cache/backends/actions/http-client.ts';

describe('tries of the cache service', () => {
  test.each([
    ['ECONNREFUSED', 2],
    ['ENOTFOUND', 2],
    ['ETIMEDOUT', 2],
    ['EAI_AGAIN', 4],
    ['ECONNRESET', 4],
  ])('%s: %i', async (code, tries) => {
    const cause = Object.assign(new TypeError(code), { code });
    let count = 0;
    const work = async (): Promise<never> => {
      count += 1;
      throw cacheServiceError('ACTIONS_CACHE_UNREACHABLE', 'it cannot be reached', cause);
    };
    await expect(withRetries(work, undefined, 1)).rejects.toMatchObject({ cause });
    expect(count).toBe(tries);
  });
});
