import { createHash } from 'node:crypto';
import type { ContentStore } from '../content-store.ts';
import { algorithmOf, parseDigest } from '../digest.ts';
import { Admission, contentNotFound } from './admission.ts';

interface Blob {
  readonly bytes: Buffer;
  lastUsed: Date;
}

const CHUNK = 64 * 1024;

/** Blobs in memory. */
export function memoryStore(): ContentStore {
  const blobs = new Map<string, Blob>();
  return {
    async stat(digest) {
      const blob = blobs.get(digest);
      if (blob !== undefined) blob.lastUsed = new Date();
      return blob?.bytes.length;
    },
    async open(digest, range = {}) {
      const blob = blobs.get(digest);
      if (blob === undefined) throw contentNotFound(digest);
      blob.lastUsed = new Date();
      return inChunks(blob.bytes.subarray(range.start ?? 0, range.end ?? blob.bytes.length));
    },
    async put(source, expected = {}) {
      const admission = new Admission(expected);
      const hash = createHash(algorithmOf(expected.digest));
      const pieces: Buffer[] = [];
      for await (const chunk of source) {
        admission.count(chunk.length);
        hash.update(chunk);
        pieces.push(Buffer.from(chunk));
      }
      const digest = parseDigest(`${algorithmOf(expected.digest)}:${hash.digest('hex')}`);
      admission.check(digest);
      blobs.set(digest, { bytes: Buffer.concat(pieces), lastUsed: new Date() });
      return { digest, size: admission.size };
    },
    pathOf() {
      return undefined;
    },
    async delete(digest) {
      blobs.delete(digest);
    },
    async *list() {
      for (const [digest, { bytes, lastUsed }] of [...blobs]) {
        yield { digest: parseDigest(digest), size: bytes.length, lastUsed };
      }
    },
  };
}

async function* inChunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield Buffer.from(bytes.subarray(at, at + CHUNK));
}
