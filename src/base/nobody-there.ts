const CODES: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND']);
/** Errors that are looked through: a chain of causes may be a circle. */
const DEEPEST = 16;

/**
 * Did a connection fail since nothing listens there (`ECONNREFUSED`), or since the host has no address (`ENOTFOUND`)? Then it will so soon after.
 * Errors that it was the cause of are looked through, not only those of this realm.
 */
export function isNobodyThere(thrown: unknown): boolean {
  let error = thrown;
  for (let depth = 0; depth < DEEPEST && typeof error === 'object' && error !== null; depth += 1) {
    if ('code' in error && CODES.has(error.code)) return true;
    error = 'cause' in error ? error.cause : undefined;
  }
  return false;
}
