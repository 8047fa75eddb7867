import { parseSize } from './sizes.ts';

const DEFAULT_LIMIT = '2g';

/** Whether caches keep the folders of RUN --mount=type=cache, and how big one may be, in bytes. @throws BuildError `BAD_INPUT` */
export function cacheMounts(keep: boolean, limit: string): { readonly limit: number } | undefined {
  const bytes = parseSize(limit === '' ? DEFAULT_LIMIT : limit);
  return keep ? { limit: bytes } : undefined;
}
