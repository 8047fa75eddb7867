import { createHash } from 'node:crypto';
import type { Digest } from '../image/digest.ts';

/** Whether bytes have the digest, by its own algorithm. */
export function hasDigest(bytes: Uint8Array, digest: Digest): boolean {
  const [algorithm = '', hash] = digest.split(':');
  return createHash(algorithm).update(bytes).digest('hex') === hash;
}
