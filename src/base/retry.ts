import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';

/** What a failed attempt says about the next one. */
export interface RetryAdvice {
  /** Milliseconds that the other side asked for (HTTP `Retry-After`). */
  readonly after?: number | undefined;
}

export interface RetryOptions {
  /** Attempts in all. Default 5. */
  readonly attempts?: number | undefined;
  /** Milliseconds before the second attempt; doubled for each further one, with jitter. Default 500. */
  readonly firstDelay?: number | undefined;
  /** Milliseconds. A longer wait that the other side asks for ends the retries. Default 60,000. */
  readonly longestDelay?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Tells if this failure may pass by itself; undefined for a final one. */
  readonly advice: (error: unknown) => RetryAdvice | undefined;
  /** Called before each wait; `delay` in milliseconds. */
  readonly onRetry?: ((retry: { readonly error: unknown; readonly delay: number }) => void) | undefined;
}

const DEFAULTS = { attempts: 5, firstDelay: 500, longestDelay: 60_000 };

/**
 * Calls `attempt` until it succeeds, fails for good, or has failed as often as allowed; then its last error is thrown as it is.
 * Only for work that may be done twice.
 */
export function retry<T>(attempt: (number: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const longestDelay = options.longestDelay ?? DEFAULTS.longestDelay;
  return pRetry(attempt, {
    retries: (options.attempts ?? DEFAULTS.attempts) - 1,
    minTimeout: options.firstDelay ?? DEFAULTS.firstDelay,
    maxTimeout: longestDelay,
    randomize: true,
    signal: options.signal,
    async shouldRetry({ error, retryDelay }) {
      const advice = options.advice(error);
      const asked = advice?.after ?? 0;
      if (advice === undefined || asked > longestDelay) return false;
      options.onRetry?.({ error, delay: Math.max(asked, retryDelay) });
      // p-retry waits for `retryDelay` afterwards, and throws the reason of an abort.
      if (asked > retryDelay) {
        await sleep(asked - retryDelay, undefined, { signal: options.signal }).catch(() => undefined);
      }
      return true;
    },
  });
}
