/**
 * The system's name of why it gave no bytes (EACCES, EIO …), whoever told it on: what is asked for may be there all the same. undefined for other
 * errors, such as for what was read and is damaged.
 */
export function unreadable(error: unknown): string | undefined {
  for (let each = error; typeof each === 'object' && each !== null; ) {
    if ('syscall' in each && 'code' in each && typeof each.code === 'string') return each.code;
    each = 'cause' in each ? each.cause : undefined;
  }
  return undefined;
}
