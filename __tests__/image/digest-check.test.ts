import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { type Digest, parseDigest } from '../../src/image/digest.ts';
import { DigestCheck, hasDigest } from '../../src/image/digest-check.ts';

const BYTES = Buffer.from('some bytes of a layer');
const digestBy = (algorithm: string): Digest =>
  parseDigest(`${algorithm}:${createHash(algorithm).update(BYTES).digest('hex')}`);

describe.each(['sha256', 'sha512'])('a digest by %s', (algorithm) => {
  const digest = digestBy(algorithm);

  test('holds for its own bytes, however they come in', () => {
    expect(hasDigest(BYTES, digest)).toBe(true);
    const check = new DigestCheck(digest);
    for (const byte of BYTES) check.update(Uint8Array.of(byte));
    expect(check.holds()).toBe(true);
  });

  test('does not hold for others', () => {
    expect(hasDigest(BYTES.subarray(1), digest)).toBe(false);
    expect(hasDigest(Buffer.alloc(0), digest)).toBe(false);
    expect(new DigestCheck(digest).update(BYTES).update(BYTES).holds()).toBe(false);
  });
});
