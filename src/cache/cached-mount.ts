import { parseCacheKey } from '../image/cache-key.ts';
import { parseDigest } from '../image/digest.ts';
import type { CachedMount } from './build-cache.ts';
import { fieldsOf } from './cache-data.ts';
import type { StoredRecord } from './record.ts';

const LONGEST_ID = 4096;
const MOST_MEMBERS = 4_000_000;

export function encodeMount({ key, id, platform, archive, savedAt }: CachedMount): StoredRecord {
  const { digest, size, unpacked, members } = archive;
  return { key, id: id.slice(0, LONGEST_ID), platform, digest, size, unpacked, members, savedAt };
}

/**
 * Reads what encodeMount made. Nothing in it is trusted.
 * @throws BuildError `CACHE_DATA_BAD`, and those of the parsers of keys and digests
 */
export function decodeMount(value: unknown): CachedMount {
  const fields = fieldsOf(value, 'mount');
  return {
    key: parseCacheKey(fields.text('key', 64)),
    id: fields.text('id', LONGEST_ID),
    platform: fields.text('platform', 256),
    archive: {
      digest: parseDigest(fields.text('digest', 256)),
      size: fields.count('size'),
      unpacked: fields.count('unpacked'),
      members: fields.count('members', MOST_MEMBERS),
    },
    savedAt: fields.count('savedAt'),
  };
}
