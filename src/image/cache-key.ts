import { BuildError } from '../base/errors.ts';

declare const brand: unique symbol;

/** SHA-256 over all that decides a step's result: 64 hex characters. Made by plan/cache-key and by the reader of stored records alone. */
export type CacheKey = string & { readonly [brand]: 'CacheKey' };

/** A part of a key in words, for explaining a miss, e.g. `{name: 'ARG VERSION', value: '1.3'}`. Never holds a secret. */
export interface KeyPart {
  readonly name: string;
  readonly value: string;
}

/** @throws BuildError `BAD_CACHE_KEY` */
export function parseCacheKey(text: string): CacheKey {
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new BuildError({ kind: 'bug', code: 'BAD_CACHE_KEY', message: `"${text}" is not a cache key` });
  }
  return text as CacheKey;
}
