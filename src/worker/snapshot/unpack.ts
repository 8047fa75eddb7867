import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BuildError } from '../../base/errors.ts';
import { type RunningProcess, start } from '../../base/exec.ts';
import { decompress } from '../../image/layer/decompress.ts';
import { readTar } from '../../image/layer/tar-read.ts';
import { writeTar } from '../../image/layer/tar-write.ts';
import type { LayerFile } from '../worker.ts';
import { LayerMembers, type UnpackRules } from './layer-members.ts';

const READ_CHUNK = 1024 * 1024;
const STDERR_TAIL = 2048;

/**
 * Unpacks one layer into a folder with one tar process, and checks its diffID on the way. The folder is only good when this returns.
 * @throws BuildError `UNPACK_FAILED`, `DIGEST_MISMATCH`; those of the tar reader
 */
export async function unpackLayer(
  layer: LayerFile,
  folder: string,
  rules: UnpackRules,
  signal?: AbortSignal,
): Promise<LayerMembers> {
  const members = new LayerMembers(rules);
  const hash = createHash('sha256');
  const file = createReadStream(layer.path, { highWaterMark: READ_CHUNK });
  const plain = tee(decompress(file, layer.compression), (chunk) => hash.update(chunk));
  await unpackInto(folder, writeTar(members.transform(readTar(plain))), signal);
  const found = `sha256:${hash.digest('hex')}`;
  if (found !== layer.diffId) {
    throw new BuildError({
      kind: 'remote',
      code: 'DIGEST_MISMATCH',
      message: `A layer's content is ${found}, but its image says ${layer.diffId}`,
    });
  }
  return members;
}

/** Feeds an archive to `tar -x` in this folder. Members must be harmless already: `-P` spares tar's own, slow precautions. */
export async function unpackInto(
  folder: string,
  archive: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const flags = ['-P', '-p', '--same-owner', '--numeric-owner', '--xattrs', '--xattrs-include=*'];
  const quiet = ['--delay-directory-restore', '--warning=no-timestamp'];
  await using tar = start(['tar', '-x', ...flags, ...quiet, '-C', folder, '-f', '-'], { signal });
  const words = tailOf(tar);
  tar.stdout.resume();
  const fed = pipeline(Readable.from(archive, { objectMode: false }), tar.stdin).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const { exitCode } = await tar.done;
  const broken = await fed;
  signal?.throwIfAborted();
  // A tar that gave up breaks the pipe: then its own words say more.
  if (broken?.error instanceof BuildError) throw broken.error;
  if (exitCode === 0 && (broken === undefined || isUnread(broken.error))) return;
  throw new BuildError({
    kind: 'environment',
    code: 'UNPACK_FAILED',
    message: `Files could not be unpacked: ${(await words).trim() || String(broken?.error)}`,
    hint: 'Most often the disk is full, or the file system cannot hold what the layer has (owners, attributes, devices).',
    cause: broken?.error,
  });
}

/** tar leaves at the end-of-archive mark and does not read the padding behind it. */
function isUnread(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

async function tailOf(child: RunningProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stderr as AsyncIterable<Buffer>)
    text = (text + chunk.toString('utf8')).slice(-STDERR_TAIL);
  return text;
}

async function* tee(
  source: AsyncIterable<Uint8Array>,
  see: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    see(chunk);
    yield chunk;
  }
}
