import { createHash } from 'node:crypto';
import { BuildError } from '../../base/errors.ts';
import { parseDigest } from '../../image/digest.ts';
import { compress } from '../../image/layer/compress.ts';
import { decompress } from '../../image/layer/decompress.ts';
import type { EntryWithBody } from '../../image/layer/entry.ts';
import { readTar } from '../../image/layer/tar-read.ts';
import { writeTar } from '../../image/layer/tar-write.ts';
import type { MountArchive } from '../../image/mount-archive.ts';
import type { UnpackRules } from '../snapshot/layer-members.ts';
import { tarOf } from '../snapshot/tree-tar.ts';
import { unpackInto } from '../snapshot/unpack.ts';
import { badArchive, checkedMembers } from './cache-members.ts';

/**
 * Packs a cache folder: a canonical tar with exact times, compressed with zstd. The same content gives the same bytes.
 * @param paths what is in the folder, in byte order
 * @param write takes the bytes; its wait is ours
 * @throws BuildError `CACHE_MOUNT_CHANGED` when something writes to the folder meanwhile
 */
export async function packCache(
  folder: string,
  paths: readonly string[],
  write: (chunk: Uint8Array) => Promise<void>,
  signal?: AbortSignal,
): Promise<MountArchive> {
  const members = { count: 0 };
  const tar = { size: 0 };
  const hash = createHash('sha256');
  let size = 0;
  try {
    const plain = writeTar(
      counted(readTar(tarOf(folder, ['.', ...paths], signal), { exactTimes: true }), members),
    );
    for await (const chunk of compress(measured(plain, tar), { type: 'zstd' })) {
      hash.update(chunk);
      size += chunk.length;
      await write(chunk);
    }
  } catch (cause) {
    const { code, message } = cause as BuildError;
    if (code !== 'DIFF_FAILED' && code !== 'CONTENT_CHANGED') throw cause;
    throw new BuildError({
      kind: 'environment',
      code: 'CACHE_MOUNT_CHANGED',
      message:
        code === 'CONTENT_CHANGED'
          ? 'something wrote to it while it was read'
          : `it cannot be read: ${message}`,
      cause,
    });
  }
  const digest = parseDigest(`sha256:${hash.digest('hex')}`);
  return { digest, size, unpacked: tar.size, members: members.count };
}

/**
 * Unpacks what packCache made into an empty folder. Nothing of it may be used unless this returns: the digest is known last.
 * @throws BuildError `CACHE_MOUNT_BAD` for another digest, more bytes or members than the archive should have, and for members that could do
 * harm; `UNPACK_FAILED`; those of the tar reader and the decompressor
 */
export async function unpackCache(
  archive: MountArchive,
  source: AsyncIterable<Uint8Array>,
  folder: string,
  rules: Pick<UnpackRules, 'id' | 'keepsAttribute'>,
  signal?: AbortSignal,
): Promise<void> {
  const hash = createHash('sha256');
  const plain = decompress(hashed(source, archive.size, hash), 'zstd', { limit: archive.unpacked });
  const members = readTar(plain, { maxEntries: archive.members, exactTimes: true });
  await unpackInto(folder, writeTar(checkedMembers(members, rules)), signal);
  if (`sha256:${hash.digest('hex')}` !== archive.digest)
    throw badArchive('is damaged (its digest is another)');
}

async function* counted(
  members: AsyncIterable<EntryWithBody>,
  to: { count: number },
): AsyncGenerator<EntryWithBody> {
  for await (const member of members) {
    to.count += 1;
    yield member;
  }
}

async function* measured(
  source: AsyncIterable<Uint8Array>,
  to: { size: number },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    to.size += chunk.length;
    yield chunk;
  }
}

async function* hashed(
  source: AsyncIterable<Uint8Array>,
  size: number,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of source) {
    read += chunk.length;
    if (read > size) throw badArchive(`has more than its ${size} bytes`);
    hash.update(chunk);
    yield chunk;
  }
  if (read < size) throw badArchive(`ends after ${read} of ${size} bytes`);
}
