import type { Entry, EntryWithBody } from '../../image/layer/entry.ts';

/**
 * Which file times a build rewrites, so that the same build gives the same bytes at another time. Times later than `after` become `to`;
 * both in seconds since 1970.
 */
export interface TimePolicy {
  readonly after: number;
  readonly to: number;
}

export async function* withTimes(
  members: AsyncIterable<EntryWithBody>,
  policy: TimePolicy,
): AsyncGenerator<EntryWithBody> {
  for await (const member of members) {
    const entry = timed(member.entry, policy);
    yield entry === member.entry ? member : { ...member, entry };
  }
}

export function timed(entry: Entry, policy: TimePolicy): Entry {
  return entry.mtime > policy.after ? { ...entry, mtime: policy.to } : entry;
}
